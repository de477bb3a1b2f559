using System.Globalization;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Calendars;

/// <summary>Finds the window of a kind that holds an instant.</summary>
/// <remarks>A day is as long as its zone makes it: 23 or 25 hours where clocks are moved. Edges lie on base windows; one that does not is moved to the base window's start.</remarks>
/// <param name="calendar">The calendar.</param>
/// <param name="baseMicros">Length of the base window.</param>
internal sealed class CalendarWindows(CalendarPlan calendar, long baseMicros)
{
    private const long Day = 24 * UtcMicros.PerHour;

    /// <summary>The window that holds <paramref name="utc"/>; of shifts, where there is none at that time, the next one.</summary>
    /// <returns>False where there is none, within a fortnight for shifts.</returns>
    public bool TryAt(WindowKind kind, long utc, out CalendarWindow window)
    {
        window = default;
        if (kind.FixedMicros is > 0 and var length)
        {
            var start = UtcMicros.Floor(utc, length);
            window = new CalendarWindow(start, start + length, "");
            return true;
        }
        // An edge within a base window was moved to its start, so the base window's end tells which side it is on.
        var date = DateOf(utc + baseMicros - 1);
        if (kind == WindowKind.Day)
        {
            window = new CalendarWindow(StartOf(date), StartOf(date + Day), Name(date));
            return true;
        }
        if (kind == WindowKind.Month)
        {
            var first = UtcMicros.ToInstant(date);
            var month = new DateTimeOffset(first.Year, first.Month, 1, 0, 0, 0, TimeSpan.Zero);
            window = new CalendarWindow(StartOf(UtcMicros.From(month)), StartOf(UtcMicros.From(month.AddMonths(1))), month.ToString("yyyy-MM", CultureInfo.InvariantCulture));
            return true;
        }
        return kind == WindowKind.Shift && TryShift(utc, date, out window);
    }

    private bool TryShift(long utc, long date, out CalendarWindow window)
    {
        window = default;
        for (var day = date - Day; day <= date + 14 * Day; day += Day)
        {
            foreach (var shift in calendar.Shifts)
            {
                if (!IsWorked(shift, day)) continue;
                // A shift belongs to the production day in which it starts: before the day's start, to the date before.
                var local = day + (shift.StartMicros < calendar.DayStartMicros ? Day : 0) + shift.StartMicros;
                var end = local - shift.StartMicros + shift.EndMicros + (shift.EndMicros <= shift.StartMicros ? Day : 0);
                var found = new CalendarWindow(Edge(local), Edge(end), "");
                if (found.End <= utc || found.End <= found.Start) continue;
                if (window.Id is null || found.Start < window.Start) window = found with { Id = $"{Name(shift.Dating switch { ShiftDating.Start => Midnight(local), ShiftDating.End => Midnight(end), _ => day })}/{shift.Id}" };
            }
            if (window.Id is not null && day >= date) return true;
        }
        return window.Id is not null;
    }

    private bool IsWorked(ShiftPlan shift, long day)
    {
        var number = (int)(day / Day);
        return calendar.ExtraDays.Contains(number) || ((shift.Days >> (int)UtcMicros.ToInstant(day).DayOfWeek & 1) != 0 && !calendar.Holidays.Contains(number));
    }

    private static long Midnight(long local) => UtcMicros.Floor(local, Day);

    /// <summary>The production date of an instant, as midnight of that date.</summary>
    private long DateOf(long utc)
    {
        var date = UtcMicros.Floor(calendar.Zone.ToLocal(utc) - calendar.DayStartMicros, Day);
        // Where clocks are moved about the day's start, the start itself decides.
        if (StartOf(date + Day) <= utc) return date + Day;
        return StartOf(date) > utc ? date - Day : date;
    }

    private long StartOf(long date) => Edge(date + calendar.DayStartMicros);

    private long Edge(long local) => UtcMicros.Floor(calendar.Zone.ToUtc(local), baseMicros);

    private static string Name(long date) => UtcMicros.ToInstant(date).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
