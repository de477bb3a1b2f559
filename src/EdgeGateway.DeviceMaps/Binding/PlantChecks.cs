using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.DeviceMaps.Templates;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>What no single thing of a map can tell.</summary>
internal sealed class PlantChecks(IReadOnlyList<DriverSchema> drivers, FaultList faults)
{
    /// <summary>Two paths to one place: a fault where they talk differently, else doubtful.</summary>
    public void CheckConnections(IEnumerable<ConnectionMap> connections)
    {
        var first = new Dictionary<string, (ConnectionMap Connection, ConnectionPath Path)>(StringComparer.Ordinal);
        foreach (var connection in connections)
        {
            if (Schema(connection.Driver).Path(connection) is not { } path || first.TryAdd(path.Endpoint, (connection, path))) continue;
            var other = first[path.Endpoint];
            if (path.Framing == other.Path.Framing && path.ServesMany) continue;
            if (path.Framing == other.Path.Framing) faults.Warn(connection.Mark, $"connection '{connection.Name}' leads to {path.Endpoint}, as '{other.Connection.Name}' does: many devices serve one connection only; put their devices on one.");
            else faults.Add(connection.Mark, $"connection '{connection.Name}' leads to {path.Endpoint} and talks {path.Framing}, but '{other.Connection.Name}' talks {other.Path.Framing} there: one of them is wrong.");
        }
    }

    /// <summary>Points that lie on the same registers and read them differently.</summary>
    public void CheckPlaces(IEnumerable<DeviceMap> devices, IReadOnlyDictionary<string, ConnectionDraft> connections)
    {
        foreach (var device in devices)
        {
            if (connections.GetValueOrDefault(device.Connection)?.Driver is not { } driver) continue;
            var placed = device.Points.Select(p => (Point: p, Place: driver.Place(device, p))).Where(p => p.Place is not null)
                .OrderBy(p => p.Place!.Space, StringComparer.Ordinal).ThenBy(p => p.Place!.First).ToList();
            for (var i = 1; i < placed.Count; i++)
            {
                // A long value may reach over several others.
                for (var j = i - 1; j >= 0 && placed[j].Place!.Space == placed[i].Place!.Space && placed[j].Place!.First > placed[i].Place!.First - 256; j--) Check(placed[j], placed[i]);
            }
        }
    }

    /// <summary>The device whose clock may be believed is there, and has a clock.</summary>
    public void CheckClock(OptionValues gateway, IReadOnlyList<DeviceMap> devices)
    {
        if (!gateway.Has(MapOptions.Gateway.ClockDevice)) return;
        var (wanted, mark) = (gateway.Get(MapOptions.Gateway.ClockDevice), gateway.MarkOf(MapOptions.Gateway.ClockDevice));
        if (devices.SelectMany(d => d.Points).FirstOrDefault(p => p.Path == wanted) is { } point)
        {
            if (point.Kind != Records.Samples.PointKind.Text) faults.Add(mark, $"clock_device: '{wanted}' is no text: only a point that shows a date has a time, such as one of type date.");
        }
        else if (devices.All(d => d.Name != wanted)) faults.Add(mark, $"clock_device: there is no device or point '{wanted}'{Spelling.Ending(wanted, devices.Select(d => d.Name).Concat(devices.SelectMany(d => d.Points).Where(p => p.Kind == Records.Samples.PointKind.Text).Select(p => p.Path)))}");
    }

    /// <summary>Former names: nothing in the map is called so any more, and no two things were one.</summary>
    public void CheckRenames(IEnumerable<DeviceMap> devices, IEnumerable<UnitMap> units)
    {
        CheckRenames("point", devices.SelectMany(d => d.Points).Select(p => (p.Path, p.Was, p.Mark)));
        CheckRenames("unit", units.Select(u => (u.Name, u.Was, u.Mark)));
    }

    private void CheckRenames(string thing, IEnumerable<(string Name, string? Was, Located.Mark Mark)> things)
    {
        var all = things.ToList();
        var was = all.ToDictionary(t => t.Name, t => t.Was, StringComparer.Ordinal);
        foreach (var (name, old, mark) in all.Where(t => t.Was is not null && t.Was != t.Name))
        {
            // A former name may be taken again by a thing that itself was another one.
            if (was.TryGetValue(old!, out var next) && (next is null || next == old)) faults.Add(mark, $"was: {thing} '{old}' is in this map too: only a name that nothing has any more can be a former one.");
            else if (all.First(t => t.Was == old).Name is var first && first != name) faults.Add(mark, $"was: {thing} '{first}' was '{old}' already.");
            else if (IsCircle(old!, name, was)) faults.Add(mark, $"was: {thing} '{name}' and '{old}' change names with each other: do it in two steps.");
        }
    }

