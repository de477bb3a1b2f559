using System.Collections.Frozen;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>The map's calendar and shifts as metering keeps them.</summary>
internal static class CalendarPlans
{
    private static readonly int Epoch = new DateOnly(1970, 1, 1).DayNumber;

    public static CalendarPlan Of(PlantMap map)
    {
        // A zone that the system does not know was a fault of the map; a stored map of another system may still name one.
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(map.Gateway.Timezone, out var known) ? known : TimeZoneInfo.Utc;
        return new CalendarPlan
        {
            Zone = ZoneTables.Of(zone),
            DayStartMicros = Micros(map.Calendar.DayStart),
            Holidays = map.Calendar.Holidays.Select(d => d.DayNumber - Epoch).ToFrozenSet(),
            ExtraDays = map.Calendar.ExtraDays.Select(d => d.DayNumber - Epoch).ToFrozenSet(),
            Shifts = [.. map.Shifts.Select(s => new ShiftPlan(s.Name, Micros(s.Start), Micros(s.End), Days(s.Days.IsEmpty ? map.Calendar.WorkingDays : s.Days), Dating(s.Date)))],
        };
    }

    private static byte Days(IEnumerable<DayOfWeek> days) => days.Aggregate((byte)0, (mask, day) => (byte)(mask | 1 << (int)day));

    private static ShiftDating Dating(ShiftDate date) => date switch { ShiftDate.Start => ShiftDating.Start, ShiftDate.End => ShiftDating.End, _ => ShiftDating.ProductionDay };

    private static long Micros(TimeOnly time) => UtcMicros.From(time.ToTimeSpan());
}
