using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Output;

/// <summary>What a good piece is worth from a time on.</summary>
/// <param name="From">UTC microseconds; <see cref="long.MinValue"/> from ever.</param>
/// <param name="PerPiece">CNY; null where it is priced in another currency, which is not converted here.</param>
public readonly record struct DatedPrice(long From, ExactDecimal? PerPiece);
