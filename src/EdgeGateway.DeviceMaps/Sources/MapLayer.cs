using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>Lays one table over another: values replace, tables are laid over key by key, a key with nothing leaves a table as it is, and the plain word <c>drop</c> takes away.</summary>
internal sealed class MapLayer(FaultList faults)
{
    private const string DropWord = "drop";

    /// <summary>True for the plain word <c>drop</c>; in quotes it is a value like any other.</summary>
    public static bool IsDrop(MapNode node) => node is MapText { Plain: true, Value: DropWord };

    /// <summary><paramref name="lower"/> with <paramref name="upper"/> over it.</summary>
    public MapTable Lay(MapTable lower, MapTable upper)
    {
        var entries = lower.Entries.ToList();
        var at = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < entries.Count; i++) at[entries[i].Key.Value] = i;
        var dropped = new HashSet<int>();
        foreach (var entry in upper.Entries)
        {
            var known = at.TryGetValue(entry.Key.Value, out var i);
            if (IsDrop(entry.Value))
            {
                if (known) dropped.Add(i);
                else faults.Add(entry.Key.Mark, $"There is no '{entry.Key.Value}' to drop here{Spelling.Ending(entry.Key.Value, at.Keys)}");
            }
            else if (!known)
            {
                entries.Add(entry);
            }
            else if (entries[i].Value is MapTable below)
            {
                if (entry.Value is MapTable above) entries[i] = entries[i] with { Value = Lay(below, above) };
                else if (entry.Value is not MapText { IsNothing: true }) entries[i] = entry;
            }
            else
            {
                entries[i] = entry;
            }
        }
        return lower with { Entries = [.. entries.Where((_, i) => !dropped.Contains(i))] };
    }
}
