using System.Globalization;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Times in ISO 8601 as <see cref="UtcMicros.Format"/> writes them, straight into UTF-8.</summary>
internal static class TimeText
{
    /// <summary>Room for any time.</summary>
    public const int MaxLength = 32;

    /// <summary>Writes <paramref name="micros"/>; returns the bytes written.</summary>
    /// <exception cref="PayloadException">The time lies outside the years 1 to 9999.</exception>
    public static int Format(long micros, Span<byte> text)
    {
        try
        {
            var format = micros % UtcMicros.PerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";
            UtcMicros.ToInstant(micros).TryFormat(text, out var length, format, CultureInfo.InvariantCulture);
            return length;
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw new PayloadException("A time lies outside the years 1 to 9999.", e);
        }
    }
}
