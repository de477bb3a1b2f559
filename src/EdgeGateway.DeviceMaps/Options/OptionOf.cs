using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Factories for the usual kinds of option.</summary>
public static class OptionOf
{
    /// <summary>Any text.</summary>
    /// <param name="key">Key in the map.</param>
    /// <param name="doc">One sentence.</param>
    /// <param name="required">True where the map must give it.</param>
    /// <param name="default">The default, or null.</param>
    /// <param name="check">Returns what is wrong with a value, or null.</param>
    /// <param name="pattern">As far as a regular expression can tell it, what <paramref name="check"/> lets pass: for editors.</param>
    public static Option<string> Text(string key, string doc, bool required = false, string? @default = null, Func<string, string?>? check = null, string? pattern = null) =>
        new(key, "text", (node, faults) => OptionReaders.Text(node, faults, key), doc, required: required, defaultText: @default, defaultValue: @default, check: check, shape: new(ValueKind.Text) { Pattern = pattern });

    /// <summary>A password, token or key, usually written <c>${env:NAME}</c> or <c>${file:/path}</c>. It never prints.</summary>
    public static Option<SecretText> Secret(string key, string doc, bool required = false) =>
        new(key, "secret", (node, faults) => OptionReaders.Secret(node, faults, key), doc, required: required, shape: new(ValueKind.Text));

    /// <summary>A list of texts; a single one may stand without brackets.</summary>
    public static Option<IReadOnlyList<string>> Texts(string key, string doc, bool required = false, IReadOnlyList<string>? @default = null, Func<string, string?>? check = null) =>
        new(key, "text or list of texts", (node, faults) => OptionReaders.Texts(node, faults, key, check), doc, required: required,
            defaultText: @default is null ? null : $"[{string.Join(", ", @default)}]", defaultValue: @default, shape: new(ValueKind.Texts));

    /// <summary>A table that is bound elsewhere: named things below a section, for instance. Nothing written is an empty table.</summary>
    public static Option<MapTable> Table(string key, string type, string doc, bool required = false) =>
        new(key, type, (node, faults) => OptionReaders.Table(node, faults, key), doc, required: required, shape: new(ValueKind.Table));

    /// <summary>A whole number within limits; decimal or 0x hexadecimal.</summary>
    public static Option<long> Integer(string key, string doc, long min, long max, bool required = false, long? @default = null, string? unit = null) =>
        new(key, string.Create(CultureInfo.InvariantCulture, $"integer {min} to {max}"), (node, faults) => OptionReaders.Integer(node, faults, key, min, max), doc, unit, required,
            @default?.ToString(CultureInfo.InvariantCulture), @default, shape: new ValueShape(ValueKind.Integer) { Min = min, Max = max });

    /// <summary>An exact decimal number.</summary>
    public static Option<ExactDecimal> Decimal(string key, string doc, bool required = false, ExactDecimal? @default = null, Func<ExactDecimal, string?>? check = null) =>
        new(key, "number", (node, faults) => OptionReaders.Decimal(node, faults, key), doc, required: required, defaultText: @default?.ToString(), defaultValue: @default, check: check, shape: new(ValueKind.Number));

    /// <summary>true or false.</summary>
    public static Option<bool> Boolean(string key, string doc, bool @default) =>
        new(key, "true | false", (node, faults) => OptionReaders.Boolean(node, faults, key), doc, defaultText: @default ? "true" : "false", defaultValue: @default, choices: ["true", "false"]);

    /// <summary>A duration with its unit: <c>500ms</c>, <c>5s</c>, <c>2min</c>, <c>1h</c>, <c>1d</c>.</summary>
    public static Option<TimeSpan> Duration(string key, string doc, TimeSpan min, TimeSpan max, bool required = false, string? @default = null) =>
        new(key, $"duration {Durations.Format(min)} to {Durations.Format(max)}", (node, faults) => OptionReaders.Duration(node, faults, key, min, max), doc, required: required,
            defaultText: @default, defaultValue: @default is not null && Durations.TryParse(@default, out var d) ? d : null, shape: new(ValueKind.Duration));

    /// <summary>A number with its unit, such as <c>75 kW</c>; its dimension is checked.</summary>
    public static Option<Measure> Measure(string key, string doc, Dimension dimension, bool required = false, Func<Measure, string?>? check = null) =>
        new(key, $"{Options.Measure.Word(dimension)} with its unit", (node, faults) => OptionReaders.Measure(node, faults, key, dimension), doc, required: required, check: check,
            shape: new ValueShape(ValueKind.Measure) { Dimension = dimension });

    /// <summary>So much per time, such as <c>60/min</c>.</summary>
    public static Option<Rate> Rate(string key, string doc, bool required = false, Func<Rate, string?>? check = null) =>
        new(key, "rate", (node, faults) => OptionReaders.Rate(node, faults, key), doc, required: required, check: check, shape: new(ValueKind.Rate));

    /// <summary>One of a few words, each with its value.</summary>
    /// <param name="key">Key in the map.</param>
    /// <param name="doc">One sentence.</param>
    /// <param name="choices">Words and values.</param>
    /// <param name="required">True where the map must give it.</param>
    /// <param name="default">The default's word, or null.</param>
    /// <param name="meant">Words that others use, in lower case, and what is written for them here: they are not taken, but the fault names the right one.</param>
    public static Option<T> Choice<T>(string key, string doc, IReadOnlyList<(string Word, T Value)> choices, bool required = false, string? @default = null, IReadOnlyDictionary<string, string>? meant = null) where T : notnull
    {
        var words = choices.Select(c => c.Word).ToArray();
        return new Option<T>(key, "one of " + string.Join(" | ", words), (node, faults) => OptionReaders.Choice(node, faults, key, choices, words, meant), doc, required: required,
            defaultText: @default, defaultValue: @default is null ? null : choices.First(c => c.Word == @default).Value, choices: words);
    }
}
