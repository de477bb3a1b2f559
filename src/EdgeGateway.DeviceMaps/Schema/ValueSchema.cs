using System.Text.Json;
using System.Text.RegularExpressions;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Schema;

/// <summary>Writes schemas of single values. An editor knows YAML's own types, the gateway only texts: so a whole number may be a number or a text that reads as one.</summary>
internal sealed class ValueSchema(Utf8JsonWriter json)
{
    // ${env:X} and $(parameter) may stand for anything.
    private const string Placeholder = @"\$[{(]";

    /// <summary>A value that fits one of the options, which share a key.</summary>
    public void Write(IReadOnlyList<Option> options)
    {
        json.WriteStartObject();
        json.WriteString("description", options[0].Doc);
        if (options is [{ DefaultText: { Length: > 0 } text }]) json.WriteString("default", text);
        json.WriteStartArray("anyOf");
        foreach (var option in options) Forms(option);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Forms(Option option)
    {
        switch (option.Shape.Kind)
        {
            case ValueKind.Text when option.Shape.Pattern is { } pattern:
                // What looks like a number is a text all the same.
                Typed("number");
                Pattern(pattern + "|" + Placeholder);
                break;
            case ValueKind.Text:
                Scalar();
                break;
            case ValueKind.Texts:
                Scalar();
                ListOf(Scalar);
                break;
            case ValueKind.Integer:
                Integer(option.Shape);
                break;
            case ValueKind.Number:
                Typed("number");
                Pattern("^[-+]?[0-9.]+([eE][-+]?[0-9]+)?$|" + Placeholder);
                break;
            case ValueKind.Duration:
                Pattern(@"^[0-9.]+\s*(ms|s|min|h|d)$|" + Placeholder);
                break;
            case ValueKind.Measure:
                Pattern($@"^[-+0-9.]+\s*({Symbols(u => u.Measures() == option.Shape.Dimension)})$|{Placeholder}");
                break;
            case ValueKind.Rate:
                Pattern($@"^[-+0-9.]+\s*({Symbols(_ => true)})?\s*/\s*(s|min|h|d)$|{Placeholder}");
                break;
            case ValueKind.Choice:
                Choice(option.Choices);
                break;
            case ValueKind.Table:
                Typed("object");
                Typed("null");
                break;
            case ValueKind.Point:
                Point();
                break;
            case ValueKind.Points:
                Point();
                ListOf(Point);
                break;
            case ValueKind.Meters:
                Point();
                ListOf(Point);
                Roles(option.Choices);
                break;
            case ValueKind.States:
                States();
                break;
            case ValueKind.DatedPrice:
                Price();
                DatedPrices();
                break;
            default:
                json.WriteBooleanValue(true);
                break;
        }
    }

    private static string Symbols(Func<UnitOfMeasure, bool> wanted) =>
        string.Join('|', Enum.GetValues<UnitOfMeasure>().Where(u => u != UnitOfMeasure.None && wanted(u)).SelectMany(u => u.WordsOf()).Select(Regex.Escape));

    private void Integer(ValueShape shape)
    {
        json.WriteStartObject();
        json.WriteString("type", "integer");
        // A double cannot hold the limits of 64 bits.
        if (shape.Min is > -(1L << 53) and { } min) json.WriteNumber("minimum", min);
        if (shape.Max is < 1L << 53 and { } max) json.WriteNumber("maximum", max);
        json.WriteEndObject();
        Pattern("^(0[xX][0-9a-fA-F]+|-?[0-9]+)$|" + Placeholder);
    }

    private void Choice(IReadOnlyList<string> words)
    {
        json.WriteStartObject();
        json.WriteStartArray("enum");
        foreach (var word in words)
        {
            json.WriteStringValue(word);
            if (word is "true" or "false") json.WriteBooleanValue(word == "true");
        }
        json.WriteEndArray();
        json.WriteEndObject();
        Pattern(Placeholder);
    }

    private void Roles(IReadOnlyList<string> roles)
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("properties");
        foreach (var role in roles)
        {
            json.WriteStartObject(role);
            json.WriteStartArray("anyOf");
            Point();
            ListOf(Point);
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private void States()
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteNumber("minProperties", 1);
        json.WriteStartObject("patternProperties");
        json.WriteStartObject("^[-+]?[0-9]+$");
        json.WriteStartArray("enum");
        foreach (var state in Enum.GetValues<MachineState>()) json.WriteStringValue(state.Word());
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private void Price() => Pattern($@"^[0-9.]+\s*[A-Z]{{3}}$|{Placeholder}");

    private void DatedPrices()
    {
        json.WriteStartObject();
        json.WriteString("type", "object");
        json.WriteStartObject("patternProperties");
        json.WritePropertyName("^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
        Price();
        json.WriteEndObject();
        json.WriteBoolean("additionalProperties", false);
        json.WriteEndObject();
    }

    private void ListOf(Action item)
    {
        json.WriteStartObject();
        json.WriteString("type", "array");
        json.WritePropertyName("items");
        item();
        json.WriteEndObject();
    }

    private void Point() => Pattern(@"^[^.]+\..+$");

    private void Pattern(string pattern)
    {
        json.WriteStartObject();
        json.WriteString("type", "string");
        json.WriteString("pattern", pattern);
        json.WriteEndObject();
    }

    private void Scalar()
    {
        json.WriteStartObject();
        json.WriteStartArray("type");
        json.WriteStringValue("string");
        json.WriteStringValue("number");
        json.WriteStringValue("boolean");
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void Typed(string type)
    {
        json.WriteStartObject();
        json.WriteString("type", type);
        json.WriteEndObject();
    }
}
