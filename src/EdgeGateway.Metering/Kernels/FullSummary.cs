namespace EdgeGateway.Metering.Kernels;

/// <summary>What a stretch of history says of a gauge over time and of the counter beside it.</summary>
/// <param name="Basic">Sum, least, greatest and count of the values.</param>
/// <param name="Integral">Value × seconds over the observed time.</param>
/// <param name="CoveredMicros">Time between neighbours that both are numbers and lie within the greatest gap, microseconds.</param>
/// <param name="Steps">Forward steps of the counter, summed.</param>
/// <param name="Falls">How often the counter fell: its steps then say less than was counted.</param>
public readonly record struct FullSummary(BasicSummary Basic, double Integral, long CoveredMicros, long Steps, long Falls)
{
    /// <summary>Time-weighted mean over the observed time; not a number where nothing was observed.</summary>
    public double TimeWeightedMean => Integral / (CoveredMicros * 1e-6);
}
