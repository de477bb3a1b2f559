using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Differences;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Reloading;

/// <summary>What a changed map asks of a running gateway: the difference in words, the loops that end and begin, and what must not be changed so.</summary>
internal sealed record PlantTransition
{
    private static readonly string[] NotWhileRunning = ["id ", "path "];
    private static readonly string[] AtStart = [MapOptions.Map.Store.Key, "dashboard"];

    /// <summary>The difference, a line a thing; empty where both maps mean the same.</summary>
    public required IReadOnlyList<string> Words { get; init; }

    /// <summary>What must not be changed so, at the places of the new map.</summary>
    public required IReadOnlyList<Fault> Faults { get; init; }

    /// <summary>Connections whose bus ends.</summary>
    public required IReadOnlyCollection<string> EndBuses { get; init; }

    /// <summary>Connections whose bus begins.</summary>
    public required IReadOnlyCollection<string> BeginBuses { get; init; }

    /// <summary>Publishers that end.</summary>
    public required IReadOnlyCollection<string> EndPublishers { get; init; }

    /// <summary>Publishers that begin.</summary>
    public required IReadOnlyCollection<string> BeginPublishers { get; init; }

    /// <summary>True where nothing is to do.</summary>
    public bool IsEmpty => Words.Count == 0;

    /// <summary>Compares the map that runs with the one that shall run.</summary>
    public static PlantTransition Between(LoadedMap before, LoadedMap after)
    {
        var (drivers, publishers) = (after.Registrations.DriverSchemas, after.Registrations.PublisherSchemas);
        var difference = MapDifference.Between(before.Text, after.Text, drivers, publishers);
        var words = difference.Changes.Select(c => AtStart.Contains(c.Section) ? c.Words + " (from the next start on)" : c.Words).ToList();
        var faults = new FaultList();
        Refuse(difference, MapOptions.Map.Gateway, faults, after);
        Refuse(difference, MapOptions.Map.Store, faults, after);
        RegisterChanges.Check(before.Plant, after.Plant, drivers, faults);

        var touched = difference.Changes.Where(c => c.Section == MapOptions.Map.Connections.Key).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (was, now) in before.Plant.Connections.Join(after.Plant.Connections, c => c.Name, c => c.Name, (a, b) => (a, b)))
        {
            if (!was.Options.SameAs(now.Options) && touched.Add(now.Name)) words.Add($"connection '{now.Name}': a secret it uses is another one");
        }
        var devices = difference.Changes.Where(c => c.Section == MapOptions.Map.Devices.Key).SelectMany(c => new[] { c.Name, c.Was }).ToHashSet(StringComparer.Ordinal);
        touched.UnionWith(before.Plant.Devices.Concat(after.Plant.Devices).Where(d => devices.Contains(d.Name)).Select(d => d.Connection));

        var targets = difference.Changes.Where(c => c.Section == MapOptions.Map.Publish.Key).Select(c => c.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var (was, now) in before.Plant.Publishers.Join(after.Plant.Publishers, p => p.Name, p => p.Name, (a, b) => (a, b)))
        {
            if (!was.Options.SameAs(now.Options) && targets.Add(now.Name)) words.Add($"publisher '{now.Name}': a secret it uses is another one");
        }
        // Payloads may name them.
        if ((before.Plant.Gateway.Site, before.Plant.Gateway.EnterpriseCode) != (after.Plant.Gateway.Site, after.Plant.Gateway.EnterpriseCode)) targets.UnionWith(after.Plant.Publishers.Select(p => p.Name));
        return new PlantTransition
        {
            Words = words,
            Faults = faults.Ordered,
            EndBuses = [.. before.Plant.Connections.Select(c => c.Name).Where(touched.Contains)],
            BeginBuses = [.. after.Plant.Connections.Select(c => c.Name).Where(touched.Contains)],
            EndPublishers = [.. before.Plant.Publishers.Select(p => p.Name).Where(targets.Contains)],
            BeginPublishers = [.. after.Plant.Publishers.Select(p => p.Name).Where(targets.Contains)],
        };
    }

    /// <summary>The box's own name and its file cannot change under a running gateway.</summary>
    private static void Refuse(MapDifference difference, DeviceMaps.Options.Option section, FaultList faults, LoadedMap after)
    {
        if (difference.Of(section.Key, "") is not { } change) return;
        foreach (var detail in change.Details.Where(d => NotWhileRunning.Any(w => d.StartsWith(w, StringComparison.Ordinal) || d.StartsWith("new " + w, StringComparison.Ordinal)) || d == "path gone"))
        {
            faults.Add(new Mark(after.Name, 1, 1), $"{section.Key}: {detail}: a running gateway keeps this: stop it and start it anew.");
        }
    }
}
