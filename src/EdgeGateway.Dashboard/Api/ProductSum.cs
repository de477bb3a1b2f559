using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Api;

/// <summary>A product's sum over a window or a span, of all units that made it.</summary>
internal sealed class ProductSum(string product, long from, long to)
{
    private readonly SpanSum _sum = new(0, from, to);
    private readonly SortedSet<string> _units = new(StringComparer.Ordinal);
    private long _covered, _length;

    /// <summary>Adds what a unit made of it in a window.</summary>
    public void Add(in ProductPart part, string unit)
    {
        _sum.Add(part.Record);
        _units.Add(unit);
        _covered += part.Record.CoveredMicros;
        _length += part.LengthMicros;
    }

    public ProductRow Row(SumsReport stated, string windowId) => new(Product, [.. _units], from / UtcMicros.PerSecond, (to - from) / UtcMicros.PerSecond, windowId, Sums(stated));

    public ProductTotal Total(SumsReport stated) => new(Product, [.. _units], Sums(stated));

    private string? Product => product.Length > 0 ? product : null;

    private SumsAnswer Sums(SumsReport stated) => stated.Of(_sum, product, withInputs: false) with { Coverage = Texts.Share(_covered, _length) };
}
