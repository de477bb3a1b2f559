using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What a product took of a window.</summary>
/// <param name="Product">Its name; "" where it is not known.</param>
/// <param name="Record">Its stretches of the window, with their inputs, and its figures.</param>
/// <param name="LengthMicros">Length of the windows in which it was made, of which the record says how much is covered.</param>
internal readonly record struct ProductPart(string Product, WindowRecord Record, long LengthMicros);

/// <summary>Divides a window over its products, by the records that know of them: itself, or its base windows, in order of time.</summary>
/// <remarks>Inputs are divided where the segments are cut. Coal equivalent and carbon are the window's own, divided by what the segments are charged, so that the parts of a window add up to it to the last digit.</remarks>
internal sealed class ProductParts(ProductNames names, ProductShares shares)
{
    private readonly WindowRecord _whole = new();
    private readonly List<string> _made = [];
    private readonly SortedDictionary<string, (WindowRecord Record, long Length)> _parts = new(StringComparer.Ordinal);

    /// <summary>Adds a piece of the window.</summary>
    public void Add(WindowRecord piece)
    {
        var first = _made.Count;
        foreach (ref readonly var segment in piece.Segments)
        {
            var product = names.Of(segment);
            if (!_parts.ContainsKey(product)) _parts[product] = (new WindowRecord(), 0);
            Copy(piece, segment, _whole);
            Copy(piece, segment, _parts[product].Record);
            _made.Add(product);
        }
        foreach (var product in _made.Skip(first).Distinct())
        {
            var (part, length) = _parts[product];
            part.CoveredMicros += piece.CoveredMicros;
            part.Flags |= piece.Flags;
            _parts[product] = (part, length + piece.End - piece.Start);
        }
    }

    /// <summary>The parts of the window: itself where it is of one product.</summary>
    public IEnumerable<ProductPart> Of(WindowRecord window)
    {
        if (_parts.Count <= 1) return [new(_parts.Keys.FirstOrDefault(""), window, window.End - window.Start)];
        string[] products = [.. _parts.Keys];
        Name(_whole, window);
        var weights = shares.Of(_whole, _made, products);
        foreach (var product in products) Name(_parts[product].Record, window);
        foreach (ref readonly var figure in window.Figures)
        {
            var divided = weights.Divide(figure);
            for (var i = 0; i < divided.Length; i++) _parts[products[i]].Record.Add(divided[i]);
        }
        return _parts.Select(p => new ProductPart(p.Key, p.Value.Record, p.Value.Length));
    }

    private static void Copy(WindowRecord from, in Segment segment, WindowRecord to)
    {
        to.BeginSegment(segment.Start, segment.End, segment.Cut, segment.Batch, segment.StateMicros, segment.Product);
        foreach (ref readonly var input in from.InputsOf(segment)) to.Add(input);
    }

    private static void Name(WindowRecord part, WindowRecord window)
    {
        (part.Unit, part.Kind, part.WindowId, part.Start, part.End, part.Revision) = (window.Unit, window.Kind, window.WindowId, window.Start, window.End, window.Revision);
        (part.Coefficients, part.Factors, part.Footprint) = (window.Coefficients, window.Factors, window.Footprint);
    }
}
