using System.Globalization;

namespace EdgeGateway.FirmwareSim.Time;

/// <summary>A clock that moves from deadline to deadline, and only while everyone registered waits: a simulated day passes as fast as it can be computed, and the same way each time.</summary>
/// <remarks>
/// Its time has microsecond steps; deadlines are rounded up to them. Timers fire one by one, by deadline and then in the order they were armed, on the thread that runs the clock; between two of them
/// everyone must have come to rest. Reading and arming are thread-safe; one thread at a time runs the clock.
/// </remarks>
public sealed class LockStepClock : TimeProvider
{
    private static readonly TimeSpan DefaultStallLimit = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();
    private readonly PriorityQueue<(LockStepTimer Timer, long Version), (long Deadline, long Order)> _queue = new();
    private readonly Stillness _stillness = new();
    private readonly TimeSpan _stallLimit;
    private readonly Func<long> _readChanges;
    private long _now, _order, _steps;

    /// <summary>A clock that stands at <paramref name="start"/>.</summary>
    /// <param name="start">First instant; what is finer than a microsecond is cut off.</param>
    /// <param name="stallLimit">Real time to wait for everyone to come to rest before giving up; default 30 s.</param>
    public LockStepClock(DateTimeOffset start, TimeSpan? stallLimit = null)
    {
        _now = ToMicros(start);
        _stallLimit = stallLimit ?? DefaultStallLimit;
        _readChanges = () => Volatile.Read(ref _order);
    }

    /// <summary>Timers fired so far.</summary>
    public long Steps => Volatile.Read(ref _steps);

    /// <summary>Now, UTC microseconds.</summary>
    public long NowMicros => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override long TimestampFrequency => 1_000_000;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <inheritdoc/>
    public override long GetTimestamp() => NowMicros;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(NowMicros * TimeSpan.TicksPerMicrosecond);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LockStepTimer(this, callback, state);
        Arm(timer, dueTime, period);
        return timer;
    }

    /// <summary>Makes the clock wait for a party until the result is disposed.</summary>
    public IDisposable Register(LockStepParty party) => _stillness.Add(party);

    /// <summary>Makes the clock wait while a balance differs from what it is now, until the result is disposed.</summary>
    public IDisposable Register(LockStepBalance balance) => _stillness.Add(balance);

    /// <summary>Waits until everyone rests, without moving the time.</summary>
    /// <exception cref="LockStepStallException">They did not within the limit; the message says who.</exception>
    public void Settle(CancellationToken cancellationToken = default)
    {
        var spin = new SpinWait();
        long began = 0;
        while (!_stillness.Holds(_readChanges))
        {
            cancellationToken.ThrowIfCancellationRequested();
            // Yields at first; naps once it takes so long that a disk must be at work.
            spin.SpinOnce(sleep1Threshold: 2000);
            if (spin.Count % 64 != 0) continue;
            if (began == 0) began = System.GetTimestamp();
            else if (System.GetElapsedTime(began) > _stallLimit) throw Stalled();
        }
    }

    /// <summary>Runs until <paramref name="end"/>, timers due then included, on the calling thread; returns when everyone has come to rest.</summary>
    /// <exception cref="LockStepStallException">Someone did not come to rest within the limit; the message says who.</exception>
    public void RunUntil(DateTimeOffset end, CancellationToken cancellationToken = default)
    {
        var last = ToMicros(end);
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Settle(cancellationToken);
            if (Next(last) is not { } timer) return;
            timer.Fire();
        }
    }

    /// <summary><see cref="RunUntil"/> on a thread of its own.</summary>
    public Task RunUntilAsync(DateTimeOffset end, CancellationToken cancellationToken = default) =>
        Task.Factory.StartNew(() => RunUntil(end, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    internal bool Arm(LockStepTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        ThrowUnlessDuration(dueTime, nameof(dueTime));
        ThrowUnlessDuration(period, nameof(period));
        lock (_lock)
        {
            if (timer.Disposed) return false;
            timer.Version++;
            timer.Period = period == Timeout.InfiniteTimeSpan ? 0 : CeilingMicros(period);
            if (dueTime != Timeout.InfiniteTimeSpan) Enqueue(timer, _now + CeilingMicros(dueTime));
            return true;
        }
    }

    internal void Disarm(LockStepTimer timer)
    {
        lock (_lock)
        {
            timer.Disposed = true;
            timer.Version++;
        }
    }

    /// <summary>Moves to the earliest deadline up to <paramref name="last"/> and takes its timer, or moves to <paramref name="last"/>.</summary>
    private LockStepTimer? Next(long last)
    {
        lock (_lock)
        {
            while (_queue.TryPeek(out var entry, out var due))
            {
                var valid = entry.Timer.Version == entry.Version;
                if (valid && due.Deadline > last) break;
                _queue.Dequeue();
                if (!valid) continue;
                Volatile.Write(ref _now, Math.Max(_now, due.Deadline));
                if (entry.Timer.Period > 0) Enqueue(entry.Timer, due.Deadline + entry.Timer.Period);
                Volatile.Write(ref _steps, _steps + 1);
                return entry.Timer;
            }

            Volatile.Write(ref _now, Math.Max(_now, last));
            return null;
        }
    }

    private void Enqueue(LockStepTimer timer, long deadline)
    {
        var order = _order + 1;
        _queue.Enqueue((timer, timer.Version), (deadline, order));
        Volatile.Write(ref _order, order);
    }

    private LockStepStallException Stalled() => new(string.Create(
        CultureInfo.InvariantCulture,
        $"The simulated clock stands at {GetUtcNow():yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'} for {_stallLimit.TotalSeconds} s: {_stillness.Describe()}."));

    private static void ThrowUnlessDuration(TimeSpan time, string name)
    {
        if (time < TimeSpan.Zero && time != Timeout.InfiniteTimeSpan) throw new ArgumentOutOfRangeException(name);
    }

    private static long ToMicros(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private static long CeilingMicros(TimeSpan span) => (span.Ticks + TimeSpan.TicksPerMicrosecond - 1) / TimeSpan.TicksPerMicrosecond;
}
