using System.Text.Json;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Schema;

/// <summary>Writes schemas of tables.</summary>
internal sealed class TableSchema(Utf8JsonWriter json)
{
    private static readonly IReadOnlyDictionary<string, Action> Nothing = new Dictionary<string, Action>();
    private readonly ValueSchema _values = new(json);

    /// <summary>A table with the options of <paramref name="tables"/>; nothing written is an empty one.</summary>
    public void Table(string doc, IReadOnlyList<OptionTable> tables, bool required, IReadOnlyDictionary<string, Action>? below = null)
    {
        json.WriteStartObject();
        if (doc.Length > 0) json.WriteString("description", doc);
        Body(tables, required, below ?? Nothing);
        json.WriteEndObject();
    }

    /// <summary>The same without its braces.</summary>
    public void Body(IReadOnlyList<OptionTable> tables, bool required, IReadOnlyDictionary<string, Action> below)
    {
        Types("object", "null");
        json.WriteStartObject("properties");
        foreach (var options in tables.SelectMany(t => t.Items).GroupBy(o => o.Key))
        {
            json.WritePropertyName(options.Key);
            if (below.TryGetValue(options.Key, out var table)) table();
            else _values.Write([.. options]);
        }
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        // With several drivers only what is common is always required.
        var must = tables[0].Items.Where(o => o.Required).Select(o => o.Key).ToList();
        if (!required || must.Count == 0) return;
        json.WriteStartArray("required");
        foreach (var key in must) json.WriteStringValue(key);
        json.WriteEndArray();
        // Nothing written would lack what is required.
        json.WriteStartObject("not");
        json.WriteString("type", "null");
        json.WriteEndObject();
    }

    /// <summary>A table of names, each with a value of <paramref name="value"/>'s form, or the word drop.</summary>
    public void Names(string doc, Action value, bool drop = false)
    {
        json.WriteStartObject();
        json.WriteString("description", doc);
        Types("object", "null");
        json.WriteStartObject("propertyNames");
        json.WriteString("pattern", "^[^./\\\\ ,:#]{1,64}$");
        json.WriteEndObject();
        json.WritePropertyName("additionalProperties");
        if (drop)
        {
            json.WriteStartObject();
            json.WriteStartArray("anyOf");
            json.WriteStartObject();
            json.WriteString("const", "drop");
            json.WriteEndObject();
            value();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        else
        {
            value();
        }
        json.WriteEndObject();
    }

    /// <summary>A table of exactly one of these keys.</summary>
    public void OneOf(IReadOnlyList<(string Key, OptionTable Options)> choices, bool required)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var (key, options) in choices)
        {
            json.WritePropertyName(key);
            Table(options.Name, [options], required);
        }
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteNumber("minProperties", 1);
        json.WriteNumber("maxProperties", 1);
        json.WriteEndObject();
    }

    /// <summary>Any single value.</summary>
    public void AnyText()
    {
        json.WriteStartObject();
        Types("string", "number", "boolean");
        json.WriteEndObject();
    }

    private void Types(params ReadOnlySpan<string> types)
    {
        json.WriteStartArray("type");
        foreach (var type in types) json.WriteStringValue(type);
        json.WriteEndArray();
    }
}
