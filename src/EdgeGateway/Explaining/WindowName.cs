using System.Globalization;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Explaining;

/// <summary>A record's key as a person writes it: <c>line-1/15m/2026-11-24T08:00</c> (local time, or UTC with a Z), or <c>line-1/1d/2026-11-24</c> by its window id.</summary>
/// <param name="Unit">The unit.</param>
/// <param name="Kind">The kind of window.</param>
/// <param name="Id">The window id, or null where the start is given.</param>
/// <param name="Start">UTC microseconds, where no id is given.</param>
internal sealed record WindowName(string Unit, WindowKind Kind, string? Id, long Start)
{
    public const string Form = "write UNIT/KIND/START, such as line-1/15m/2026-11-24T08:00, or UNIT/KIND/ID, such as line-1/1d/2026-11-24";

    private static readonly string[] Local = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    /// <summary>Reads a key; what is wrong comes back, or null.</summary>
    public static string? TryParse(string text, TimeZoneInfo zone, out WindowName? name)
    {
        name = null;
        var parts = text.Split('/', 3);
        if (parts.Length < 3 || parts[0].Length == 0) return $"'{text}' names no record: {Form}.";
        if (!WindowKind.TryParse(parts[1], out var kind)) return $"'{parts[1]}' is no kind of window: write 1m, 15m, 1h, 1d, month, shift or batch.";
        if (parts[2].EndsWith('Z') && DateTimeOffset.TryParse(parts[2], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var utc)) name = new WindowName(parts[0], kind, null, UtcMicros.From(utc));
        else if (DateTime.TryParseExact(parts[2], Local, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)) name = new WindowName(parts[0], kind, null, UtcMicros.From(new DateTimeOffset(local, zone.GetUtcOffset(local))));
        else name = new WindowName(parts[0], kind, parts[2], 0);
        return null;
    }
}
