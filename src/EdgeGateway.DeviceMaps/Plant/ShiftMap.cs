using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>Which date a shift is booked on.</summary>
public enum ShiftDate : byte
{
    /// <summary>That of the production day in which it begins.</summary>
    Day = 0,

    /// <summary>The calendar date on which it begins.</summary>
    Start = 1,

    /// <summary>The calendar date on which it ends.</summary>
    End = 2,
}

/// <summary>A shift: every working day from a local time to another one, which may lie on the next day.</summary>
public sealed record ShiftMap
{
    /// <summary>Its key; with the date it is the id of its windows, <c>2026-11-24/A</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Local time of its start.</summary>
    public required TimeOnly Start { get; init; }

    /// <summary>Local time of its end; not after the start where it ends on the next day.</summary>
    public required TimeOnly End { get; init; }

    /// <summary>Which date it is booked on.</summary>
    public ShiftDate Date { get; init; }

    /// <summary>Week days on which it begins, of the production day; empty for every working day of the calendar.</summary>
    public ImmutableArray<DayOfWeek> Days { get; init; } = [];

    /// <summary>Place of its key.</summary>
    public required Mark Mark { get; init; }

    /// <summary>How long it lasts on a day without a clock change: above zero, at most 24 hours.</summary>
    public TimeSpan Length => End > Start ? End - Start : TimeSpan.FromDays(1) - (Start - End);

    /// <summary>Whether it is worked on a production day.</summary>
    public bool IsWorked(DateOnly productionDay, CalendarMap calendar) =>
        calendar.ExtraDays.Contains(productionDay) || (Days.IsEmpty ? calendar.IsWorkingDay(productionDay) : Days.Contains(productionDay.DayOfWeek) && !calendar.Holidays.Contains(productionDay));
}
