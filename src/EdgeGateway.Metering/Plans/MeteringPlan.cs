using System.Collections.Immutable;
using EdgeGateway.Metering.Calendars;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Plans;

/// <summary>All that metering knows of the plant: points by slot, units, windows. Immutable; made from the device map, and stored beside the log so that replay runs under it.</summary>
public sealed record MeteringPlan
{
    /// <summary>The base window: 1m or a divisor of it. All longer windows sum its records.</summary>
    public required WindowKind BaseWindow { get; init; }

    /// <summary>The longer windows to state: multiples of the base window up to 1h, days, months, shifts.</summary>
    public ImmutableArray<WindowKind> LongerWindows { get; init; } = [];

    /// <summary>Time zone, start of the day and shifts: what days, months and shifts are made by.</summary>
    public CalendarPlan Calendar { get; init; } = CalendarPlan.Utc;

    /// <summary>How long a window waits past its end for samples before it is stated provisionally, microseconds; null: the greater of three polls of the unit's slowest input and 10 s.</summary>
    public long? LatenessMicros { get; init; }

    /// <summary>Sets of coefficients and factors; null where none are chosen, and records then carry neither coal equivalent nor carbon.</summary>
    public Carbon.CarbonPlan? Carbon { get; init; }

    /// <summary>Points; the index is the slot.</summary>
    public required ImmutableArray<PointPlan> Points { get; init; }

    /// <summary>Units; a parent may stand anywhere in the list.</summary>
    public required ImmutableArray<UnitPlan> Units { get; init; }
}
