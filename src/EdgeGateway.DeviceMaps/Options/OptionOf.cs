using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Factories for the usual kinds of option.</summary>
public static class OptionOf
{
    /// <summary>Any text.</summary>
    public static Option<string> Text(string key, string doc, bool required = false, string? @default = null, Func<string, string?>? check = null) =>
        new(key, "text", (node, faults) => OptionReaders.Text(node, faults, key), doc, required: required, defaultText: @default, defaultValue: @default, check: check);

    /// <summary>A password, token or key, usually written <c>${env:NAME}</c> or <c>${file:/path}</c>. It never prints.</summary>
    public static Option<SecretText> Secret(string key, string doc, bool required = false) =>
        new(key, "secret", (node, faults) => OptionReaders.Secret(node, faults, key), doc, required: required);

    /// <summary>A list of texts; a single one may stand without brackets.</summary>
    public static Option<IReadOnlyList<string>> Texts(string key, string doc, bool required = false, IReadOnlyList<string>? @default = null, Func<string, string?>? check = null) =>
        new(key, "text or list of texts", (node, faults) => OptionReaders.Texts(node, faults, key, check), doc, required: required,
            defaultText: @default is null ? null : $"[{string.Join(", ", @default)}]", defaultValue: @default);

    /// <summary>A table that is bound elsewhere: named things below a section, for instance. Nothing written is an empty table.</summary>
    public static Option<MapTable> Table(string key, string type, string doc, bool required = false) =>
        new(key, type, (node, faults) => OptionReaders.Table(node, faults, key), doc, required: required);

    /// <summary>A whole number within limits; decimal or 0x hexadecimal.</summary>
    public static Option<long> Integer(string key, string doc, long min, long max, bool required = false, long? @default = null, string? unit = null) =>
        new(key, string.Create(CultureInfo.InvariantCulture, $"integer {min} to {max}"), (node, faults) => OptionReaders.Integer(node, faults, key, min, max), doc, unit, required,
            @default?.ToString(CultureInfo.InvariantCulture), @default);

    /// <summary>An exact decimal number.</summary>
    public static Option<ExactDecimal> Decimal(string key, string doc, bool required = false, ExactDecimal? @default = null, Func<ExactDecimal, string?>? check = null) =>
        new(key, "number", (node, faults) => OptionReaders.Decimal(node, faults, key), doc, required: required, defaultText: @default?.ToString(), defaultValue: @default, check: check);

    /// <summary>true or false.</summary>
    public static Option<bool> Boolean(string key, string doc, bool @default) =>
        new(key, "true | false", (node, faults) => OptionReaders.Boolean(node, faults, key), doc, defaultText: @default ? "true" : "false", defaultValue: @default, choices: ["true", "false"]);

    /// <summary>A duration with its unit: <c>500ms</c>, <c>5s</c>, <c>2min</c>, <c>1h</c>, <c>1d</c>.</summary>
    public static Option<TimeSpan> Duration(string key, string doc, TimeSpan min, TimeSpan max, bool required = false, string? @default = null) =>
        new(key, $"duration {Durations.Format(min)} to {Durations.Format(max)}", (node, faults) => OptionReaders.Duration(node, faults, key, min, max), doc, required: required,
            defaultText: @default, defaultValue: @default is not null && Durations.TryParse(@default, out var d) ? d : null);

    /// <summary>A number with its unit, such as <c>75 kW</c>; its dimension is checked.</summary>
    public static Option<Measure> Measure(string key, string doc, Dimension dimension, bool required = false, Func<Measure, string?>? check = null) =>
        new(key, $"{Options.Measure.Word(dimension)} with its unit", (node, faults) => OptionReaders.Measure(node, faults, key, dimension), doc, required: required, check: check);

    /// <summary>So much per time, such as <c>60/min</c>.</summary>
    public static Option<Rate> Rate(string key, string doc, bool required = false, Func<Rate, string?>? check = null) =>
        new(key, "rate", (node, faults) => OptionReaders.Rate(node, faults, key), doc, required: required, check: check);

    /// <summary>One of a few words, each with its value.</summary>
    public static Option<T> Choice<T>(string key, string doc, IReadOnlyList<(string Word, T Value)> choices, bool required = false, string? @default = null) where T : notnull
    {
        var words = choices.Select(c => c.Word).ToArray();
        return new Option<T>(key, "one of " + string.Join(" | ", words), (node, faults) => OptionReaders.Choice(node, faults, key, choices, words), doc, required: required,
            defaultText: @default, defaultValue: @default is null ? null : choices.First(c => c.Word == @default).Value, choices: words);
    }
}
