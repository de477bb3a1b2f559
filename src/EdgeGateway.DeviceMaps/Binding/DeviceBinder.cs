using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>devices</c>.</summary>
internal sealed class DeviceBinder(OptionBinder binder, OrderedDictionary<string, ConnectionDraft> connections, DriverGuess guess, FaultList faults)
{
    private readonly PointBinder _points = new(binder, guess, faults);
    private readonly Dictionary<string, PointMap?> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>The devices in the order of the map, as far as they can be bound: points with faults are left out of them.</summary>
    public ImmutableArray<DeviceMap> Bound { get; private set; } = [];

    /// <summary>Every point by path; null where it exists and something is wrong with it.</summary>
    public IReadOnlyDictionary<string, PointMap?> Points => _paths;

    /// <summary>Devices of whose points nothing can be said.</summary>
    public IReadOnlySet<string> Unreadable => _unreadable;

    /// <summary>Binds all devices.</summary>
    public void Bind(MapTable section) => Bound = [.. section.Entries.Select(Bind).OfType<DeviceMap>()];

    private DeviceMap? Bind(MapEntry named)
    {
        var (name, node) = named;
        var thing = $"device '{name.Value}'";
        binder.NameIsRight("device", name);
        if (node is MapRefused || (node as MapTable)?.Find(MapOptions.Device.Points.Key) is MapRefused) _unreadable.Add(name.Value);
        if (binder.Table(thing, node) is not { } table) return null;
        var driver = Driver(table);
        var bound = binder.Bind(thing, name.Mark, table, driver is null ? guess.DeviceKeys : [], MapOptions.Device.Table, driver?.Device ?? OptionTable.Empty);
        ConnectionIsKnown(bound.Values);
        if (bound.Ok) GapIsRight(bound.Values);
        if (table.Find(MapOptions.Device.Points.Key) is null) faults.Add(name.Mark, $"'points' is missing in {thing}: write its points by name, or name a template.");
        var points = BindPoints(name.Value, bound.Values, driver, table.Find(MapOptions.Device.RatedPower.Key) is not null);
        if (driver is null || driver.Device.Items.Any(o => o.Required && !bound.PerTable[1].Has(o))) return null;
        // One fault must not hide what the driver has to say of the other points; the default stands for an option that is wrong.
        var device = new DeviceMap
        {
            Name = name.Value,
            Connection = bound.Values.GetOr(MapOptions.Device.Connection, ""),
            Template = bound.Values.Has(MapOptions.Device.Template) ? bound.Values.Get(MapOptions.Device.Template) : null,
            Options = bound.PerTable[1],
            Points = points,
            Mark = name.Mark,
        };
        if (!binder.Stored) driver.CheckDevice(device, faults);
        return device;
    }

    private DriverSchema? Driver(MapTable table)
    {
        var wanted = (table.Find(MapOptions.Device.Connection.Key) as MapText)?.Value;
        return wanted is not null && connections.TryGetValue(wanted, out var connection) && connection.Driver is { } driver ? driver : guess.Of(table, wanted);
    }

    private ImmutableArray<PointMap> BindPoints(string device, OptionValues common, DriverSchema? driver, bool rated)
    {
        if (!common.Has(MapOptions.Device.Points)) return [];
        var entries = common.Get(MapOptions.Device.Points).Entries;
        if (entries.Count == 0) faults.Add(common.MarkOf(MapOptions.Device.Points), $"points: device '{device}' has none.");
        var defaults = new PointDefaults(device, driver)
        {
            Poll = common.Get(MapOptions.Device.Poll),
            MaxGap = common.GetOr(MapOptions.Device.MaxGap, TimeSpan.Zero),
            RatedPower = common.Has(MapOptions.Device.RatedPower) ? common.Get(MapOptions.Device.RatedPower) : null,
            RatingIsFaulty = rated && !common.Has(MapOptions.Device.RatedPower),
            Ratio = common.Get(MapOptions.Device.Ratio),
            Was = common.Has(MapOptions.Device.Was) ? common.Get(MapOptions.Device.Was) : null,
            Epochs = common.GetOr(MapOptions.Device.Epochs, []),
        };
        var points = ImmutableArray.CreateBuilder<PointMap>(entries.Count);
        foreach (var (name, node) in entries)
        {
            var point = _points.Bind(name, node, defaults);
            _paths[$"{device}.{name.Value}"] = point;
            if (point is not null) points.Add(point);
        }
        return points.ToImmutable();
    }

    private void GapIsRight(OptionValues common)
    {
        var (poll, gap) = (common.Get(MapOptions.Device.Poll), common.GetOr(MapOptions.Device.MaxGap, TimeSpan.Zero));
        if (gap == TimeSpan.Zero || gap >= poll) return;
        faults.Add(common.MarkOf(MapOptions.Device.MaxGap), $"max_gap: {Durations.Format(gap)} is shorter than a poll of {Durations.Format(poll)}, so every sample would stand in a gap.");
    }

    private void ConnectionIsKnown(OptionValues common)
    {
        if (!common.Has(MapOptions.Device.Connection)) return;
        var wanted = common.Get(MapOptions.Device.Connection);
        if (connections.ContainsKey(wanted)) return;
        faults.Add(common.MarkOf(MapOptions.Device.Connection), $"connection: there is no connection '{wanted}'{(connections.Count == 0 ? ": write it in the section 'connections'." : Spelling.Ending(wanted, connections.Keys))}");
    }
}
