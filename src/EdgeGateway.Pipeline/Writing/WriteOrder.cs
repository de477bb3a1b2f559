namespace EdgeGateway.Pipeline.Writing;

/// <summary>A value to be written to a point, checked against the limits of the map.</summary>
/// <param name="Slot">The point's slot in the plan in force.</param>
/// <param name="Value">In the point's unit for a gauge; the raw value for a state.</param>
public sealed record WriteOrder(int Slot, double Value);

/// <summary>What became of a write.</summary>
/// <param name="Written">True where the device took it and gave the same value back.</param>
/// <param name="Detail">In plain words: what the device said, or why nothing was sent.</param>
/// <param name="ReadBack">What the device gave back, in the same terms as the order; null where it could not be read.</param>
public sealed record WriteOutcome(bool Written, string Detail, double? ReadBack);
