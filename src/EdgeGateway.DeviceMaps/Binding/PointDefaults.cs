using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What a point takes from its device.</summary>
/// <param name="Device">The device's name.</param>
/// <param name="Driver">Its driver, or null where that is unknown.</param>
internal sealed record PointDefaults(string Device, DriverSchema? Driver)
{
    public required TimeSpan Poll { get; init; }

    /// <summary>Zero for three polls.</summary>
    public required TimeSpan MaxGap { get; init; }

    public required Measure? RatedPower { get; init; }

    /// <summary>True where a rating was written and was wrong: its points do not complain that it is missing.</summary>
    public required bool RatingIsFaulty { get; init; }

    public required ExactDecimal Ratio { get; init; }

    /// <summary>Its former name, or null.</summary>
    public string? Was { get; init; }

    /// <summary>When its counters began anew by hand, UTC microseconds.</summary>
    public ImmutableArray<long> Epochs { get; init; } = [];
}
