using System.Buffers;
using System.Globalization;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Durations as maps write them: a number and one of <c>ms</c>, <c>s</c>, <c>min</c>, <c>h</c>, <c>d</c>.</summary>
public static class Durations
{
    private static readonly SearchValues<char> NumberChars = SearchValues.Create("0123456789.");
    private static readonly (string Unit, long Ticks)[] Units =
        [("ms", TimeSpan.TicksPerMillisecond), ("s", TimeSpan.TicksPerSecond), ("min", TimeSpan.TicksPerMinute), ("h", TimeSpan.TicksPerHour), ("d", TimeSpan.TicksPerDay)];

    /// <summary>Reads <c>1.5s</c> or <c>2 min</c>.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan value)
    {
        value = default;
        var cut = text.IndexOfAnyExcept(NumberChars);
        if (cut <= 0 || !ExactDecimal.TryParse(text[..cut], out var number)) return false;
        var unit = text[cut..].Trim();
        foreach (var (word, ticks) in Units)
        {
            if (!unit.SequenceEqual(word)) continue;
            // Exact: 18 digits × 8.64e11 ticks stay far below 2^127; a number without an exponent part has no places above the point.
            var total = (Int128)number.Mantissa * ticks;
            for (var e = number.Exponent; e < -1; e++) total /= 10;
            if (number.Exponent < 0) total = (total + 5) / 10;
            if (total > TimeSpan.MaxValue.Ticks / 2) return false;
            value = TimeSpan.FromTicks((long)total);
            return true;
        }
        return false;
    }

    /// <summary>The shortest exact form: <c>90s</c>, <c>2min</c>.</summary>
    public static string Format(TimeSpan value)
    {
        if (value == TimeSpan.Zero) return "0s";
        for (var i = Units.Length - 1; i >= 0; i--)
        {
            if (value.Ticks % Units[i].Ticks == 0) return string.Create(CultureInfo.InvariantCulture, $"{value.Ticks / Units[i].Ticks}{Units[i].Unit}");
        }
        return new ExactDecimal(value.Ticks, -4) + "ms";
    }
}
