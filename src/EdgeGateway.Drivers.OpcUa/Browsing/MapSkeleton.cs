using System.Globalization;
using System.Text;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.Drivers.OpcUa.Browsing;

/// <summary>Writes a browsed tree as the beginning of a map: a device whose points are the tree's scalar number and text variables.</summary>
public static class MapSkeleton
{
    private static readonly string[] Numbers = ["SByte", "Byte", "Int16", "UInt16", "Int32", "UInt32", "Int64", "UInt64", "Float", "Double", "Boolean"];

    /// <summary>Names that YAML reads as something else than text.</summary>
    private static readonly string[] YamlWords = ["null", "true", "false", "yes", "no", "on", "off", "y", "n"];

    /// <summary>The YAML text; kinds are proposals for a person to correct. Variables of the standard's own namespace (arguments of methods, say) are passed over.</summary>
    /// <param name="tree">The tree.</param>
    /// <param name="device">Name of the device.</param>
    /// <param name="connection">Name of its connection.</param>
    public static string Of(BrowseNode tree, string device, string connection)
    {
        ArgumentNullException.ThrowIfNull(tree);
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"devices:\n  {device}:\n    connection: {connection}\n    points:\n");
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (node, path) in Variables(tree, ""))
        {
            var kind = Numbers.Contains(node.DataType) ? "gauge" : node.DataType is "String" or "LocalizedText" ? "text" : null;
            var address = Escaped(node.Address!.ToString()).Replace("${", "$${", StringComparison.Ordinal);
            var type = Escaped(node.DataType ?? "unknown");
            if (kind is null) text.Append(CultureInfo.InvariantCulture, $"      # {Unique(path, names)}: \"{address}\" is of type {type}\n");
            else text.Append(CultureInfo.InvariantCulture, $"      {Unique(path, names)}: {{node: \"{address}\", kind: {kind}}}  # {type}\n");
        }
        return text.ToString();
    }

    private static IEnumerable<(BrowseNode Node, string Path)> Variables(BrowseNode node, string path)
    {
        foreach (var child in node.Children)
        {
            var below = path.Length == 0 ? Slug(child.Name) : path + "_" + Slug(child.Name);
            if (child is { Class: NodeClass.Variable, Repeated: false, Address.NamespaceUri: not null }) yield return (child, Slug(child.Name));
            foreach (var found in Variables(child, below)) yield return found;
        }
    }

    /// <summary>For a double-quoted YAML scalar, and harmless in a comment: a server may call a node anything.</summary>
    private static string Escaped(string text) => string.Concat(text.Select(c => c switch
    {
        '\\' => "\\\\",
        '"' => "\\\"",
        < ' ' or (>= '\x7F' and <= '\x9F') or '\u2028' or '\u2029' or '\uFEFF' => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
        _ => c.ToString(),
    }));

    private static string Slug(string name)
    {
        var slug = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        if (slug.Length == 0) return "point";
        return char.IsAsciiDigit(slug[0]) || YamlWords.Contains(slug) ? "p_" + slug : slug;
    }

    private static string Unique(string name, HashSet<string> names)
    {
        var candidate = name;
        for (var n = 2; !names.Add(candidate); n++) candidate = string.Create(CultureInfo.InvariantCulture, $"{name}_{n}");
        return candidate;
    }
}
