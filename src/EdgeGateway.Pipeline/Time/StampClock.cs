using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Time;

/// <summary>The clock of stamps: microseconds of the machine's monotonic clock. It never steps; Ingest alone turns it into UTC, by one offset a boot. Thread-safe.</summary>
/// <param name="time">Whose timestamps are read.</param>
public sealed class StampClock(TimeProvider time)
{
    private readonly double _microsPerTick = 1e6 / time.TimestampFrequency;
    private readonly long _ticksPerMicro = time.TimestampFrequency % UtcMicros.PerSecond == 0 ? time.TimestampFrequency / UtcMicros.PerSecond : 0;

    /// <summary>Boot-monotonic microseconds.</summary>
    public long Now => _ticksPerMicro > 0 ? time.GetTimestamp() / _ticksPerMicro : (long)(time.GetTimestamp() * _microsPerTick);

    /// <summary>UTC of boot-monotonic zero as the system clock sees it just now, microseconds.</summary>
    public long SystemOffset => UtcMicros.From(time.GetUtcNow()) - Now;
}
