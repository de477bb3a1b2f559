using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EdgeGateway.Metering.Calendars;

/// <summary>The plant's calendar: zone, start of the day, shifts. Immutable.</summary>
public sealed record CalendarPlan
{
    /// <summary>Days of 24 hours from midnight UTC, without shifts.</summary>
    public static CalendarPlan Utc { get; } = new();

    /// <summary>The time zone.</summary>
    public ZoneTable Zone { get; init; } = ZoneTable.Utc;

    /// <summary>Local time of day at which the production day begins, microseconds: 08:00 makes the day of a date last from its 08:00 to the next date's.</summary>
    public long DayStartMicros { get; init; }

    /// <summary>Production days without shifts, as days since 1970-01-01.</summary>
    public FrozenSet<int> Holidays { get; init; } = [];

    /// <summary>Production days with every shift, whatever the weekday.</summary>
    public FrozenSet<int> ExtraDays { get; init; } = [];

    /// <summary>Shifts; they may leave time out and must not overlap.</summary>
    public ImmutableArray<ShiftPlan> Shifts { get; init; } = [];
}
