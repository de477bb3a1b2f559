using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Factories for the usual kinds of option.</summary>
public static class OptionOf
{
    /// <summary>Any text.</summary>
    public static Option<string> Text(string key, string doc, bool required = false, string? @default = null, Func<string, string?>? check = null) =>
        new(key, "text", ReadText, doc, required: required, defaultText: @default, defaultValue: @default, check: check);

    /// <summary>A whole number within limits; decimal or 0x hexadecimal.</summary>
    public static Option<long> Integer(string key, string doc, long min, long max, bool required = false, long? @default = null, string? unit = null) =>
        new(key, string.Create(CultureInfo.InvariantCulture, $"integer {min} to {max}"), (node, faults) => ReadInteger(node, faults, key, min, max), doc, unit, required,
            @default?.ToString(CultureInfo.InvariantCulture), @default);

    /// <summary>An exact decimal number.</summary>
    public static Option<ExactDecimal> Decimal(string key, string doc, bool required = false, ExactDecimal? @default = null, Func<ExactDecimal, string?>? check = null) =>
        new(key, "number", (node, faults) => ReadDecimal(node, faults, key), doc, required: required, defaultText: @default?.ToString(), defaultValue: @default, check: check);

    /// <summary>true or false.</summary>
    public static Option<bool> Boolean(string key, string doc, bool @default) =>
        new(key, "true | false", (node, faults) => ReadBoolean(node, faults, key), doc, defaultText: @default ? "true" : "false", defaultValue: @default, choices: ["true", "false"]);

    /// <summary>A duration with its unit: <c>500ms</c>, <c>5s</c>, <c>2min</c>, <c>1h</c>, <c>1d</c>.</summary>
    public static Option<TimeSpan> Duration(string key, string doc, TimeSpan min, TimeSpan max, bool required = false, string? @default = null) =>
        new(key, "duration", (node, faults) => ReadDuration(node, faults, key, min, max), doc, required: required, defaultText: @default,
            defaultValue: @default is not null && Durations.TryParse(@default, out var d) ? d : null);

    /// <summary>One of a few words, each with its value.</summary>
    public static Option<T> Choice<T>(string key, string doc, IReadOnlyList<(string Word, T Value)> choices, bool required = false, string? @default = null) where T : notnull
    {
        var words = choices.Select(c => c.Word).ToArray();
        return new Option<T>(key, "one of " + string.Join(" | ", words), Read, doc, required: required, defaultText: @default,
            defaultValue: @default is null ? null : choices.First(c => c.Word == @default).Value, choices: words);

        (bool Ok, T Value) Read(MapNode node, FaultList faults)
        {
            if (node is not MapText text)
            {
                faults.Add(node.Mark, $"{key}: expected one of {string.Join(", ", words)}.");
                return (false, default!);
            }
            foreach (var (word, value) in choices)
            {
                if (word == text.Value) return (true, value);
            }
            faults.Add(node.Mark, $"{key}: '{text.Value}' is not one of {string.Join(", ", words)}{Spelling.Hint(text.Value, words)}.");
            return (false, default!);
        }
    }

    private static (bool Ok, string Value) ReadText(MapNode node, FaultList faults)
    {
        if (node is MapText text) return (true, text.Value);
        faults.Add(node.Mark, "Expected a text here, not a list or a table.");
        return (false, "");
    }

    private static (bool Ok, long Value) ReadInteger(MapNode node, FaultList faults, string key, long min, long max)
    {
        if (node is MapText text)
        {
            var s = text.Value.AsSpan();
            var ok = s.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                ? long.TryParse(s[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var value)
                : long.TryParse(s, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);
            if (ok && value >= min && value <= max) return (true, value);
            faults.Add(node.Mark, string.Create(CultureInfo.InvariantCulture, $"{key}: '{text.Value}' is not a whole number from {min} to {max}."));
            return (false, 0);
        }
        faults.Add(node.Mark, string.Create(CultureInfo.InvariantCulture, $"{key}: expected a whole number from {min} to {max}."));
        return (false, 0);
    }

    private static (bool Ok, ExactDecimal Value) ReadDecimal(MapNode node, FaultList faults, string key)
    {
        if (node is MapText text && ExactDecimal.TryParse(text.Value, out var value)) return (true, value);
        faults.Add(node.Mark, $"{key}: expected a number such as 0.01.");
        return (false, default);
    }

    private static (bool Ok, bool Value) ReadBoolean(MapNode node, FaultList faults, string key)
    {
        if (node is MapText { Value: "true" }) return (true, true);
        if (node is MapText { Value: "false" }) return (true, false);
        faults.Add(node.Mark, $"{key}: expected true or false.");
        return (false, false);
    }

    private static (bool Ok, TimeSpan Value) ReadDuration(MapNode node, FaultList faults, string key, TimeSpan min, TimeSpan max)
    {
        if (node is MapText text && Durations.TryParse(text.Value, out var value))
        {
            if (value >= min && value <= max) return (true, value);
            faults.Add(node.Mark, $"{key}: {text.Value} is outside {Durations.Format(min)} to {Durations.Format(max)}.");
            return (false, default);
        }
        faults.Add(node.Mark, $"{key}: expected a duration with its unit, such as 500ms, 5s, 2min or 1h.");
        return (false, default);
    }
}
