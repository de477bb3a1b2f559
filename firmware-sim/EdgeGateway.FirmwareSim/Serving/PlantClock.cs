namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>Plant time: monotonic, anchored to UTC once, so that a stepped system clock cannot turn a meter back. Thread-safe.</summary>
internal sealed class PlantClock(TimeProvider time)
{
    private readonly long _anchor = (time.GetUtcNow() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
    private readonly long _timestamp = time.GetTimestamp();

    /// <summary>For timers.</summary>
    public TimeProvider Provider { get; } = time;

    /// <summary>UTC microseconds.</summary>
    public long Now => _anchor + Provider.GetElapsedTime(_timestamp).Ticks / TimeSpan.TicksPerMicrosecond;
}
