namespace EdgeGateway.FirmwareSim.Time;

/// <summary>A timer of the clock. Its fields belong to the clock, under the clock's lock.</summary>
internal sealed class LockStepTimer(LockStepClock clock, TimerCallback callback, object? state) : ITimer
{
    /// <summary>Raised by every change: older entries of the queue are void.</summary>
    public long Version { get; set; }

    /// <summary>Microseconds, or 0 for a timer that fires once.</summary>
    public long Period { get; set; }

    public bool Disposed { get; set; }

    public void Fire() => callback(state);

    public bool Change(TimeSpan dueTime, TimeSpan period) => clock.Arm(this, dueTime, period);

    public void Dispose() => clock.Disarm(this);

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }
}
