using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>Adds the sections of one text to those of another. Nothing is ever replaced: what both name is a fault.</summary>
internal static class MapMerge
{
    public static MapTable Add(MapTable whole, MapTable part, FaultList faults)
    {
        var entries = whole.Entries.ToList();
        foreach (var section in part.Entries)
        {
            var at = entries.FindIndex(e => e.Key.Value == section.Key.Value);
            if (at < 0) entries.Add(section);
            else if (IsNothing(entries[at].Value)) entries[at] = section;
            else if (entries[at].Value is MapTable there && section.Value is MapTable more) entries[at] = entries[at] with { Value = Names(there, more, section.Key.Value, faults) };
            else if (!IsNothing(section.Value)) faults.Add(section.Key.Mark, $"'{section.Key.Value}' is already written in {Place(entries[at].Key.Mark)}: keep one of them.");
        }
        return whole with { Entries = entries };
    }

    private static MapTable Names(MapTable whole, MapTable part, string section, FaultList faults)
    {
        var places = whole.Entries.ToDictionary(e => e.Key.Value, e => e.Key.Mark, StringComparer.Ordinal);
        var entries = whole.Entries.ToList();
        foreach (var entry in part.Entries)
        {
            if (places.TryAdd(entry.Key.Value, entry.Key.Mark)) entries.Add(entry);
            else faults.Add(entry.Key.Mark, $"{section}: '{entry.Key.Value}' is already written in {Place(places[entry.Key.Value])}: keep one of them; to change a thing, use an overlay.");
        }
        return whole with { Entries = entries };
    }

    private static bool IsNothing(MapNode node) => node is MapText { IsNothing: true };

    private static string Place(Mark mark) => $"{mark.File}, line {mark.Line.ToString(System.Globalization.CultureInfo.InvariantCulture)}";
}
