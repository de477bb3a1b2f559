using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Beginnings of local days and months in the plant's time zone, daylight saving included.</summary>
internal sealed class LocalDays(string timezone)
{
    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(timezone);

    /// <summary>The start of the day <paramref name="days"/> before the one that holds <paramref name="now"/>.</summary>
    public long Day(long now, int days = 0) => Utc(Local(now).Date.AddDays(-days));

    /// <summary>The start of the month that holds <paramref name="now"/>.</summary>
    public long Month(long now)
    {
        var local = Local(now);
        return Utc(new DateTime(local.Year, local.Month, 1, 0, 0, 0, DateTimeKind.Unspecified));
    }

    /// <summary>The local date of an instant.</summary>
    public DateTime Name(long at) => Local(at);

    private DateTime Local(long now) => TimeZoneInfo.ConvertTime(UtcMicros.ToInstant(now), _zone).DateTime;

    private long Utc(DateTime local)
    {
        // A local midnight that daylight saving skips begins an hour later.
        if (_zone.IsInvalidTime(local)) local = local.AddHours(1);
        return UtcMicros.From(new DateTimeOffset(local, _zone.GetUtcOffset(local)));
    }
}
