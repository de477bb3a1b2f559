using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Metering.Plans;

/// <summary>One point as metering sees it.</summary>
public sealed record PointPlan
{
    /// <summary>Persisted id.</summary>
    public required int Id { get; init; }

    /// <summary>Path for events, such as <c>press-meter.energy</c>.</summary>
    public required string Path { get; init; }

    /// <summary>What its values mean.</summary>
    public required PointKind Kind { get; init; }

    /// <summary>Declared poll period, microseconds.</summary>
    public required long PollMicros { get; init; }

    /// <summary>The greatest gap between neighbouring samples that still counts as observed, microseconds; default three polls.</summary>
    public long MaxGapMicros { get; init; }

    /// <summary>Unit of measure of the value; of a counter, of one step × ratio.</summary>
    public UnitOfMeasure Unit { get; init; }

    /// <summary>Set for kind counter.</summary>
    public CounterPlan? Counter { get; init; }

    /// <summary>For gauges: true where the value holds between samples (on change), false where it is joined by straight lines (polled).</summary>
    public bool Hold { get; init; }

    /// <summary><see cref="MaxGapMicros"/>, or three polls where it is not declared.</summary>
    public long EffectiveMaxGapMicros => MaxGapMicros > 0 ? MaxGapMicros : 3 * PollMicros;
}
