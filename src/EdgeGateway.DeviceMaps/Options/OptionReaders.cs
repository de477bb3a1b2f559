using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads the usual kinds of value. Each adds a fault that names the key, the value and what would be right, and answers with false.</summary>
internal static class OptionReaders
{
    public static (bool Ok, string Value) Text(MapNode node, FaultList faults, string key) =>
        node is MapText text ? (true, text.Value) : Wrong<string>(node, faults, $"{key}: expected a text, not a list or a table.");

    public static (bool Ok, SecretText Value) Secret(MapNode node, FaultList faults, string key) =>
        node is MapText text ? (true, new SecretText(text.Value)) : Wrong<SecretText>(node, faults, $"{key}: expected a text, not a list or a table.");

    public static (bool Ok, IReadOnlyList<string> Value) Texts(MapNode node, FaultList faults, string key, Func<string, string?>? check)
    {
        if (node is MapTable) return Wrong<IReadOnlyList<string>>(node, faults, $"{key}: expected a text or a list of texts, not a table.");
        var texts = new List<string>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            if (item is not MapText text)
            {
                if (item is not MapRefused) faults.Add(item.Mark, $"{key}: expected a text, not a list or a table.");
                ok = false;
            }
            else if (check?.Invoke(text.Value) is { } wrong)
            {
                faults.Add(item.Mark, $"{key}: {wrong}");
                ok = false;
            }
            else
            {
                texts.Add(text.Value);
            }
        }
        return (ok, texts);
    }

    public static (bool Ok, MapTable Value) Table(MapNode node, FaultList faults, string key) => node switch
    {
        MapTable table => (true, table),
        MapText { IsNothing: true } => (true, new MapTable(node.Mark, [])),
        _ => Wrong<MapTable>(node, faults, $"{key}: expected a table of 'key: value', indented below '{key}:'{NoTable(node)}"),
    };

    private static string NoTable(MapNode node) => node switch
    {
        MapList => ", and not a list of '- '.",
        MapText { Plain: true } text when text.Value.IndexOf(' ', StringComparison.Ordinal) is > 0 and var blank && !text.Value.AsSpan(0, blank).Contains(':') => $"; is a ':' missing behind '{text.Value[..blank]}'?",
        _ => ".",
    };

    public static (bool Ok, long Value) Integer(MapNode node, FaultList faults, string key, long min, long max)
    {
        if (node is not MapText text) return Wrong<long>(node, faults, string.Create(CultureInfo.InvariantCulture, $"{key}: expected a whole number from {min} to {max}."));
        var s = text.Value.AsSpan();
        var hexadecimal = s.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        // Sixteen hexadecimal digits are a register pattern: where every number is allowed, they are two's complement.
        var ok = hexadecimal
            ? long.TryParse(s[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value) && (value >= 0 || min == long.MinValue)
            : long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
        if (ok && value >= min && value <= max) return (true, value);
        return Wrong<long>(node, faults, string.Create(CultureInfo.InvariantCulture, $"{key}: '{text.Value}' is not a whole number from {min} to {max}."));
    }

    public static (bool Ok, ExactDecimal Value) Decimal(MapNode node, FaultList faults, string key)
    {
        if (node is MapText text && ExactDecimal.TryParse(text.Value, out var value)) return (true, value);
        return Wrong<ExactDecimal>(node, faults, $"{key}: {Quoted(node)}expected a number such as 0.01.");
    }

    public static (bool Ok, bool Value) Boolean(MapNode node, FaultList faults, string key) => node switch
    {
        MapText { Value: "true" } => (true, true),
        MapText { Value: "false" } => (true, false),
        _ => Wrong<bool>(node, faults, $"{key}: {Quoted(node)}expected true or false."),
    };

    public static (bool Ok, TimeSpan Value) Duration(MapNode node, FaultList faults, string key, TimeSpan min, TimeSpan max)
    {
        if (node is not MapText text || !Durations.TryParse(text.Value, out var value))
        {
            return Wrong<TimeSpan>(node, faults, $"{key}: {Quoted(node)}expected a duration with its unit, such as 500ms, 5s, 2min or 1h.");
        }
        if (value >= min && value <= max) return (true, value);
        return Wrong<TimeSpan>(node, faults, $"{key}: {text.Value} is outside {Durations.Format(min)} to {Durations.Format(max)}.");
    }

    public static (bool Ok, Measure Value) Measure(MapNode node, FaultList faults, string key, Dimension dimension)
    {
        if (node is not MapText text) return Wrong<Measure>(node, faults, $"{key}: expected {Options.Measure.Word(dimension)} with its unit, not a list or a table.");
        return Options.Measure.TryParse(text.Value, dimension, out var measure) is { } wrong ? Wrong<Measure>(node, faults, $"{key}: {wrong}") : (true, measure);
    }

    public static (bool Ok, Rate Value) Rate(MapNode node, FaultList faults, string key)
    {
        if (node is not MapText text) return Wrong<Rate>(node, faults, $"{key}: expected a rate such as 60/min, not a list or a table.");
        return Options.Rate.TryParse(text.Value, out var rate) is { } wrong ? Wrong<Rate>(node, faults, $"{key}: {wrong}") : (true, rate);
    }

    public static (bool Ok, T Value) Choice<T>(MapNode node, FaultList faults, string key, IReadOnlyList<(string Word, T Value)> choices, IReadOnlyList<string> words, IReadOnlyDictionary<string, string>? meant) where T : notnull
    {
        if (node is not MapText text) return Wrong<T>(node, faults, $"{key}: expected one of {string.Join(", ", words)}.");
        foreach (var (word, value) in choices)
        {
            if (word == text.Value) return (true, value);
        }
        var near = meant?.GetValueOrDefault(text.Value.ToLowerInvariant()) ?? Spelling.Nearest(text.Value, words);
        return Wrong<T>(node, faults, $"{key}: '{text.Value}' is not one of {string.Join(", ", words)}{(near is null ? "." : $"; did you mean '{near}'?")}");
    }

    private static string Quoted(MapNode node) => node is MapText text ? $"'{text.Value}' will not do: " : "";

    private static (bool Ok, T Value) Wrong<T>(MapNode node, FaultList faults, string message) where T : notnull
    {
        faults.Add(node.Mark, message);
        return (false, default!);
    }
}
