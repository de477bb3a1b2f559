using System.Collections.Immutable;

namespace EdgeGateway.Metering.Output;

/// <summary>A product that a point may say is made, and what a good piece of it is worth. Immutable.</summary>
public sealed record ProductPlan
{
    /// <summary>Its name, as segments bear it.</summary>
    public required string Name { get; init; }

    /// <summary>Values of the point that mean it.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>Output value (产值) of a good piece, ascending by date; empty where nothing is said.</summary>
    public ImmutableArray<DatedPrice> Price { get; init; } = [];

    /// <summary>Value added (增加值) by a good piece, likewise.</summary>
    public ImmutableArray<DatedPrice> ValueAdded { get; init; } = [];
}
