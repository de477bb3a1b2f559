using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Puts in what <c>${env:NAME}</c> and <c>${file:/path}</c> stand for, anywhere in a value; <c>$${</c> is a plain <c>${</c>.</summary>
/// <remarks>
/// Only below gateway, store, connections and publish: what totals rest on stands in the map itself, so that a stored map means the same whatever the surroundings have become.
/// </remarks>
internal sealed class SecretResolver(Func<string, string?> environment, Func<string, string?> readFile, FaultList faults)
{
    private const int LeastRedacted = 4;
    private static readonly string[] Sources = ["env", "file"];
    private static readonly string[] Measured = [MapOptions.Map.Devices.Key, MapOptions.Map.Calendar.Key, MapOptions.Map.Shifts.Key, MapOptions.Map.Products.Key, MapOptions.Map.Units.Key, MapOptions.Map.Metering.Key];
    private readonly List<(string Value, string Unresolved)> _resolved = [];

    /// <summary>True where the value or a part of it was resolved.</summary>
    public static bool HoldsSecret(MapNode node) => Unresolved(node) is not null;

    /// <summary>The first secret below <paramref name="node"/> as it was written, or null.</summary>
    public static string? Unresolved(MapNode node) => node switch
    {
        MapText text => text.Unresolved,
        MapList list => list.Items.Select(Unresolved).FirstOrDefault(u => u is not null),
        MapTable table => table.Entries.Select(e => Unresolved(e.Value)).FirstOrDefault(u => u is not null),
        _ => null,
    };

    /// <summary>The whole map with secrets in place.</summary>
    public MapNode ResolveMap(MapNode root) => root is MapTable map
        ? map with { Entries = [.. map.Entries.Select(e => e with { Value = Resolve(e.Value, Measured.Contains(e.Key.Value)) })] }
        : root;

    private MapNode Resolve(MapNode node, bool measured) => node switch
    {
        MapText text when text.Value.Contains("${", StringComparison.Ordinal) => (MapNode?)Resolve(text, measured) ?? new MapRefused(text.Mark),
        MapList list => list with { Items = [.. list.Items.Select(i => Resolve(i, measured))] },
        MapTable table => table with { Entries = [.. table.Entries.Select(e => e with { Value = Resolve(e.Value, measured) })] },
        _ => node,
    };

    /// <summary>The faults with every resolved secret put back to what was written.</summary>
    public IReadOnlyList<Fault> Redact(IReadOnlyList<Fault> found)
    {
        var secrets = _resolved.Where(s => s.Value.Length >= LeastRedacted).OrderByDescending(s => s.Value.Length).ToList();
        return secrets.Count == 0 ? found : [.. found.Select(f => f with { Message = secrets.Aggregate(f.Message, (m, s) => m.Replace(s.Value, s.Unresolved, StringComparison.Ordinal)) })];
    }

    private MapText? Resolve(MapText text, bool measured)
    {
        var result = new StringBuilder();
        var rest = text.Value.AsSpan();
        var resolved = false;
        while (rest.IndexOf("${") is >= 0 and var at)
        {
            if (at > 0 && rest[at - 1] == '$')
            {
                result.Append(rest[..(at - 1)]).Append("${");
                rest = rest[(at + 2)..];
                continue;
            }
            var end = rest[at..].IndexOf('}');
            if (end < 0) return Refuse(text, $"'{rest[at..]}' has no closing '}}'; a plain '${{' is written '$${{'.");
            if (measured) return Refuse(text, $"'{rest.Slice(at, end + 1)}' is not put in here: what is measured must stand in the map itself, so that a stored map keeps its meaning.");
            result.Append(rest[..at]);
            if (Value(rest.Slice(at + 2, end - 2).ToString(), out var wrong) is not { } value) return Refuse(text, wrong);
            resolved = true;
            result.Append(value);
            rest = rest[(at + end + 1)..];
        }
        result.Append(rest);
        if (!resolved) return text with { Value = result.ToString(), Plain = false };
        _resolved.Add((result.ToString(), text.Value));
        return text with { Value = result.ToString(), Plain = false, Unresolved = text.Value };
    }

    private string? Value(string inside, out string wrong)
    {
        var colon = inside.IndexOf(':', StringComparison.Ordinal);
        var source = colon < 0 ? inside : inside[..colon];
        var name = colon < 0 ? "" : inside[(colon + 1)..];
        wrong = $"'${{{inside}}}' is not understood: write ${{env:NAME}} or ${{file:/path}}{(Spelling.Nearest(source, Sources) is { } near && near != source ? $"; did you mean '{near}'?" : ".")}";
        if (name.Length == 0 || !Sources.Contains(source)) return null;
        var value = source == "env" ? environment(name) : readFile(name);
        if (source == "file" && value is not null) value = value.EndsWith("\r\n", StringComparison.Ordinal) ? value[..^2] : value.EndsWith('\n') ? value[..^1] : value;
        wrong = source == "env" ? $"The environment variable {name} is {(value is null ? "not set" : "empty")}." : $"The file {name} {(value is null ? "cannot be read" : "is empty")}.";
        if (string.IsNullOrEmpty(value)) return null;
        _resolved.Add((value, $"${{{inside}}}"));
        return value;
    }

    private MapText? Refuse(MapText text, string message)
    {
        faults.Add(text.Mark, message);
        return null;
    }
}
