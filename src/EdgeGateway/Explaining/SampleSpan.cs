using EdgeGateway.Records.Samples;

namespace EdgeGateway.Explaining;

/// <summary>A sample of a counter as the log keeps it.</summary>
internal readonly record struct LoggedSample(long Time, long Value, Quality Quality, long Seq);

/// <summary>The samples of one point around a window, out of the input log.</summary>
/// <param name="Before">The last one at or before the window's start, or null.</param>
/// <param name="After">The first one at or after its end, or null.</param>
/// <param name="Within">How many lie in the window.</param>
/// <param name="Bad">How many of them have no value.</param>
internal sealed record SampleSpan(LoggedSample? Before, LoggedSample? After, int Within, int Bad);