    private static bool IsCircle(string at, string name, Dictionary<string, string?> was)
    {
        for (var steps = was.Count; steps > 0 && was.TryGetValue(at, out var next) && next is not null; steps--)
        {
            if (next == name) return true;
            at = next;
        }
        return false;
    }

    /// <summary>Windows that nothing in the map would ever fill.</summary>
    public static void CheckWindows(OptionValues metering, ImmutableArray<ShiftMap> shifts, ImmutableArray<UnitMap> units, FaultList faults)
    {
        var wanted = metering.Get(MapOptions.Metering.Windows);
        var mark = metering.MarkOf(MapOptions.Metering.Windows);
        if (wanted.Contains(WindowKind.Shift) && shifts.IsEmpty) faults.Add(mark, "windows: there are no shifts: write them in the section 'shifts'.");
        if (wanted.Contains(WindowKind.Batch) && units.All(u => u.Batch is null)) faults.Add(mark, "windows: no unit has a batch: give one a 'batch' point.");
    }

    /// <summary>What is doubtful in a map without faults.</summary>
    public void Doubt(PlantMap plant, IReadOnlyDictionary<string, DeviceTemplate?> templates)
    {
        foreach (var unit in plant.Units.Where(u => !HasMeter(u, plant.Units)))
        {
            faults.Warn(unit.Mark, $"unit '{unit.Name}' has no meter, and neither has any unit below it: no energy is stated for it.");
        }
        if (plant.Products.IsEmpty)
        {
            foreach (var unit in plant.Units.Where(u => u.Output.ProductPoint is not null)) faults.Warn(unit.Mark, "product: there are no products: what the point says has no price.");
        }
        foreach (var connection in plant.Connections.Where(c => plant.Devices.All(d => d.Connection != c.Name)))
        {
            faults.Warn(connection.Mark, $"connection '{connection.Name}' carries no device.");
        }
        var first = new Dictionary<(string, string), DeviceMap>();
        foreach (var device in plant.Devices)
        {
            // The commonest slip of a copied device.
            var address = Schema(plant.Connections.First(c => c.Name == device.Connection).Driver).Address(device);
            if (address.Length == 0 || first.TryAdd((device.Connection, address), device)) continue;
            faults.Warn(device.Mark, $"device '{device.Name}' is {address} of connection '{device.Connection}', and so is '{first[(device.Connection, address)].Name}': unless both are parts of one device, one of them is wrong.");
        }
        foreach (var used in plant.Devices.Where(d => d.Template is not null).GroupBy(d => d.Template!))
        {
            if (templates.GetValueOrDefault(used.Key) is { Verified: false } template)
            {
                faults.Warn(used.First().Mark, $"template {template.Name} has not been compared with a real device yet: compare one reading of each point with the device's display{(template.Values == "unknown" ? ", and whether transformer ratios are in its values" : "")}.");
            }
        }
    }

    private static bool HasMeter(UnitMap unit, ImmutableArray<UnitMap> units) =>
        unit.Inputs.Any(i => i.Carrier != Records.Windows.Carrier.None) || units.Any(u => u.Parent == unit.Name && HasMeter(u, units));

    private void Check((PointMap Point, PointPlace? Place) lower, (PointMap Point, PointPlace? Place) upper)
    {
        var (a, b) = (lower.Place!, upper.Place!);
        if (a.First + a.Count <= b.First || (a.First == b.First && a.Count == b.Count && a.Form == b.Form)) return;
        faults.Add(upper.Point.Mark, $"point '{upper.Point.Path}' reads {Where(b)} as {b.Form}, but '{lower.Point.Path}' reads {Where(a)} as {a.Form}: one of them is wrong.");
    }

    private static string Where(PointPlace place) => place.Count == 1
        ? string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place.Space} {place.First}")
        : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{place.Space} {place.First} to {place.First + place.Count - 1}");

    private DriverSchema Schema(string key) => drivers.First(d => d.Key == key);
}
