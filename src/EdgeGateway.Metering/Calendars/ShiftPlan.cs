namespace EdgeGateway.Metering.Calendars;

/// <summary>Which date a shift is booked on.</summary>
public enum ShiftDating : byte
{
    /// <summary>That of the production day in which it begins.</summary>
    ProductionDay = 0,

    /// <summary>The calendar date on which it begins.</summary>
    Start = 1,

    /// <summary>The calendar date on which it ends.</summary>
    End = 2,
}

/// <summary>A shift of the production calendar.</summary>
/// <param name="Id">Its name in window ids, such as <c>early</c>.</param>
/// <param name="StartMicros">Local time of day at which it starts, microseconds.</param>
/// <param name="EndMicros">Local time of day at which it ends; not after <paramref name="StartMicros"/> means on the next day.</param>
/// <param name="Days">Weekdays of the production days that have it, bit 0 for Sunday; default all.</param>
/// <param name="Dating">Which date it is booked on.</param>
public sealed record ShiftPlan(string Id, long StartMicros, long EndMicros, byte Days = ShiftPlan.EveryDay, ShiftDating Dating = ShiftDating.ProductionDay)
{
    /// <summary>All seven days.</summary>
    public const byte EveryDay = 0x7F;
}
