using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using P = EdgeGateway.DeviceMaps.Options.MapOptions.Product;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>products</c>; no code means two of them.</summary>
internal sealed class ProductBinder(OptionBinder binder, FaultList faults)
{
    private readonly HashSet<string> _named = new(StringComparer.Ordinal);

    /// <summary>Names of all products, with or without faults.</summary>
    public IReadOnlySet<string> Named => _named;

    /// <summary>The products without fault, in the order of the map.</summary>
    public ImmutableArray<ProductMap> Bind(MapTable section)
    {
        var products = new List<ProductMap>();
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, node) in section.Entries)
        {
            _named.Add(name.Value);
            var thing = $"product '{name.Value}'";
            if (!binder.NameIsRight("product", name) || binder.Table(thing, node) is not { } table) continue;
            var bound = binder.Bind(thing, name.Mark, table, P.Table);
            var own = bound.Values.GetOr(P.Codes, [name.Value]);
            foreach (var code in own)
            {
                if (!codes.TryAdd(code, name.Value)) faults.Add(bound.Values.MarkOf(P.Codes), $"codes: '{code}' means product '{codes[code]}' already.");
            }
            if (!bound.Ok) continue;
            products.Add(new ProductMap
            {
                Name = name.Value,
                Codes = [.. own],
                Price = bound.Values.GetOr(P.Price, []),
                ValueAdded = bound.Values.GetOr(P.ValueAdded, []),
                Mark = name.Mark,
            });
        }
        return [.. products];
    }
}
