using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>What publishers know of a point beside its device, see <see cref="PointName"/>. Immutable.</summary>
internal sealed record PointTerms(string Name, PointKind Kind, UnitOfMeasure Unit, ExactDecimal Step, ExactDecimal Ratio);
