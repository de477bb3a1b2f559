using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>A product: what a piece of it is worth. Output value (产值) and value added (增加值) per piece, dated.</summary>
public sealed record ProductMap
{
    /// <summary>Its key.</summary>
    public required string Name { get; init; }

    /// <summary>Values of a product point that mean it; its name where none is written.</summary>
    public ImmutableArray<string> Codes { get; init; } = [];

    /// <summary>What a good piece is worth, by date, ascending; empty where nothing is said.</summary>
    public ImmutableArray<DatedPrice> Price { get; init; } = [];

    /// <summary>What a good piece adds in value, likewise.</summary>
    public ImmutableArray<DatedPrice> ValueAdded { get; init; } = [];

    /// <summary>Place of its key.</summary>
    public required Mark Mark { get; init; }
}

/// <summary>A price that holds from a date on, until the next one.</summary>
/// <param name="From">First production day; <see cref="DateOnly.MinValue"/> where it holds from the beginning.</param>
/// <param name="Price">The price.</param>
public readonly record struct DatedPrice(DateOnly From, Price Price);

/// <summary>An amount of money per piece or per unit of measure.</summary>
/// <param name="Amount">How much; not negative.</param>
/// <param name="Currency">Three letters, such as <c>CNY</c>.</param>
public readonly record struct Price(ExactDecimal Amount, string Currency)
{
    /// <summary><c>12.5 CNY</c>.</summary>
    public override string ToString() => $"{Amount} {Currency}";
}
