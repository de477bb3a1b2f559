using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Pipeline.Tests.Ingesting;

/// <summary>A machine's two clocks: the monotonic one only passes, the system clock can also be set.</summary>
internal sealed class SteppableTime : TimeProvider
{
    private long _monotonic = 1_000_000_000;
    private DateTimeOffset _utc = new(2026, 11, 24, 0, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => 1_000_000;

    public override long GetTimestamp() => _monotonic;

    public override DateTimeOffset GetUtcNow() => _utc;

    public void Pass(TimeSpan span)
    {
        _monotonic += span.Ticks / TimeSpan.TicksPerMicrosecond;
        _utc += span;
    }

    public void Step(TimeSpan span) => _utc += span;
}

internal sealed class SwitchedSource : IClockSource
{
    public string Name { get; init; } = "test";

    public bool IsSynchronised { get; set; }

    public bool HasOwnTime { get; set; }

    public long? Offset
    {
        get => IsSynchronised ? field : null;
        set;
    }
}
