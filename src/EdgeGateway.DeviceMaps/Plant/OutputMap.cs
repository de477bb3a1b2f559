namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>What a unit makes, beside its counters of pieces.</summary>
public sealed record OutputMap
{
    /// <summary>What is counted, for people: <c>piece</c>, <c>卷</c>.</summary>
    public string Item { get; init; } = "piece";

    /// <summary>Name of the one product it makes, or null.</summary>
    public string? Product { get; init; }

    /// <summary>Path of the text or state point that says which product is being made, or null.</summary>
    public string? ProductPoint { get; init; }
}
