using System.Text;
using System.Text.Json;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Publishers.Mqtt.Templates.Values;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>A text with placeholders: <c>${name}</c>, or <c>${table[name]}</c> for the word that a table of the template has for a value. <c>$${</c> is a plain <c>${</c>.</summary>
/// <param name="Parts">Literals, and placeholders with their table or null.</param>
/// <param name="Plain">True for an unquoted text: without placeholders it may be a number, true, false or null.</param>
internal sealed record TextTemplate(IReadOnlyList<(string? Literal, string Name, IReadOnlyDictionary<string, string>? Table)> Parts, bool Plain)
{
    /// <summary>Reads a text; unknown names are faults with a suggestion.</summary>
    public static TextTemplate Parse(MapText text, TemplateVocabulary names, FaultList faults)
    {
        var parts = new List<(string?, string, IReadOnlyDictionary<string, string>?)>();
        var rest = text.Value;
        while (rest.Length > 0)
        {
            var at = rest.IndexOf("${", StringComparison.Ordinal);
            if (at < 0) break;
            var escaped = at > 0 && rest[at - 1] == '$';
            if (at > 0) parts.Add((rest[..at], "", null));
            if (escaped)
            {
                parts.Add(("{", "", null));
                rest = rest[(at + 2)..];
                continue;
            }
            var end = rest.IndexOf('}', at);
            if (end < 0)
            {
                faults.Add(text.Mark, "a placeholder has no end: write ${name}.");
                break;
            }
            var inner = rest[(at + 2)..end].Trim();
            rest = rest[(end + 1)..];
            var bracket = inner.IndexOf('[', StringComparison.Ordinal);
            var name = bracket < 0 ? inner : inner[(bracket + 1)..].TrimEnd(']');
            var table = bracket < 0 ? null : names.Table(inner[..bracket], text.Mark, faults);
            if (names.Knows(name, text.Mark, faults)) parts.Add((null, name, table));
        }
        if (rest.Length > 0) parts.Add((rest, "", null));
        return new TextTemplate(parts, text.Plain);
    }

    /// <summary>The text with all placeholders filled in.</summary>
    public string Render(IPlaceholders values)
    {
        var text = new StringBuilder();
        foreach (var part in Parts) text.Append(part.Literal ?? Value(part, values).ToString());
        return text.ToString();
    }

    /// <summary>Writes a JSON value: one placeholder alone and without quotes keeps its type.</summary>
    public void Write(Utf8JsonWriter w, IPlaceholders values)
    {
        if (Plain && Parts is [{ Literal: null } alone]) Value(alone, values).Write(w);
        else if (Plain && Parts is [{ Literal: { } literal }] && IsJsonWord(literal)) w.WriteRawValue(literal);
        else w.WriteStringValue(Render(values));
    }

    /// <summary>True where it is one placeholder alone that stands for nothing.</summary>
    public bool IsNothing(IPlaceholders values) => Parts is [{ Literal: null } alone] && Value(alone, values).IsNothing;

    private static PlaceholderValue Value((string? Literal, string Name, IReadOnlyDictionary<string, string>? Table) part, IPlaceholders values)
    {
        var value = values[part.Name];
        return part.Table is not { } table ? value : PlaceholderValue.Of(table.GetValueOrDefault(value.ToString()));
    }

    private static bool IsJsonWord(string literal)
    {
        try
        {
            using var document = JsonDocument.Parse(literal);
            return document.RootElement.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False or JsonValueKind.Null;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
