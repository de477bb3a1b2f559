using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>The driver that a device was probably written for, where its connection does not say: one wrong word must not hide what else is wrong with the device.</summary>
/// <param name="drivers">All registered drivers.</param>
/// <param name="connections">Connections of the map; their drivers are the likelier ones.</param>
internal sealed class DriverGuess(IReadOnlyList<DriverSchema> drivers, IReadOnlyDictionary<string, ConnectionDraft> connections)
{
    private readonly IReadOnlyList<DriverSchema> _likely = [.. connections.Values.Select(c => c.Driver).OfType<DriverSchema>().Concat(drivers).Distinct()];

    /// <summary>Keys that some driver knows for a device.</summary>
    public IReadOnlyList<string> DeviceKeys { get; } = [.. drivers.SelectMany(d => d.Device.Items).Select(o => o.Key).Distinct()];

    /// <summary>Keys that some driver knows for a point.</summary>
    public IReadOnlyList<string> PointKeys { get; } = [.. drivers.SelectMany(d => d.Point.Items).Select(o => o.Key).Distinct()];

    /// <summary>The driver that knows most of the device's keys; of equals that of the connection with the nearest name, else the only one in the map; null where it stays open.</summary>
    public DriverSchema? Of(MapTable device, string? connection)
    {
        var near = connection is not null && Spelling.Nearest(connection, connections.Keys) is { } name ? connections[name].Driver : null;
        var preferred = near ?? (connections.Values.Select(c => c.Driver).Distinct().Count() == 1 ? connections.Values.First().Driver : null);
        var best = _likely.MaxBy(d => (Known(d, device), d == preferred));
        if (best is null || best == preferred) return best;
        var most = Known(best, device);
        return most > 0 && _likely.All(d => Known(d, device) < most || Alike(d, best)) ? best : null;
    }

    private static int Known(DriverSchema driver, MapTable device)
    {
        var points = device.Find(MapOptions.Device.Points.Key) as MapTable;
        return device.Entries.Count(e => driver.Device.Find(e.Key.Value) is not null)
            + (points?.Entries.Select(e => e.Value).OfType<MapTable>().Sum(p => p.Entries.Count(e => driver.Point.Find(e.Key.Value) is not null)) ?? 0);
    }

    private static bool Alike(DriverSchema a, DriverSchema b) => a.Device.Items.SequenceEqual(b.Device.Items) && a.Point.Items.SequenceEqual(b.Point.Items);
}
