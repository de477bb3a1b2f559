using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Counters;

/// <summary>The operator's word <c>ratio</c>: from its time on, a counter's ratio (CT × PT) is that of the detail <c>ratio</c>, up to the next time for which one was said. The time is taken down to its base window.</summary>
public static class RatioWord
{
    /// <summary>The verb.</summary>
    public const string Verb = "ratio";

    /// <summary>Name of the detail with the right ratio.</summary>
    public const string Ratio = "ratio";

    /// <summary>False where step × ratio × unit is finer than amounts are counted.</summary>
    public static bool Fits(PointPlan point, ExactDecimal ratio)
    {
        ArgumentNullException.ThrowIfNull(point);
        try
        {
            return point.Counter!.Step.Multiply(ratio).Multiply(point.Unit.ToBase()).Exponent >= Amount.MinExponent;
        }
        catch (OverflowException)
        {
            return false;
        }
    }
}
