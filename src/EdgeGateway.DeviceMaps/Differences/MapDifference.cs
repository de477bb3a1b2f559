using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Differences;

/// <summary>What two effective maps have differently, thing by thing. Order, comments and quotes make no difference.</summary>
/// <param name="Changes">In the order of the sections; empty where the maps mean the same.</param>
public sealed record MapDifference(IReadOnlyList<MapChange> Changes)
{
    private static readonly string[] Named =
    [
        MapOptions.Map.Connections.Key, MapOptions.Map.Devices.Key, MapOptions.Map.Shifts.Key, MapOptions.Map.Products.Key, MapOptions.Map.Units.Key, MapOptions.Map.Publish.Key,
    ];

    /// <summary>Compares two effective maps, as <see cref="Binding.PlantReading.EffectiveMap"/> holds them.</summary>
    /// <param name="before">The one that was.</param>
    /// <param name="after">The one that is.</param>
    /// <param name="drivers">Schemas of the registered drivers: they say which values are secret.</param>
    /// <param name="publishers">Schemas of the registered publishers, likewise.</param>
    public static MapDifference Between(string before, string after, IReadOnlyList<DriverSchema> drivers, IReadOnlyList<PublisherSchema> publishers)
    {
        var secret = drivers.SelectMany(d => d.Connection.Items).Concat(publishers.SelectMany(p => p.Options.Items)).Concat(MapOptions.Dashboard.Table.Items).OfType<Option<SecretText>>().Select(o => o.Key).ToHashSet(StringComparer.Ordinal);
        return Between(Read(before), Read(after), new DetailWriter(secret));
    }

    /// <summary>The change of a named thing under its present or former name, or null where it is as it was.</summary>
    public MapChange? Of(string section, string name) => Changes.FirstOrDefault(c => c.Section == section && (c.Name == name || c.Was == name));

    private static MapTable Read(string text) => MapReader.Read("map", text, new FaultList()) as MapTable ?? new MapTable(new Mark("map", 1, 1), []);

    private static MapDifference Between(MapTable before, MapTable after, DetailWriter details)
    {
        var changes = new List<MapChange>();
        foreach (var section in MapOptions.Map.Table.Items.Select(o => o.Key))
        {
            var (a, b) = (Section(before, section), Section(after, section));
            if (Named.Contains(section)) Things(section, a, b, details, changes);
            else if (details.Of(a, b) is { Count: > 0 } found) changes.Add(new MapChange(section, "", ChangeKind.Changed, found));
        }
        return new MapDifference(changes);
    }

    private static void Things(string section, MapTable before, MapTable after, DetailWriter details, List<MapChange> changes)
    {
        var gone = before.Entries.Where(e => after.Find(e.Key.Value) is null).Select(e => e.Key.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var (name, value) in after.Entries)
        {
            var now = Table(value);
            if (before.Find(name.Value) is { } known)
            {
                if (details.Of(Table(known), now) is { Count: > 0 } found) changes.Add(new MapChange(section, name.Value, ChangeKind.Changed, found));
            }
            else if ((now.Find(MapOptions.Device.Was.Key) as MapText)?.Value is { } was && gone.Remove(was))
            {
                changes.Add(new MapChange(section, name.Value, ChangeKind.Renamed, details.Of(Table(before.Find(was)!), Without(now, MapOptions.Device.Was.Key)), was));
            }
            else
            {
                changes.Add(new MapChange(section, name.Value, ChangeKind.Added, []));
            }
        }
        foreach (var (name, _) in before.Entries.Where(e => gone.Contains(e.Key.Value))) changes.Add(new MapChange(section, name.Value, ChangeKind.Removed, []));
    }

    private static MapTable Section(MapTable map, string section) => map.Find(section) is { } node ? Table(node) : new MapTable(map.Mark, []);

    private static MapTable Table(MapNode node) => node as MapTable ?? new MapTable(node.Mark, []);

    private static MapTable Without(MapTable table, string key) => table with { Entries = [.. table.Entries.Where(e => e.Key.Value != key)] };
}
