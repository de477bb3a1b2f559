using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>A connection as far as it is understood.</summary>
/// <param name="Driver">Its driver, or null where that is unknown.</param>
/// <param name="Map">The bound connection, or null where something is wrong with it.</param>
internal sealed record ConnectionDraft(DriverSchema? Driver, ConnectionMap? Map);

/// <summary>Binds the section <c>connections</c>.</summary>
internal sealed class ConnectionBinder(OptionBinder binder, IReadOnlyList<DriverSchema> drivers, FaultList faults)
{
    /// <summary>Every connection by name, in the order of the map.</summary>
    public OrderedDictionary<string, ConnectionDraft> Bind(MapTable section)
    {
        var connections = new OrderedDictionary<string, ConnectionDraft>(StringComparer.Ordinal);
        foreach (var (name, node) in section.Entries)
        {
            var thing = $"connection '{name.Value}'";
            var named = binder.NameIsRight("connection", name);
            var entry = binder.OneKey(thing, "driver", name.Mark, node, [.. drivers.Select(d => d.Key)]);
            var driver = entry is null ? null : drivers.First(d => d.Key == entry.Key.Value);
            connections[name.Value] = new ConnectionDraft(driver, named ? Bind(name, thing, entry, driver) : null);
        }
        return connections;
    }

    private ConnectionMap? Bind(MapText name, string thing, MapEntry? entry, DriverSchema? driver)
    {
        if (entry is null || driver is null || binder.Table($"{driver.Key} of {thing}", entry.Value) is not { } table) return null;
        var bound = binder.Bind($"{driver.Key} of {thing}", entry.Key.Mark, table, driver.Connection);
        if (!bound.Complete) return null;
        var connection = new ConnectionMap(name.Value, driver.Key, bound.Values, name.Mark);
        if (!binder.Stored) driver.CheckConnection(connection, faults);
        return bound.Ok ? connection : null;
    }
}
