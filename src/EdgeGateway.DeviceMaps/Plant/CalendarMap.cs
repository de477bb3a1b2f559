using System.Collections.Immutable;

namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>The section <c>calendar</c>: when the plant's day begins, and on which days it works.</summary>
public sealed record CalendarMap
{
    /// <summary>A day from midnight, every day a working day.</summary>
    public static CalendarMap Default { get; } = new();

    /// <summary>Local time at which a production day and month begin; the day is called by the date it begins on.</summary>
    public TimeOnly DayStart { get; init; } = TimeOnly.MinValue;

    /// <summary>Week days on which the plant works, Monday first, at least one.</summary>
    public ImmutableArray<DayOfWeek> WorkingDays { get; init; } =
        [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday, DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>Production days on which it does not work although the week day would.</summary>
    public ImmutableSortedSet<DateOnly> Holidays { get; init; } = [];

    /// <summary>Production days on which it works although the week day would not, such as days worked in exchange (调休).</summary>
    public ImmutableSortedSet<DateOnly> ExtraDays { get; init; } = [];

    /// <summary>Whether a production day is a working day.</summary>
    public bool IsWorkingDay(DateOnly day) => ExtraDays.Contains(day) || (WorkingDays.Contains(day.DayOfWeek) && !Holidays.Contains(day));
}
