namespace EdgeGateway.Pipeline.Loops;

/// <summary>Says whether a loop moves or waits: for the watchdog, and for a simulated clock that may only move while nothing else does.</summary>
/// <remarks>
/// Work is counted where it is given (<see cref="Give"/>: a block posted, a timer fired, bytes about to be sent to a wakened loop) and where it is done (<see cref="Done"/>).
/// A loop is quiet while both counts are equal and it is parked. Every change moves <see cref="Activity"/>, so two equal readings with nothing in between are a true snapshot. Thread-safe.
/// </remarks>
public sealed class LoopPulse
{
    private long _given, _done, _activity, _progress;
    private int _moving;

    /// <summary>True while the loop waits and nothing given to it is open.</summary>
    public bool Quiet => Volatile.Read(ref _moving) == 0 && Interlocked.Read(ref _given) == Interlocked.Read(ref _done);

    /// <summary>Grows with every change.</summary>
    public long Activity => Interlocked.Read(ref _activity);

    /// <summary>Grows with what the loop itself does: unlike <see cref="Activity"/> it stands still while others only try to hand work over.</summary>
    public long Progress => Interlocked.Read(ref _progress);

    /// <summary>Counts work before it is handed to the loop.</summary>
    public void Give()
    {
        Interlocked.Increment(ref _given);
        Interlocked.Increment(ref _activity);
    }

    /// <summary>Counts work that is done; called by the loop itself.</summary>
    public void Done()
    {
        Interlocked.Increment(ref _progress);
        Refuse();
    }

    /// <summary>Counts work that the loop did not take.</summary>
    public void Refuse()
    {
        Interlocked.Increment(ref _activity);
        Interlocked.Increment(ref _done);
    }

    /// <summary>The loop begins to move; called by the loop itself.</summary>
    public void Move()
    {
        Interlocked.Increment(ref _progress);
        Interlocked.Increment(ref _activity);
        Volatile.Write(ref _moving, 1);
    }

    /// <summary>The loop is about to wait; called by the loop itself, after all effects of its movement are visible.</summary>
    public void Park()
    {
        Volatile.Write(ref _moving, 0);
        Interlocked.Increment(ref _activity);
    }
}
