using System.Buffers;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>So much per time, such as <c>60/min</c> or <c>80 kWh/h</c>.</summary>
/// <param name="Amount">How much; without a unit where it is that of whatever is rated.</param>
/// <param name="Per">In which time, above zero.</param>
public readonly record struct Rate(Measure Amount, TimeSpan Per)
{
    private const string Numbers = "0123456789.+-";
    private static readonly SearchValues<char> NumberChars = SearchValues.Create(Numbers);
    private static readonly (string Word, TimeSpan Per)[] Times =
        [("s", TimeSpan.FromSeconds(1)), ("min", TimeSpan.FromMinutes(1)), ("h", TimeSpan.FromHours(1)), ("d", TimeSpan.FromDays(1))];

    /// <summary>The number per second, in <see cref="Amount"/>'s own unit.</summary>
    public double PerSecond => Amount.Value.ToDouble() / Per.TotalSeconds;

    /// <summary>Reads <c>60/min</c>, <c>1000 piece/h</c>.</summary>
    /// <returns>What is wrong, or null where <paramref name="rate"/> was read.</returns>
    public static string? TryParse(string text, out Rate rate)
    {
        rate = default;
        const string example = "write a number per time, such as 60/min or 1000/h";
        var slash = text.IndexOf('/', StringComparison.Ordinal);
        // Some units hold a stroke themselves.
        if (text.LastIndexOf('/') is var last && last > slash && text.AsSpan(0, last).TrimStart(Numbers) is var unitText && UnitsOfMeasure.TryParse(unitText.Trim(), out _)) slash = last;
        if (slash < 0) return $"'{text}' is not a rate: {example}.";
        var amount = text.AsSpan(0, slash);
        var cut = amount.IndexOfAnyExcept(NumberChars);
        if (cut < 0) cut = slash;
        if (!ExactDecimal.TryParse(amount[..cut], out var value)) return $"'{text}' is not a rate: {example}.";
        var unit = UnitOfMeasure.None;
        var symbol = amount[cut..].Trim().ToString();
        if (symbol.Length > 0 && !UnitsOfMeasure.TryParse(symbol, out unit)) return $"'{text}' has the unknown unit '{symbol}'{Spelling.Ending(symbol, UnitsOfMeasure.Symbols)}";
        var per = text[(slash + 1)..].Trim();
        foreach (var (word, time) in Times)
        {
            if (word != per) continue;
            rate = new Rate(new Measure(value, unit), time);
            return null;
        }
        return $"'{text}' has the unknown time '{per}': a rate is per s, min, h or d.";
    }

    /// <summary><c>60/min</c>, <c>80 kWh/h</c>.</summary>
    public override string ToString()
    {
        var per = Per;
        return $"{Amount}/{Times.FirstOrDefault(t => t.Per == per).Word ?? Durations.Format(per)}";
    }
}
