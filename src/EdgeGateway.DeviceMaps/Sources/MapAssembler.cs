using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>Puts one map together from the text it begins with, what it includes, and what is laid over it.</summary>
/// <remarks>
/// Included texts add: a thing that two of them name is a fault. Overlays replace: of an option the last one laid holds, tables are laid over key by key, and the plain word
/// <c>drop</c> takes a thing away.
/// </remarks>
internal sealed class MapAssembler(MapSurroundings surroundings, FaultList faults)
{
    /// <summary>How many texts a map may be made of.</summary>
    public const int MaxDocuments = 1000;

    private static readonly string[] Doors = [MapOptions.Map.Include.Key, MapOptions.Map.Overlay.Key];
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);
    private long _characters;
    private bool _incomplete;

    /// <summary>Every text that was read, by name.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>True where the map is more than its first text.</summary>
    public bool IsComposed => _texts.Count > 1;

    /// <summary>The whole map as one tree, without <c>include</c> and <c>overlay</c>; null where a text is missing or breaks off, because all that names its things would seem wrong.</summary>
    public MapNode? Assemble(MapDocument main)
    {
        Note(main);
        if (MapReader.Read(main.Name, main.Text, faults) is not { } root) return null;
        if (root is not MapTable table) return root;
        var merged = Include(table, main, [main.Name]);
        foreach (var (wanted, place) in Wanted(table, MapOptions.Map.Overlay))
        {
            foreach (var document in Find(MapOptions.Map.Overlay.Key, wanted, place, main))
            {
                if (Read(document, place) is not { } over) continue;
                foreach (var door in over.Entries.Where(e => Doors.Contains(e.Key.Value)))
                {
                    faults.Add(door.Key.Mark, $"{door.Key.Value}: a text that is laid over a map holds none: name it in {main.Name}.");
                }
                merged = new MapLayer(faults).Lay(merged, Shut(over));
            }
        }
        return _incomplete ? null : merged;
    }

    private MapTable Include(MapTable table, MapDocument document, IReadOnlyList<string> path)
    {
        var merged = Shut(table);
        foreach (var (wanted, place) in Wanted(table, MapOptions.Map.Include))
        {
            foreach (var found in Find(MapOptions.Map.Include.Key, wanted, place, document))
            {
                if (path.Contains(found.Name))
                {
                    faults.Add(place, $"include: texts include each other: {string.Join(" → ", path)} → {found.Name}.");
                }
                else if (Read(found, place) is { } part)
                {
                    foreach (var door in part.Entries.Where(e => e.Key.Value == MapOptions.Map.Overlay.Key))
                    {
                        faults.Add(door.Key.Mark, $"overlay: only the map that is started has one: name it in {path[0]}.");
                    }
                    merged = MapMerge.Add(merged, Include(part, found, [.. path, found.Name]), faults);
                }
            }
        }
        return merged;
    }

    private List<(string Text, Mark Mark)> Wanted(MapTable table, Option<IReadOnlyList<string>> option)
    {
        var wanted = new List<(string, Mark)>();
        if (table.Entries.FirstOrDefault(e => e.Key.Value == option.Key) is not { } entry) return wanted;
        if (entry.Value is MapText { IsNothing: true })
        {
            faults.Add(entry.Key.Mark, $"{option.Key}: no value is written.");
            return wanted;
        }
        if (option.Read(entry.Value, faults) is null) return wanted;
        foreach (var item in entry.Value is MapList list ? list.Items : [entry.Value]) wanted.Add((((MapText)item).Value, item.Mark));
        return wanted;
    }

    private IReadOnlyList<MapDocument> Find(string key, string wanted, Mark place, MapDocument from)
    {
        var found = surroundings.Find(wanted, from.Name);
        if (found.Problem is not { } problem) return found.Documents;
        faults.Add(place, $"{key}: '{wanted}': {problem}");
        _incomplete = true;
        return [];
    }

    /// <summary>The document's table, or null: with a fault, or because it is part of the map already.</summary>
    private MapTable? Read(MapDocument document, Mark place)
    {
        if (_texts.ContainsKey(document.Name)) return null;
        if (_texts.Count == MaxDocuments)
        {
            faults.Add(place, string.Create(CultureInfo.InvariantCulture, $"A map is made of at most {MaxDocuments} texts."));
            return null;
        }
        Note(document);
        if (_characters > 4L * MapReader.MaxCharacters)
        {
            faults.Add(place, "The texts of the map are longer than 16 MiB together: split the plant over several gateways.");
            return null;
        }
        var root = MapReader.Read(document.Name, document.Text, faults);
        if (root is MapTable table) return table;
        _incomplete = true;
        if (root is not (null or MapRefused)) faults.Add(root.Mark, "A part of a map is a table of sections, such as 'devices:'.");
        return null;
    }

    private void Note(MapDocument document)
    {
        _texts[document.Name] = document.Text;
        _characters += document.Text.Length;
    }

    private static MapTable Shut(MapTable table) => table with { Entries = [.. table.Entries.Where(e => !Doors.Contains(e.Key.Value))] };
}
