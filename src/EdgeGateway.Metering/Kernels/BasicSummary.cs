namespace EdgeGateway.Metering.Kernels;

/// <summary>Sum, least, greatest and count of a stretch of a column; values that are no numbers do not count.</summary>
/// <param name="Sum">In the column's unit.</param>
/// <param name="Min">Positive infinity where nothing was counted.</param>
/// <param name="Max">Negative infinity where nothing was counted.</param>
/// <param name="Count">Values that are numbers.</param>
public readonly record struct BasicSummary(double Sum, double Min, double Max, long Count)
{
    /// <summary>Of nothing.</summary>
    public static BasicSummary None => new(0, double.PositiveInfinity, double.NegativeInfinity, 0);

    /// <summary>Mean of the values, each of the same weight; not a number where nothing was counted.</summary>
    public double Mean => Sum / Count;

    /// <summary>Of both stretches.</summary>
    public BasicSummary With(in BasicSummary other) => new(Sum + other.Sum, Math.Min(Min, other.Min), Math.Max(Max, other.Max), Count + other.Count);
}
