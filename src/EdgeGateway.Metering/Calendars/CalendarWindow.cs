namespace EdgeGateway.Metering.Calendars;

/// <summary>A window of the calendar.</summary>
/// <param name="Start">UTC microseconds, inclusive.</param>
/// <param name="End">UTC microseconds, exclusive.</param>
/// <param name="Id">"" up to 1h; <c>2026-11-24</c> for a day, <c>2026-11</c> for a month, <c>2026-11-24/early</c> for a shift.</param>
public readonly record struct CalendarWindow(long Start, long End, string Id);
