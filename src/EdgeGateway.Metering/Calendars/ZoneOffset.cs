namespace EdgeGateway.Metering.Calendars;

/// <summary>From an instant on, local time is UTC plus an offset.</summary>
/// <param name="From">UTC microseconds; of the first entry <see cref="long.MinValue"/>.</param>
/// <param name="OffsetMicros">Microseconds to add to UTC; negative west of Greenwich.</param>
public readonly record struct ZoneOffset(long From, long OffsetMicros);
