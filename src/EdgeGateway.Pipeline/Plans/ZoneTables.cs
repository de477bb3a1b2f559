using System.Collections.Immutable;
using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Turns a time zone of the operating system into the table that metering keeps: its rules as they were known when the plan was made.</summary>
public static class ZoneTables
{
    private const long Day = 24 * UtcMicros.PerHour;
    private static readonly DateTimeOffset First = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Last = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Offsets from 2000 to 2060; before and after, the first and last hold on.</summary>
    public static ZoneTable Of(TimeZoneInfo zone)
    {
        ArgumentNullException.ThrowIfNull(zone);
        var (from, until) = (UtcMicros.From(First), UtcMicros.From(Last));
        var offset = OffsetAt(zone, from);
        var offsets = ImmutableArray.CreateBuilder<ZoneOffset>();
        offsets.Add(new ZoneOffset(long.MinValue, offset));
        for (var at = from; at < until; at += Day)
        {
            var next = OffsetAt(zone, at + Day);
            if (next == offset) continue;
            // Two changes within a day have not been in our time; the second of them would be missed.
            var (low, high) = (at, at + Day);
            while (high - low > UtcMicros.PerSecond)
            {
                var middle = UtcMicros.Floor((low + high) / 2, UtcMicros.PerSecond);
                if (OffsetAt(zone, middle) == offset) low = middle;
                else high = middle;
            }
            offsets.Add(new ZoneOffset(high, next));
            offset = next;
        }
        return new ZoneTable(offsets.ToImmutable());
    }

    private static long OffsetAt(TimeZoneInfo zone, long micros) => UtcMicros.From(zone.GetUtcOffset(UtcMicros.ToInstant(micros)));
}
