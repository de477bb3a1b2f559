using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the section <c>devices</c>.</summary>
internal sealed class DeviceBinder(OptionBinder binder, OrderedDictionary<string, ConnectionDraft> connections, FaultList faults)
{
    private readonly PointBinder _points = new(binder, faults);
    private readonly Dictionary<string, PointMap?> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _unreadable = new(StringComparer.Ordinal);

    /// <summary>The devices without fault, in the order of the map.</summary>
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
        var ok = binder.NameIsRight("device", name);
        if (node is MapRefused || (node as MapTable)?.Find(MapOptions.Device.Points.Key) is MapRefused) _unreadable.Add(name.Value);
        if (binder.Table(thing, node) is not { } table) return null;
        var driver = Driver(table);
        var bound = binder.Bind(thing, name.Mark, table, driver is null, MapOptions.Device.Table, driver?.Device ?? OptionTable.Empty);
        ok &= bound.Ok & ConnectionIsKnown(bound.Values);
        if (bound.Ok) ok &= GapIsRight(bound.Values);
        if (table.Find(MapOptions.Device.Points.Key) is null)
        {
            faults.Add(name.Mark, $"'points' is missing in {thing}: write its points by name, or name a template.");
            ok = false;
        }
        var points = BindPoints(name.Value, bound.Values, driver, table.Find(MapOptions.Device.RatedPower.Key) is not null, ref ok);
        if (!ok || driver is null) return null;
        var device = new DeviceMap
        {
            Name = name.Value,
            Connection = bound.Values.Get(MapOptions.Device.Connection),
            Template = bound.Values.Has(MapOptions.Device.Template) ? bound.Values.Get(MapOptions.Device.Template) : null,
            Options = bound.PerTable[1],
            Points = points,
            Mark = name.Mark,
        };
        if (!binder.Stored) driver.CheckDevice(device, faults);
        return device;
    }

    /// <summary>Its connection's driver. Where the connection is not known, that of the one with the nearest name, or the only one there is: so that a slip in one word does not hide what else is wrong.</summary>
    private DriverSchema? Driver(MapTable table)
    {
        if (table.Find(MapOptions.Device.Connection.Key) is not MapText wanted) return OnlyDriver();
        if (connections.TryGetValue(wanted.Value, out var connection)) return connection.Driver;
        return Spelling.Nearest(wanted.Value, connections.Keys) is { } near ? connections[near].Driver : OnlyDriver();
    }

    private DriverSchema? OnlyDriver() => connections.Values.Select(c => c.Driver).Distinct().Count() == 1 ? connections.Values.First().Driver : null;

    private ImmutableArray<PointMap> BindPoints(string device, OptionValues common, DriverSchema? driver, bool rated, ref bool ok)
    {
        if (!common.Has(MapOptions.Device.Points)) return [];
        var entries = common.Get(MapOptions.Device.Points).Entries;
        if (entries.Count == 0)
        {
            faults.Add(common.MarkOf(MapOptions.Device.Points), $"points: device '{device}' has none.");
            ok = false;
        }
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
            else ok = false;
        }
        return points.ToImmutable();
    }

    private bool GapIsRight(OptionValues common)
    {
        var (poll, gap) = (common.Get(MapOptions.Device.Poll), common.GetOr(MapOptions.Device.MaxGap, TimeSpan.Zero));
        if (gap == TimeSpan.Zero || gap >= poll) return true;
        faults.Add(common.MarkOf(MapOptions.Device.MaxGap), $"max_gap: {Durations.Format(gap)} is shorter than a poll of {Durations.Format(poll)}, so every sample would stand in a gap.");
        return false;
    }

    private bool ConnectionIsKnown(OptionValues common)
    {
        if (!common.Has(MapOptions.Device.Connection)) return false;
        var wanted = common.Get(MapOptions.Device.Connection);
        if (connections.ContainsKey(wanted)) return true;
        faults.Add(common.MarkOf(MapOptions.Device.Connection), $"connection: there is no connection '{wanted}'{Spelling.Ending(wanted, connections.Keys)}");
        return false;
    }
}
