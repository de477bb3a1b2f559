using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.DeviceMaps.Differences;

/// <summary>Finds counters whose total would silently go on with another register or another scale. Such a change needs one more time in <c>epochs</c>.</summary>
public static class RegisterChanges
{
    /// <summary>Adds a fault for each counter of <paramref name="after"/> that <paramref name="before"/> knew otherwise.</summary>
    /// <param name="before">The plant that ran.</param>
    /// <param name="after">The plant that shall run.</param>
    /// <param name="drivers">Schemas of the registered drivers.</param>
    /// <param name="faults">Receives the faults, at the places of the new map.</param>
    public static void Check(PlantMap before, PlantMap after, IReadOnlyList<DriverSchema> drivers, FaultList faults)
    {
        var known = Counters(before).ToDictionary(c => c.Point.Path, StringComparer.Ordinal);
        foreach (var (device, point) in Counters(after))
        {
            if (!known.TryGetValue(point.Path, out var old) && (point.Was is null || !known.TryGetValue(point.Was, out old))) continue;
            if (point.Epochs.Length < old.Point.Epochs.Length)
            {
                faults.Add(point.Mark, $"point '{point.Path}' had more epochs than are written now: an epoch that has begun stays in the map.");
            }
            else if (point.Epochs.Length == old.Point.Epochs.Length && Changed(before, old, after, (device, point), drivers) is { } what)
            {
                faults.Add(point.Mark, $"point '{point.Path}': {what}, so that what it counts does not join what it counted: write when that happened, as one more time in 'epochs' of the point or its device, such as epochs: [2026-11-24T08:00+08:00].");
            }
        }
    }

    private static IEnumerable<(DeviceMap Device, PointMap Point)> Counters(PlantMap plant) => plant.Devices.SelectMany(d => d.Points.Where(p => p.Kind == PointKind.Counter), (d, p) => (d, p));

    private static string? Changed(PlantMap plantBefore, (DeviceMap Device, PointMap Point) before, PlantMap plantAfter, (DeviceMap Device, PointMap Point) after, IReadOnlyList<DriverSchema> drivers)
    {
        var (a, b) = (before.Point, after.Point);
        if (a.Unit != b.Unit) return $"its unit changes from {a.Unit.Symbol()} to {b.Unit.Symbol()}";
        if (a.Resolution.Normalize() != b.Resolution.Normalize()) return $"its resolution changes from {a.Resolution} to {b.Resolution}";
        if (a.Ratio.Normalize() != b.Ratio.Normalize()) return $"its ratio changes from {a.Ratio} to {b.Ratio}";
        if (a.Modulus != b.Modulus) return $"its modulus changes from {Number(a.Modulus)} to {Number(b.Modulus)}";
        var (driver, other) = (Driver(plantBefore, before.Device, drivers), Driver(plantAfter, after.Device, drivers));
        if (driver is null || other is null) return null;
        if (driver.Key != other.Key && !driver.Point.Items.SequenceEqual(other.Point.Items)) return $"its driver changes from {driver.Key} to {other.Key}";
        if (driver.Address(before.Device) is var from && other.Address(after.Device) is var to && from != to) return $"its device's address changes from {from} to {to}";
        var (place, now) = (driver.Place(before.Device, a), other.Place(after.Device, b));
        if (place is not null && now is not null) return place == now ? null : $"its register changes from {Words(place)} to {Words(now)}";
        return a.Options.SameAs(b.Options) ? null : "its register changes";
    }

    private static DriverSchema? Driver(PlantMap plant, DeviceMap device, IReadOnlyList<DriverSchema> drivers) =>
        plant.Connections.FirstOrDefault(c => c.Name == device.Connection) is { } connection ? drivers.FirstOrDefault(d => d.Key == connection.Driver) : null;

    private static string Number(long? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "none";

    private static string Words(PointPlace place) => string.Create(CultureInfo.InvariantCulture, $"{place.Space} {place.First} ({place.Form})");
}
