using System.Collections.Immutable;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Output;

/// <summary>What a unit's good pieces are worth: all alike, or by the product that a point says is made. Immutable.</summary>
public sealed record OutputPlan
{
    /// <summary>Name of the product that is always made, for explanations; "" where none is named.</summary>
    public string Product { get; init; } = "";

    /// <summary>Output value (产值) of a good piece, ascending by date; empty where nothing is said.</summary>
    public ImmutableArray<DatedPrice> Price { get; init; } = [];

    /// <summary>Value added (增加值) by a good piece, likewise.</summary>
    public ImmutableArray<DatedPrice> ValueAdded { get; init; } = [];

    /// <summary>True where a point says what is made: then prices are those of <see cref="Products"/>, unless all are worth the same.</summary>
    public bool ByPoint { get; init; }

    /// <summary>Products that segments may name, also those of a time when a point said it.</summary>
    public ImmutableArray<ProductPlan> Products { get; init; } = [];

    /// <summary>Times at which a price changes, UTC microseconds: longer windows are cut there.</summary>
    public IEnumerable<long> Changes => Price.Concat(ValueAdded).Concat(ByPoint ? Products.SelectMany(p => p.Price.Concat(p.ValueAdded)) : []).Select(p => p.From).Where(t => t != long.MinValue).Distinct();

    /// <summary>The name of the product that a code means; the code itself where it means none.</summary>
    public string NameOf(string code)
    {
        foreach (var product in Products)
        {
            if (product.Codes.Contains(code)) return product.Name;
        }
        return code;
    }

    /// <summary>The product that a segment names, by name or by a code that has got a meaning since; null where it is not known.</summary>
    public ProductPlan? Find(string named)
    {
        ProductPlan? meant = null;
        foreach (var product in Products)
        {
            if (product.Name == named) return product;
            if (named.Length > 0 && product.Codes.Contains(named)) meant ??= product;
        }
        return meant;
    }

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
