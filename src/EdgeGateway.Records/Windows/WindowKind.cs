using System.Globalization;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Records.Windows;

/// <summary>Kind of a window: a divisor of the minute (<c>5s</c>), <c>1m</c>, <c>15m</c>, <c>1h</c>, <c>1d</c>, <c>month</c>, <c>shift</c>, <c>batch</c> or <c>gap</c>.</summary>
/// <remarks>The code is durable. Divisors of the minute are 64 + their seconds.</remarks>
/// <param name="Code">Durable number.</param>
public readonly record struct WindowKind(byte Code) : IComparable<WindowKind>
{
    private const int DivisorBase = 64;

    /// <summary>One minute.</summary>
    public static WindowKind Minute => new(1);

    /// <summary>A quarter of an hour, counted from the hour.</summary>
    public static WindowKind QuarterHour => new(2);

    /// <summary>One hour.</summary>
    public static WindowKind Hour => new(3);

    /// <summary>A calendar day from its declared start.</summary>
    public static WindowKind Day => new(4);

    /// <summary>A calendar month.</summary>
    public static WindowKind Month => new(5);

    /// <summary>A shift of the production calendar.</summary>
    public static WindowKind Shift => new(6);

    /// <summary>A batch, from its code's appearance to its end.</summary>
    public static WindowKind Batch => new(7);

    /// <summary>A gap of more than a day: one record in place of its base windows.</summary>
    public static WindowKind Gap => new(8);

    /// <summary>What a window of a closed reporting period would be stated as now: its id names the window.</summary>
    public static WindowKind Adjustment => new(9);

    /// <summary>A base window shorter than a minute; <paramref name="seconds"/> divides 60.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It does not.</exception>
    public static WindowKind OfSeconds(int seconds)
    {
        if (seconds is < 1 or > 30 || 60 % seconds != 0) throw new ArgumentOutOfRangeException(nameof(seconds), seconds, "A base window is 1m or a whole divisor of it.");
        return new WindowKind((byte)(DivisorBase + seconds));
    }

    /// <summary>Length in microseconds where it is fixed, else 0 (day, month, shift, batch, gap, adjustment).</summary>
    public long FixedMicros => Code switch
    {
        1 => UtcMicros.PerMinute,
        2 => 15 * UtcMicros.PerMinute,
        3 => UtcMicros.PerHour,
        _ when IsDivisor => (Code - DivisorBase) * UtcMicros.PerSecond,
        _ => 0,
    };

    /// <summary>The word in maps, keys and payloads.</summary>
    public string Name => Code switch
    {
        1 => "1m",
        2 => "15m",
        3 => "1h",
        4 => "1d",
        5 => "month",
        6 => "shift",
        7 => "batch",
        8 => "gap",
        9 => "adjustment",
        _ when IsDivisor => string.Create(CultureInfo.InvariantCulture, $"{Code - DivisorBase}s"),
        _ => string.Create(CultureInfo.InvariantCulture, $"kind-{Code}"),
    };

    private bool IsDivisor => Code is > DivisorBase and <= DivisorBase + 30 && 60 % (Code - DivisorBase) == 0;

    /// <summary>Reads the word.</summary>
    public static bool TryParse(ReadOnlySpan<char> name, out WindowKind kind)
    {
        kind = name switch
        {
            "1m" or "60s" => Minute,
            "15m" => QuarterHour,
            "1h" => Hour,
            "1d" => Day,
            "month" => Month,
            "shift" => Shift,
            "batch" => Batch,
            "gap" => Gap,
            "adjustment" => Adjustment,
            _ => default,
        };
        if (kind.Code != 0) return true;
        if (name.Length is < 2 or > 3 || name[^1] != 's' || name[0] == '0') return false;
        if (!int.TryParse(name[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) || seconds is < 1 or > 30 || 60 % seconds != 0) return false;
        kind = OfSeconds(seconds);
        return true;
    }

    /// <summary>By code; no order of length.</summary>
    public int CompareTo(WindowKind other) => Code.CompareTo(other.Code);

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    /// <summary>By code.</summary>
    public static bool operator <(WindowKind left, WindowKind right) => left.Code < right.Code;

    /// <summary>By code.</summary>
    public static bool operator >(WindowKind left, WindowKind right) => left.Code > right.Code;

    /// <summary>By code.</summary>
    public static bool operator <=(WindowKind left, WindowKind right) => left.Code <= right.Code;

    /// <summary>By code.</summary>
    public static bool operator >=(WindowKind left, WindowKind right) => left.Code >= right.Code;
}
