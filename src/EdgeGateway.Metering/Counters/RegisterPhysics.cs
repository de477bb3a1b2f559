using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;

namespace EdgeGateway.Metering.Counters;

/// <summary>What a register can do: the rule of the possible, and the smallest step that means something. Immutable.</summary>
/// <remarks>A step is possible if it is at most 1.2 × rated × (Δt + u + s) + 2 × resolution, with u the device's update interval and s the stamp uncertainty.</remarks>
/// <param name="plan">The counter.</param>
/// <param name="ratedStepsPerSecond">Rated steps a second of the meter whose register it is.</param>
internal sealed class RegisterPhysics(CounterPlan plan, double ratedStepsPerSecond)
{
    private const double Headroom = 1.2;

    /// <summary>A register of the map's ratio.</summary>
    public RegisterPhysics(CounterPlan plan) : this(plan, plan.RatedStepsPerSecond)
    {
    }

    /// <summary>Rated steps a second.</summary>
    public double RatedStepsPerSecond => ratedStepsPerSecond;

    /// <summary>Most steps a microsecond.</summary>
    public double StepsPerMicro { get; } = Headroom * ratedStepsPerSecond / 1e6;

    public CounterPlan Plan => plan;

    /// <summary>Steps that the register can have moved on between two readings.</summary>
    public double Possible(in Reading from, in Reading to) =>
        StepsPerMicro * (to.Time - from.Time + plan.UpdateMicros + Math.Max(from.Spread, to.Spread)) + 2.0 * Step(Math.Max(from.Value, to.Value));

    /// <summary>A step of the register at this height, in declared steps: 1, or a float's unit in the last place where that is more.</summary>
    public double Step(long value)
    {
        if (plan.Float == FloatWidth.None) return 1;
        var height = Math.Abs((double)value);
        var precision = plan.Float == FloatWidth.Single ? 24 : 53;
        // In a float, neighbours near 2^e lie 2^(e - precision + 1) apart; the height in steps scales alike.
        return height < 1 ? 1 : Math.Max(1, Math.ScaleB(1, Math.ILogB(height) - precision + 1));
    }

    /// <summary>A fall of up to this many steps is noise or habit: it holds the total.</summary>
    public double Tolerance(long value) => Math.Max(2 * Step(value), plan.DipSteps);

    /// <summary>True where the register moved forward by a possible step.</summary>
    public bool IsForward(in Reading from, in Reading to) => to.Value >= from.Value && (double)(Int128)((Int128)to.Value - from.Value) <= Possible(from, to);

    /// <summary>True where the register fell by no more than its tolerance.</summary>
    public bool IsHeld(in Reading from, in Reading to) => to.Value < from.Value && (double)((Int128)from.Value - to.Value) <= Tolerance(from.Value);

    /// <summary>The step through zero where the modulus is known and the step possible, else null.</summary>
    public long? ThroughZero(in Reading from, in Reading to)
    {
        if (plan.Modulus is not { } modulus || to.Value >= from.Value || to.Value < 0 || from.Value >= modulus) return null;
        var step = modulus - from.Value + to.Value;
        return step <= Possible(from, to) ? step : null;
    }

    /// <summary>True where so much could have passed that the count of wraps is not certain.</summary>
    public bool IsAmbiguous(in Reading from, in Reading to) => plan.Modulus is { } modulus && Possible(from, to) >= modulus;

    /// <summary>How often more than once the register may have gone around at a step through zero.</summary>
    public long MoreWraps(in Reading from, in Reading to) => plan.Modulus is { } modulus && to.Value < from.Value ? (long)Math.Max(0, Math.Floor((Possible(from, to) - (modulus - from.Value + to.Value)) / modulus)) : 0;

    /// <summary>Whole rounds that the register may have made beside a step, in 1/65 536 of a step: as many as fit into what is possible.</summary>
    public long MoreRounds(in Reading from, in Reading to, long step)
    {
        if (plan.Modulus is not { } modulus) return 0;
        return plan.NetCount ? AnyCount(from, to, step) : InParts(Math.Max(0, Math.Floor((Possible(from, to) - step) / modulus)) * modulus);
    }

    /// <summary>How far a step may be off where anything possible may have passed, in 1/65 536 of a step.</summary>
    public long AnyCount(in Reading from, in Reading to, long step)
    {
        var possible = Possible(from, to);
        return InParts(Math.Ceiling(plan.NetCount ? possible + Math.Abs(step) : Math.Max(step, possible - step)));
    }

    private static long InParts(double steps) => steps >= Doubt.NoLimit / CounterLine.One ? Doubt.NoLimit : (long)steps * CounterLine.One;

    /// <summary>True where a net counter fell by a possible step.</summary>
    public bool IsNetFall(in Reading from, in Reading to) => plan.NetCount && to.Value < from.Value && (double)((Int128)from.Value - to.Value) <= Possible(from, to);
}
