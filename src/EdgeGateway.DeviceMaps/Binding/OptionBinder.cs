using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds one table of the map to option tables: unknown and missing keys, values, defaults.</summary>
/// <param name="faults">Receives what is wrong.</param>
/// <param name="stored">True for a map out of the store, whose secrets are not at hand.</param>
internal sealed class OptionBinder(FaultList faults, bool stored)
{
    private readonly Dictionary<Dictionary<Option, (object Value, Mark? Mark)>, OptionValues> _known = new(new SameBinding());

    /// <summary>True for a map out of the store: it was checked before it was stored, and options with secrets may lack their value.</summary>
    public bool Stored => stored;

    /// <summary>Binds <paramref name="node"/>.</summary>
    /// <param name="thing">What it is, for messages: <c>device 'press-meter'</c>.</param>
    /// <param name="mark">Where it is named.</param>
    /// <param name="node">Its table.</param>
    /// <param name="tables">Option tables whose keys may stand here.</param>
    public BoundOptions Bind(string thing, Mark mark, MapTable node, params OptionTable[] tables) => Bind(thing, mark, node, [], tables);

    /// <summary>Binds <paramref name="node"/>; <paramref name="passed"/> are further keys that may be right and nobody can say, because its driver is not known.</summary>
    public BoundOptions Bind(string thing, Mark mark, MapTable node, IReadOnlyList<string> passed, params OptionTable[] tables)
    {
        var (complete, strange) = (true, false);
        var values = tables.Select(_ => new OptionValues { Mark = mark }).ToArray();
        var given = new HashSet<Option>();
        foreach (var (key, value) in node.Entries)
        {
            var at = Array.FindIndex(tables, t => t.Find(key.Value) is not null);
            if (at < 0)
            {
                if (passed.Contains(key.Value)) continue;
                faults.Add(key.Mark, $"Unknown key '{key.Value}' in {thing}{Spelling.Ending(key.Value, tables.SelectMany(t => t.Items).Select(o => o.Key).Concat(passed))}");
                strange = true;
                continue;
            }
            var option = tables[at].Find(key.Value)!;
            given.Add(option);
            if (Read(option, key, value) is { } read) values[at].Set(option, read, value.Mark);
            else complete &= stored && SecretResolver.HoldsSecret(value);
        }
        foreach (var missing in tables.SelectMany(t => t.Items).Where(o => o.Required && !given.Contains(o)))
        {
            faults.Add(mark, $"'{missing.Key}' is missing in {thing}: {missing.Doc}");
            complete = false;
        }
        foreach (var bound in values) bound.Share(_known);
        return new BoundOptions(complete && !strange, [.. values]) { Complete = complete };
    }

    /// <summary>The table of a named thing, or null with a fault. Nothing written is an empty table.</summary>
    public MapTable? Table(string thing, MapNode node)
    {
        if (node is MapTable table) return table;
        if (node is MapText { IsNothing: true }) return new MapTable(node.Mark, []);
        if (node is not MapRefused) faults.Add(node.Mark, $"Expected a table of 'key: value' for {thing}.");
        return null;
    }

    /// <summary>The one key of a connection or publisher that says its type, or null with a fault.</summary>
    public MapEntry? OneKey(string thing, string type, Mark mark, MapNode node, IReadOnlyList<string> known)
    {
        if (Table(thing, node) is not { } table) return null;
        if (table.Entries.Count == 0)
        {
            faults.Add(mark, $"The {type} of {thing} is missing: write one of {string.Join(", ", known)} below it.");
            return null;
        }
        var types = table.Entries.Where(e => known.Contains(e.Key.Value)).ToList();
        foreach (var entry in table.Entries.Except(types.Take(1)))
        {
            faults.Add(entry.Key.Mark, types.Count == 0 ? $"Unknown {type} '{entry.Key.Value}' in {thing}{Spelling.Ending(entry.Key.Value, known)}"
                : known.Contains(entry.Key.Value) ? $"{thing} has both {types[0].Key.Value} and {entry.Key.Value}: keep one."
                : $"'{entry.Key.Value}' stands beside '{types[0].Key.Value}' in {thing}: indent it below '{types[0].Key.Value}'.");
        }
        return types.Count == 0 ? null : types[0];
    }

    /// <summary>True where a thing may be called so; else a fault is added.</summary>
    public bool NameIsRight(string thing, MapText name)
    {
        if (MapNames.Wrong(name.Value) is not { } wrong) return true;
        faults.Add(name.Mark, $"{thing}: {wrong}");
        return false;
    }

    private object? Read(Option option, MapText key, MapNode value)
    {
        if (value is MapRefused) return null;
        if (value is MapText { IsNothing: true } && option is not Option<MapTable>)
        {
            faults.Add(key.Mark, $"{key.Value}: no value is written.");
            return null;
        }
        if (!SecretResolver.HoldsSecret(value)) return option.Read(value, faults);

        // The reader's own words may quote the value.
        if (option.Read(value, new FaultList()) is { } read) return read;
        if (stored) return null;
        faults.Add(value.Mark, $"{key.Value}: what {SecretResolver.Unresolved(value)} stands for is not right here: expected {option.Type}. {option.Doc}");
        return null;
    }
}
