using System.Globalization;

namespace EdgeGateway.Records.Time;

/// <summary>Time as the gateway keeps it: microseconds since 1970-01-01T00:00:00Z in an <see cref="long"/>.</summary>
/// <remarks>A plain integer, because times fill columns. These are the only conversions.</remarks>
public static class UtcMicros
{
    /// <summary>Microseconds in a second.</summary>
    public const long PerSecond = 1_000_000;

    /// <summary>Microseconds in a minute.</summary>
    public const long PerMinute = 60 * PerSecond;

    /// <summary>Microseconds in an hour.</summary>
    public const long PerHour = 60 * PerMinute;

    /// <summary>Microseconds of an instant; what is finer than a microsecond is cut off.</summary>
    public static long From(DateTimeOffset instant) => (instant.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Microseconds of a span; what is finer than a microsecond is cut off.</summary>
    public static long From(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>The instant of <paramref name="micros"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The instant lies outside the years 1 to 9999.</exception>
    public static DateTimeOffset ToInstant(long micros) => DateTimeOffset.UnixEpoch.AddTicks(checked(micros * TimeSpan.TicksPerMicrosecond));

    /// <summary>ISO 8601 in UTC: <c>2026-11-24T00:00:00Z</c>, with six fractional digits only where they are not zero.</summary>
    public static string Format(long micros)
    {
        var format = micros % PerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
        return ToInstant(micros).ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>The start of the window of <paramref name="length"/> that holds <paramref name="micros"/>, counted from the epoch.</summary>
    /// <param name="micros">UTC microseconds; may be negative.</param>
    /// <param name="length">Length of a window in microseconds, above 0.</param>
    public static long Floor(long micros, long length)
    {
        var rest = micros % length;
        return rest < 0 ? micros - rest - length : micros - rest;
    }
}
