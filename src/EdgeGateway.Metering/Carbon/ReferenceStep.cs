using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Carbon;

/// <summary>The row that holds from a time on, until the next step.</summary>
/// <param name="From">UTC microseconds.</param>
/// <param name="PerBase">Value for one base unit.</param>
/// <param name="Row">The row; null where none holds.</param>
/// <param name="OtherYear">True where the row is of another year than the activity.</param>
public sealed record ReferenceStep(long From, ExactDecimal PerBase, ReferenceRow? Row, bool OtherYear);
