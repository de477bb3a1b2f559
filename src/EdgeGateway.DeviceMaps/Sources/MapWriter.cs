using System.Buffers;
using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>Writes a tree as plain YAML that reads as the same tree, places aside: the form in which a composed map is stored.</summary>
internal static class MapWriter
{
    private static readonly SearchValues<char> Safe = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_./-");

    /// <summary>The text; LF line ends.</summary>
    public static string Write(MapTable map)
    {
        var text = new StringBuilder();
        Entries(text, map, 0);
        return text.ToString();
    }

    /// <summary>A single value on one line, as it could stand behind a key.</summary>
    public static string Inline(MapNode node)
    {
        var text = new StringBuilder();
        Inline(text, node);
        return text.ToString();
    }

    private static void Entries(StringBuilder text, MapTable table, int depth)
    {
        foreach (var (key, value) in table.Entries)
        {
            text.Append(' ', 2 * depth);
            Scalar(text, key);
            text.Append(':');
            if (value is MapTable { Entries.Count: > 0 } below)
            {
                text.Append('\n');
                Entries(text, below, depth + 1);
            }
            else
            {
                text.Append(' ');
                Inline(text, value);
                text.Append('\n');
            }
        }
    }

    private static void Inline(StringBuilder text, MapNode node)
    {
        switch (node)
        {
            case MapTable table:
                text.Append('{');
                for (var i = 0; i < table.Entries.Count; i++)
                {
                    if (i > 0) text.Append(", ");
                    Scalar(text, table.Entries[i].Key);
                    text.Append(": ");
                    Inline(text, table.Entries[i].Value);
                }
                text.Append('}');
                break;
            case MapList list:
                text.Append('[');
                for (var i = 0; i < list.Items.Count; i++)
                {
                    if (i > 0) text.Append(", ");
                    Inline(text, list.Items[i]);
                }
                text.Append(']');
                break;
            case MapText scalar:
                Scalar(text, scalar);
                break;
            default:
                // A refused value has its fault; such a map is never stored.
                text.Append('~');
                break;
        }
    }

    private static void Scalar(StringBuilder text, MapText scalar)
    {
        var value = scalar.Value;
        if (scalar.IsNothing) text.Append('~');
        else if (scalar.Plain && value != "null" && char.IsAsciiLetterOrDigit(value[0]) && !value.AsSpan().ContainsAnyExcept(Safe)) text.Append(value);
        else Quoted(text, value);
    }

    private static void Quoted(StringBuilder text, string value)
    {
        text.Append('"');
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (c is '"' or '\\') text.Append('\\').Append(c);
            else if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1])) text.Append(c).Append(value[++i]);
            else if (char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or >= '\uFE00') text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}");
            else text.Append(c);
        }
        text.Append('"');
    }
}
