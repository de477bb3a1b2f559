using EdgeGateway.Drivers.Modbus.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>The line of one bus machine: makes it what the machine wants, and carries its bytes. Touched by the bus thread alone.</summary>
internal abstract class BusLink(string name, BusMachine machine, ILogger log)
{
    private const long FaultPause = 1_000_000;

    private readonly BusMachine _machine = machine;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _opening;
    private int _awaitedCount;
    private string? _awaitedError;

    /// <summary>Name of the connection.</summary>
    public string Name => name;

    /// <summary>Completes when the link was removed from its thread.</summary>
    public Task Ended => _ended.Task;

    /// <summary>When it wants to be advanced.</summary>
    public long Deadline { get; private set; } = long.MinValue;

    /// <summary>True where nothing but an answer is waited for until <see cref="Deadline"/>, and <see cref="Await(Span{byte}, out string)"/> waits for it in the call that reads it.</summary>
    public virtual bool CanAwait => false;

    /// <summary>Requests are under way and all their bytes are sent.</summary>
    protected bool Awaits => _machine.Awaits;

    /// <summary>The thread it lives on.</summary>
    protected BusThread Thread { get; private set; } = null!;

    /// <summary>Its number on the thread.</summary>
    protected int Token { get; private set; }

    /// <summary>Begins to live on a thread.</summary>
    public void Join(BusThread thread, int token) => (Thread, Token, Deadline) = (thread, token, long.MinValue);

    /// <summary>Time went on to the deadline.</summary>
    public void Advance(long now) => Guarded(now, static (link, at, _) => link._machine.Advance(at), Interest.None);

    /// <summary>The line is ready.</summary>
    public void Ready(Interest ready, long now) => Guarded(now, static (link, at, state) => link.Move(state, at), ready);

    /// <summary>Work that the link had begun elsewhere is done: a name resolved, a port opened, bytes read.</summary>
    public void Prepared(long now) => Guarded(now, static (link, at, _) => link.TakePrepared(at), Interest.None);

    /// <summary>Waits a little for bytes and reads them; 0 where none came.</summary>
    public int Await(out string? error) => Await(_machine.Space, out error);

    /// <summary>What <see cref="Await(out string)"/> brought.</summary>
    public void Awaited(int count, string? error, long now)
    {
        if (count == 0 && error is null) return;
        (_awaitedCount, _awaitedError) = (count, error);
        Guarded(now, static (link, at, _) => link.TakeAwaited(at), Interest.None);
    }

    /// <summary>Closes what is open and ends.</summary>
    public void Leave()
    {
        _machine.Stop();
        Close();
        Left();
        _ended.TrySetResult();
    }

    /// <summary>Begins to open; <see cref="Succeed"/> or <see cref="Fail"/> ends it, at once or later.</summary>
    protected abstract void Open(long now);

    /// <summary>See <see cref="Prepared"/>.</summary>
    protected abstract void TakePrepared(long now);

    /// <summary>Waits for bytes; see <see cref="CanAwait"/>.</summary>
    public virtual int Await(Span<byte> space, out string? error) => throw new NotSupportedException();

    /// <summary>The link ends; its line is closed.</summary>
    protected virtual void Left()
    {
    }

    /// <summary>The line is ready while it opens.</summary>
    protected virtual void GoOnOpening(Interest ready, long now)
    {
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="space">Receives bytes.</param>
    /// <param name="error">Why the line is gone, or null.</param>
    /// <returns>Bytes; 0 where there are none now.</returns>
    protected abstract int Receive(Span<byte> space, out string? error);

    /// <summary>Sends what fits.</summary>
    /// <param name="bytes">What to send.</param>
    /// <param name="error">Why the line is gone, or null.</param>
    /// <returns>Bytes; 0 where none can go now.</returns>
    protected abstract int Send(ReadOnlySpan<byte> bytes, out string? error);

    /// <summary>What the open line is waited for from now on.</summary>
    protected abstract void Want(Interest interest);

    /// <summary>Closes what is open or opening; nothing may be.</summary>
    protected abstract void CloseLine();

    /// <summary>The line stands.</summary>
    protected void Succeed(long now)
    {
        _machine.Opened(now);
        EndOpening();
    }

    /// <summary>It could not be opened.</summary>
    protected void Fail(string why, long now)
    {
        _machine.OpenFailed(why, now);
        EndOpening();
    }

    /// <summary>The line that stood is gone.</summary>
    protected void Lose(string why, long now) => _machine.Lost(why, now);

    /// <summary>Takes the bytes that are there.</summary>
    protected void TakeBytes(long now)
    {
        var count = Receive(_machine.Space, out var error);
        Take(count, error, now);
    }

    private void TakeAwaited(long now) => Take(_awaitedCount, _awaitedError, now);

    private void Take(int count, string? error, long now)
    {
        if (count > 0) _machine.Received(count, now);
        else if (error is not null) _machine.Lost(error, now);
    }

    // A fault of the gateway's own costs one connection, never the thread with all its others.
    private void Guarded(long now, Action<BusLink, long, Interest> act, Interest ready)
    {
        try
        {
            act(this, now, ready);
            Settle(now);
        }
        catch (Exception fault)
        {
            Recover(fault, now);
            return;
        }
        Deadline = _machine.Deadline;
    }

    private void Recover(Exception fault, long now)
    {
        log.OwnFault(fault, name);
        Close();
        try
        {
            _machine.Lost("a fault in the gateway itself", now);
            Deadline = _machine.Deadline;
        }
        catch (Exception again)
        {
            log.OwnFault(again, name);
            _machine.Stop();
            Deadline = now + FaultPause;
        }
    }

    private void Move(Interest ready, long now)
    {
        if (_opening) GoOnOpening(ready, now);
        else if (_machine.Line == LineState.Up && (ready & Interest.Read) != 0) TakeBytes(now);
    }

    private void Settle(long now)
    {
        while (_machine.Line == LineState.Opening && !_opening) BeginOpening(now);
        if (_machine.Line == LineState.Down) Close();
        while (_machine.Line == LineState.Up && !_machine.Output.IsEmpty)
        {
            var count = Send(_machine.Output, out var error);
            if (error is not null)
            {
                _machine.Lost(error, now);
                Close();
            }
            else if (count == 0) break;
            else _machine.Sent(count);
        }
        if (_machine.Line == LineState.Up) Want(_machine.Output.IsEmpty ? Interest.Read : Interest.Read | Interest.Write);
    }

    private void BeginOpening(long now)
    {
        // Until it is decided, the thread must not look quiet: nothing counts the bytes of a handshake.
        Thread.Pulse.Give();
        _opening = true;
        Open(now);
    }

    private void EndOpening()
    {
        if (!_opening) return;
        _opening = false;
        Thread.Pulse.Done();
    }

    private void Close()
    {
        CloseLine();
        EndOpening();
    }
}
