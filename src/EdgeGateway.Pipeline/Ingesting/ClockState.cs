namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>What the gateway's time rests on. Immutable; a new one about once a second.</summary>
/// <param name="UtcOffset">What is added to boot time, in which buses stamp, to make it UTC, microseconds; null before trust.</param>
/// <param name="Verified">True while somebody vouches for the time in use, or did within a day.</param>
/// <param name="Source">Whose time it is: <c>ntp</c>, <c>rtc</c>, <c>device</c>, <c>operator</c>, or <c>unverified</c>.</param>
/// <param name="Ahead">How far it is ahead of that source's, microseconds: it runs a tenth slower until they meet.</param>
/// <param name="Steps">Steps of the clock since the start, followed or not.</param>
public sealed record ClockState(long? UtcOffset, bool Verified, string Source, long Ahead, long Steps);
