using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Time;

/// <summary>The clock of stamps: monotonic, anchored to UTC once, so that a stepped system clock never counts an interval twice. Thread-safe.</summary>
public sealed class StampClock
{
    private readonly TimeProvider _time;
    private readonly long _anchorTimestamp;
    private readonly long _anchorMicros;

    /// <summary>Anchors the clock now, but not before <paramref name="notBefore"/> (the last commit's time).</summary>
    public StampClock(TimeProvider time, long notBefore = long.MinValue)
    {
        _time = time;
        _anchorTimestamp = time.GetTimestamp();
        _anchorMicros = Math.Max(UtcMicros.From(time.GetUtcNow()), notBefore);
    }

    /// <summary>UTC microseconds; never falls.</summary>
    public long Now => _anchorMicros + UtcMicros.From(_time.GetElapsedTime(_anchorTimestamp));

    /// <summary>How far the system clock has moved away from this one, microseconds; positive where the system clock is ahead.</summary>
    public long Drift => UtcMicros.From(_time.GetUtcNow()) - Now;
}
