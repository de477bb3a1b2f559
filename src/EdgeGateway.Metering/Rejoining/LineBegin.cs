using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Rejoining;

/// <summary>Where a counter's line begins whose past is known of from records only.</summary>
/// <param name="Total">T at its first sample, in 1/65 536 of a step.</param>
/// <param name="Replaced">Meters that were replaced by an operator's word before.</param>
/// <param name="Ratio">The ratio that an operator had corrected it to before, or null.</param>
/// <param name="HeldAt">Time from which on T is held because nothing ties the register to it: the next sample begins a new line, and what lies between is missing. Null where its samples do.</param>
public readonly record struct LineBegin(long Total, int Replaced, ExactDecimal? Ratio, long? HeldAt);
