using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>What a platform demands of a text that the map gives, such as sixteen digits.</summary>
/// <param name="Length">Characters, or 0 for any number.</param>
/// <param name="DigitsOnly">Whether only digits may stand; else capital letters too.</param>
/// <param name="Words">The only texts there are, or empty.</param>
internal sealed record TextCheck(int Length, bool DigitsOnly, IReadOnlyList<string> Words)
{
    private const string Digits = "digits", Characters = "capitals_or_digits", OneOf = "one_of", Expected = "expected one of {digits: 16}, {capitals_or_digits: 18}, {one_of: [\"1\", \"2\"]}.";
    private static readonly string[] Kinds = [Digits, Characters, OneOf];

    /// <summary>Reads a check; null and a fault where it is none.</summary>
    public static TextCheck? Read(MapNode node, FaultList faults)
    {
        if (node is not MapTable { Entries: [var only] })
        {
            faults.Add(node.Mark, Expected);
            return null;
        }
        switch (only.Key.Value)
        {
            case OneOf when only.Value is MapList { Items: { Count: > 0 } items } && items.All(i => i is MapText):
                return new TextCheck(0, false, [.. items.Select(i => ((MapText)i).Value)]);
            case Digits or Characters when only.Value is MapText text && int.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var length) && length is > 0 and < 1000:
                return new TextCheck(length, only.Key.Value == Digits, []);
            default:
                faults.Add(only.Key.Mark, Kinds.Contains(only.Key.Value) ? Expected : $"there is no check '{only.Key.Value}'{Spelling.Hint(only.Key.Value, Kinds)}; {Expected}");
                return null;
        }
    }

    /// <summary>What is wrong with a text, or null.</summary>
    public string? Wrong(string text)
    {
        if (Words.Count > 0) return Words.Contains(text) ? null : $"'{text}' is none of {string.Join(", ", Words)}.";
        if (text.Length != Length) return string.Create(CultureInfo.InvariantCulture, $"'{text}' has {text.Length} characters; the platform wants {Length}.");
        return text.All(c => char.IsAsciiDigit(c) || (!DigitsOnly && char.IsAsciiLetterUpper(c))) ? null : $"'{text}' may hold {(DigitsOnly ? "digits" : "capital letters and digits")} only.";
    }
}
