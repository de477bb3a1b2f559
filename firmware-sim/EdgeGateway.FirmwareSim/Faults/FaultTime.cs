using System.Globalization;

namespace EdgeGateway.FirmwareSim.Faults;

/// <summary>Times and spans as fault scripts write them.</summary>
internal static class FaultTime
{
    /// <summary>Parses <c>hh:mm:ss</c> or <c>hh:mm:ss.fff</c>; hours may pass 23.</summary>
    public static bool TryClock(string text, out TimeSpan time)
    {
        time = default;
        var parts = text.Split(':');
        if (parts.Length != 3 || parts[1].Length != 2 || parts[2].Length < 2) return false;
        if (!int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var hours) || hours > 100_000) return false;
        if (!int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 59) return false;
        if (!decimal.TryParse(parts[2], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) || seconds >= 60) return false;
        time = TimeSpan.FromHours(hours) + TimeSpan.FromMinutes(minutes) + TimeSpan.FromMicroseconds((long)(seconds * 1_000_000));
        return true;
    }

    /// <summary>Parses <c>800ms</c>, <c>20s</c>, <c>1.5m</c>, <c>2h</c>.</summary>
    public static bool TrySpan(string text, out TimeSpan span)
    {
        span = default;
        (string Suffix, long Micros)[] units = [("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000)];
        foreach (var (suffix, micros) in units)
        {
            if (!text.EndsWith(suffix, StringComparison.Ordinal)) continue;
            if (!decimal.TryParse(text.AsSpan(0, text.Length - suffix.Length), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) || number > 1_000_000) continue;
            span = TimeSpan.FromMicroseconds((long)(number * micros));
            return true;
        }

        return false;
    }

    public static string FormatClock(TimeSpan time)
    {
        var hours = (long)Math.Floor(time.TotalHours);
        var micros = time.Ticks / TimeSpan.TicksPerMicrosecond % 1_000_000;
        return string.Create(CultureInfo.InvariantCulture, $"{hours:00}:{time.Minutes:00}:{time.Seconds:00}") + (micros == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $".{micros:000000}"));
    }

    public static string FormatSpan(TimeSpan span) => span.Ticks % TimeSpan.TicksPerSecond == 0
        ? string.Create(CultureInfo.InvariantCulture, $"{span.Ticks / TimeSpan.TicksPerSecond}s")
        : string.Create(CultureInfo.InvariantCulture, $"{(decimal)span.Ticks / TimeSpan.TicksPerMillisecond:0.####}ms");
}
