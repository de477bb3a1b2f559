using System.Collections.Concurrent;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>One thread that serves the links of many buses with one wait. It lives while it has links.</summary>
/// <remarks>
/// With the system's clock the wait ends by itself at the earliest deadline. With any other clock a timer of that clock wakes it, so a simulated clock drives it.
/// Whatever wakes it is given to <see cref="Pulse"/> first, and done when its effects are visible: with the counts of bytes sent and received that makes a lock-step run possible.
/// </remarks>
/// <param name="time">For timers.</param>
/// <param name="stamps">The clock of deadlines and stamps, on the same time.</param>
/// <param name="createLines">Makes the wait; null for the best of this system.</param>
internal sealed class BusThread(TimeProvider time, StampClock stamps, Func<ReadinessSet>? createLines = null)
{
    /// <summary>A wait that others cannot end is this long at most, microseconds.</summary>
    public const long AwaitMicros = 20_000;

    private readonly Lock _gate = new();
    private readonly ConcurrentQueue<(BusCommand Command, BusLink Link)> _commands = new();
    private readonly bool _realTime = ReferenceEquals(time, TimeProvider.System);
    private readonly List<BusLink?> _links = [];
    private int _linkCount, _given;
    private long _allocated;
    private BusLink? _sole;

    // Set while the thread runs; a wake goes nowhere else.
    private ReadinessSet? _running;

    /// <summary>Moves and waits of the thread, for all its buses.</summary>
    public LoopPulse Pulse { get; } = new();

    /// <summary>The clock of deadlines and stamps.</summary>
    public StampClock Stamps => stamps;

    /// <summary>Where links register their lines; only on the thread.</summary>
    public ReadinessSet Lines { get; private set; } = null!;

    /// <summary>Bytes that the thread had allocated when it last began to wait; for tests.</summary>
    public long AllocatedBytes => Interlocked.Read(ref _allocated);

    /// <summary>Serves a link until the token is cancelled.</summary>
    public async Task RunAsync(BusLink link, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return;
        Post(BusCommand.Join, link);
        await using (cancellationToken.UnsafeRegister(_ => Post(BusCommand.Leave, link), null)) await link.Ended;
    }

    /// <summary>Hands a command over. Any thread.</summary>
    public void Post(BusCommand command, BusLink link)
    {
        lock (_gate)
        {
            if (_running is null && command != BusCommand.Join) return;
            Pulse.Give();
            _commands.Enqueue((command, link));
            _given++;
            if (_running is not null)
            {
                _running.Wake();
                return;
            }
            _running = Lines = createLines?.Invoke() ?? ReadinessSet.Create();
            new Thread(Run) { IsBackground = true, Name = "modbus" }.Start();
        }
    }

    private void Run()
    {
        Pulse.Move();
        var lines = Lines;
        var ready = new Readiness[64];
        var timer = _realTime ? null : time.CreateTimer(static thread => ((BusThread)thread!).WakeByTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var armed = long.MaxValue;
        try
        {
            while (true)
            {
                var given = TakeGiven();
                Obey();
                var deadline = AdvanceAll();
                if (_linkCount == 0 && TryEnd(given)) return;
                var micros = deadline == long.MaxValue ? -1 : Math.Max(0, deadline - stamps.Now);
                if (timer is not null && micros != 0)
                {
                    // A wake may have been the timer's, which then is spent.
                    if (armed != deadline || given > 0) timer.Change(micros < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMicroseconds(micros), Timeout.InfiniteTimeSpan);
                    (armed, micros) = (deadline, -1);
                }
                Interlocked.Exchange(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
                for (; given > 0; given--) Pulse.Done();
                if (_realTime && micros > AwaitMicros && _sole is { CanAwait: true } sole)
                {
                    AwaitSole(sole);
                    continue;
                }
                Pulse.Park();
                var count = lines.Wait(micros, ready);
                Pulse.Move();
                foreach (var (token, state) in ready.AsSpan(0, count)) _links[token]?.Ready(state, stamps.Now);
            }
        }
        finally
        {
            timer?.Dispose();
            lines.Dispose();
        }
    }

    // A lone line: its answers are waited for and read in one call each, until there is something else to do.
    private void AwaitSole(BusLink sole)
    {
        long now;
        do
        {
            Pulse.Park();
            var bytes = sole.Await(out var error);
            Pulse.Move();
            now = stamps.Now;
            sole.Awaited(bytes, error, now);
            Interlocked.Exchange(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
        }
        while (Volatile.Read(ref _given) == 0 && sole.CanAwait && sole.Deadline - now > AwaitMicros);
    }

    private int TakeGiven()
    {
        if (Volatile.Read(ref _given) == 0) return 0;
        lock (_gate)
        {
            var given = _given;
            _given = 0;
            return given;
        }
    }

    private void Obey()
    {
        while (_commands.TryDequeue(out var order))
        {
            var (command, link) = order;
            switch (command)
            {
                case BusCommand.Join:
                    var token = _links.IndexOf(null);
                    if (token < 0)
                    {
                        token = _links.Count;
                        _links.Add(null);
                    }
                    _links[token] = link;
                    _linkCount++;
                    link.Join(this, token);
                    break;
                case BusCommand.Leave when _links.IndexOf(link) is >= 0 and var at:
                    _links[at] = null;
                    _linkCount--;
                    link.Leave();
                    break;
                case BusCommand.Prepared when _links.Contains(link):
                    link.Prepared(stamps.Now);
                    break;
                case BusCommand.Advance when _links.Contains(link):
                    link.Advance(stamps.Now);
                    break;
                default:
                    break;
            }
            _sole = _linkCount == 1 ? _links.Find(static l => l is not null) : null;
        }
    }

    private long AdvanceAll()
    {
        var earliest = long.MaxValue;
        var now = stamps.Now;
        foreach (var link in _links)
        {
            if (link is null) continue;
            if (link.Deadline <= now) link.Advance(now);
            earliest = Math.Min(earliest, link.Deadline);
        }
        return earliest;
    }

    private bool TryEnd(int given)
    {
        lock (_gate)
        {
            if (!_commands.IsEmpty) return false;
            _running = null;
            for (; given > 0; given--) Pulse.Done();
            for (; _given > 0; _given--) Pulse.Done();
            Pulse.Park();
            return true;
        }
    }

    private void WakeByTimer()
    {
        lock (_gate)
        {
            if (_running is null) return;
            Pulse.Give();
            _given++;
            _running.Wake();
        }
    }
}
