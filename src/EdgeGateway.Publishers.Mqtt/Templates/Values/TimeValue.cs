using System.Globalization;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>The forms in which platforms want a time: <c>start</c> (ISO 8601), <c>start.ms</c>, <c>start.s</c>, <c>start.basic</c> (20261124T000000Z) and <c>start.cn</c> (2026-11-24 08:00:00, GMT+8).</summary>
internal static class TimeValue
{
    private static readonly TimeSpan China = TimeSpan.FromHours(8);

    /// <summary>Names of a time in all its forms.</summary>
    public static string[] Names(string name) => [name, name + ".ms", name + ".s", name + ".basic", name + ".cn"];

    /// <summary>The value, where <paramref name="wanted"/> is a form of <paramref name="name"/>.</summary>
    public static bool TryGet(string wanted, string name, long micros, out PlaceholderValue value)
    {
        value = default;
        if (!wanted.StartsWith(name, StringComparison.Ordinal)) return false;
        switch (wanted.AsSpan(name.Length))
        {
            case "":
                value = PlaceholderValue.Of(UtcMicros.Format(micros));
                return true;
            case ".ms":
                value = PlaceholderValue.Of((Int128)UtcMicros.Floor(micros, 1000) / 1000);
                return true;
            case ".s":
                value = PlaceholderValue.Of((Int128)UtcMicros.Floor(micros, UtcMicros.PerSecond) / UtcMicros.PerSecond);
                return true;
            case ".basic":
                value = PlaceholderValue.Of(UtcMicros.ToInstant(micros).ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture));
                return true;
            case ".cn":
                value = PlaceholderValue.Of(UtcMicros.ToInstant(micros).ToOffset(China).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture));
                return true;
            default:
                return false;
        }
    }
}
