using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;
using F = EdgeGateway.DeviceMaps.Options.MapOptions.ReferenceFile;
using R = EdgeGateway.DeviceMaps.Options.MapOptions.ReferenceRow;

namespace EdgeGateway.DeviceMaps.References;

/// <summary>Writes a set out in full: every row with its own citation, and the rows of the sets that it includes behind its own. What comes out is what a stored map holds.</summary>
/// <param name="find">The file of a set by its name, or null.</param>
/// <param name="names">Names of all sets, for near spellings.</param>
/// <param name="faults">Receives what is wrong.</param>
internal sealed class ReferenceAssembler(Func<string, MapDocument?> find, Func<IReadOnlyList<string>> names, FaultList faults)
{
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

    /// <summary>Text of every set that was read, by the name that places give it.</summary>
    public IReadOnlyDictionary<string, string> Texts => _texts;

    /// <summary>The set of this name, or null with a fault.</summary>
    public MapTable? Assemble(string key, MapText name)
    {
        if (find(name.Value) is { } document) return Assemble(document, name.Value, []);
        faults.Add(name.Mark, $"{key}: there is no set '{name.Value}'{(Spelling.Nearest(name.Value, names()) is { } near ? $"; did you mean '{near}'?" : "; 'edgegateway factors list' shows all.")}");
        return null;
    }

    /// <summary>The set in a file, or null with a fault.</summary>
    public MapTable? Assemble(MapDocument document, string name, IReadOnlyList<string> path)
    {
        _texts[document.Name] = document.Text;
        if (MapReader.Read(document.Name, document.Text, faults) is not { } root) return null;
        if (root is not MapTable table)
        {
            if (root is not MapRefused) faults.Add(root.Mark, "A reference set is a table: begin with 'set: …'.");
            return null;
        }
        if (table.Find(F.Set.Key) is MapText written && written.Value != name) faults.Add(written.Mark, $"set: the file is called '{name}', but the set '{written.Value}': give both one name.");
        if (table.Find(F.Rows.Key) is not MapList rows) return table;
        var citation = table.Find(F.Citation.Key) as MapTable;
        foreach (var (key, _) in citation?.Entries ?? [])
        {
            if (R.Citation.Find(key.Value) is null) faults.Add(key.Mark, $"Unknown key '{key.Value}' in the citation{Spelling.Ending(key.Value, R.Citation.Items.Select(o => o.Key))}");
        }
        var all = rows.Items.Select(r => Cited(r, citation, path.Count > 0 ? name : null)).ToList();
        foreach (var (other, place) in Includes(table))
        {
            if (path.Contains(other) || other == name) faults.Add(place, $"includes: sets include each other: {string.Join(" → ", path.Append(name))} → {other}.");
            else if (find(other) is not { } found) faults.Add(place, $"includes: there is no set '{other}'{Spelling.Ending(other, names())}");
            else if (Assemble(found, other, [.. path, name])?.Find(F.Rows.Key) is MapList more) all.AddRange(more.Items);
        }
        var entries = table.Entries.Where(e => e.Key.Value != F.Citation.Key && e.Key.Value != F.Includes.Key).Select(e => e.Key.Value == F.Rows.Key ? e with { Value = rows with { Items = all } } : e);
        return table with { Entries = [.. entries] };
    }

    private static MapNode Cited(MapNode row, MapTable? citation, string? set)
    {
        if (row is not MapTable table) return row;
        var entries = table.Entries.ToList();
        foreach (var entry in citation?.Entries ?? [])
        {
            if (table.Find(entry.Key.Value) is null) entries.Add(entry);
        }
        if (set is not null && table.Find(R.Set.Key) is null) entries.Add(new MapEntry(new MapText(row.Mark, R.Set.Key, true), new MapText(row.Mark, set, true)));
        return table with { Entries = entries };
    }

    private static IEnumerable<(string Name, Mark Place)> Includes(MapTable table) => table.Find(F.Includes.Key) switch
    {
        MapText { IsNothing: false } one => [(one.Value, one.Mark)],
        MapList list => list.Items.OfType<MapText>().Select(i => (i.Value, i.Mark)),
        _ => [],
    };
}
