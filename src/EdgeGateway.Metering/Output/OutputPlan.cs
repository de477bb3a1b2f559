using System.Collections.Immutable;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Output;

/// <summary>What a unit's good pieces are worth. Immutable.</summary>
public sealed record OutputPlan
{
    /// <summary>Name of the product, for explanations; "" where none is named.</summary>
    public string Product { get; init; } = "";

    /// <summary>Output value (产值) of a good piece, ascending by date; empty where nothing is said.</summary>
    public ImmutableArray<DatedPrice> Price { get; init; } = [];

    /// <summary>Value added (增加值) by a good piece, likewise.</summary>
    public ImmutableArray<DatedPrice> ValueAdded { get; init; } = [];

    /// <summary>Times at which a price changes, UTC microseconds: longer windows are cut there.</summary>
    public IEnumerable<long> Changes => Price.Concat(ValueAdded).Select(p => p.From).Where(t => t != long.MinValue).Distinct();

    /// <summary>The price that holds at a time, or null.</summary>
    public static ExactDecimal? At(ImmutableArray<DatedPrice> prices, long time)
    {
        ExactDecimal? found = null;
        foreach (var price in prices)
        {
            if (price.From > time) break;
            found = price.PerPiece;
        }
        return found;
    }
}
