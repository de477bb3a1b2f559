using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using C = EdgeGateway.DeviceMaps.Options.MapOptions.Calendar;
using S = EdgeGateway.DeviceMaps.Options.MapOptions.Shift;

namespace EdgeGateway.DeviceMaps.Binding;

/// <summary>Binds the sections <c>calendar</c> and <c>shifts</c>; no two shifts overlap.</summary>
internal sealed class CalendarBinder(OptionBinder binder, FaultList faults)
{
    private const int MinutesADay = 24 * 60;

    public static CalendarMap Calendar(OptionValues values) => new()
    {
        DayStart = values.Get(C.DayStart),
        WorkingDays = values.GetOr(C.WorkingDays, CalendarMap.Default.WorkingDays),
        Holidays = values.GetOr(C.Holidays, []),
        ExtraDays = values.GetOr(C.ExtraDays, []),
    };

    /// <summary>The shifts, in the order of the map; meaningless where a fault was added.</summary>
    public ImmutableArray<ShiftMap> Shifts(MapTable section)
    {
        var shifts = new List<ShiftMap>();
        foreach (var (name, node) in section.Entries)
        {
            var thing = $"shift '{name.Value}'";
            if (!binder.NameIsRight("shift", name) || binder.Table(thing, node) is not { } table) continue;
            var bound = binder.Bind(thing, name.Mark, table, S.Table);
            if (!bound.Ok) continue;
            var values = bound.Values;
            shifts.Add(new ShiftMap
            {
                Name = name.Value,
                Start = values.Get(S.Start),
                End = values.Get(S.End),
                Date = values.Get(S.Date),
                Days = values.GetOr(S.Days, []),
                Mark = name.Mark,
            });
        }
        for (var i = 1; i < shifts.Count; i++)
        {
            if (shifts.Take(i).FirstOrDefault(s => Overlap(s, shifts[i])) is { } other)
            {
                faults.Add(shifts[i].Mark, $"shift '{shifts[i].Name}' overlaps shift '{other.Name}', so that energy would be booked on both: let one end where the other begins.");
            }
        }
        return [.. shifts];
    }

    // Shifts of different week days may still meet over midnight, so that two days are looked at.
    private static bool Overlap(ShiftMap a, ShiftMap b)
    {
        if (!a.Days.IsEmpty && !b.Days.IsEmpty && !a.Days.Any(d => b.Days.Any(e => ((int)d - (int)e + 7) % 7 is 0 or 1 or 6))) return false;
        foreach (var day in (int[])[-1, 0, 1])
        {
            if (!a.Days.IsEmpty && !b.Days.IsEmpty && !a.Days.Any(d => b.Days.Contains((DayOfWeek)(((int)d + day + 7) % 7)))) continue;
            var (from, other) = (Minutes(a.Start), Minutes(b.Start) + day * MinutesADay);
            if (from < other + b.Length.TotalMinutes && other < from + a.Length.TotalMinutes) return true;
        }
        return false;
    }

    private static int Minutes(TimeOnly time) => time.Hour * 60 + time.Minute;
}
