using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>publish</c>.</summary>
internal sealed class PublisherBinder(OptionBinder binder, IReadOnlyList<PublisherSchema> publishers, GatewayMap gateway, FaultList faults)
{
    /// <summary>The publishers without fault, in the order of the map.</summary>
    public ImmutableArray<PublisherMap> Bind(MapTable section) => [.. section.Entries.Select(Bind).OfType<PublisherMap>()];

    private PublisherMap? Bind(MapEntry named)
    {
        var (name, node) = named;
        var thing = $"publisher '{name.Value}'";
        var nameIsRight = binder.NameIsRight("publisher", name);
        var entry = binder.OneKey(thing, "type", name.Mark, node, [.. publishers.Select(p => p.Key)]);
        if (entry is null || binder.Table($"{entry.Key.Value} of {thing}", entry.Value) is not { } table) return null;
        var schema = publishers.First(p => p.Key == entry.Key.Value);
        var bound = binder.Bind($"{schema.Key} of {thing}", entry.Key.Mark, table, schema.Options);
        if (!bound.Complete) return null;
        var map = new PublisherMap(name.Value, schema.Key, bound.Values, name.Mark) { Gateway = gateway };
        if (!binder.Stored) schema.Check(map, faults);
        return bound.Ok && nameIsRight ? map : null;
    }
}
