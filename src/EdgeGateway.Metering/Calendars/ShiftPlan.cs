namespace EdgeGateway.Metering.Calendars;

/// <summary>A shift of the production calendar.</summary>
/// <param name="Id">Its name in window ids, such as <c>early</c>.</param>
/// <param name="StartMicros">Local time of day at which it starts, microseconds.</param>
/// <param name="EndMicros">Local time of day at which it ends; not after <paramref name="StartMicros"/> means on the next day.</param>
/// <param name="Days">Weekdays of the production dates that have it, bit 0 for Sunday; default all.</param>
public sealed record ShiftPlan(string Id, long StartMicros, long EndMicros, byte Days = ShiftPlan.EveryDay)
{
    /// <summary>All seven days.</summary>
    public const byte EveryDay = 0x7F;
}
