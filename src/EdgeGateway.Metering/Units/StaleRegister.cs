using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>An electricity register beside what its machine's power and state say: whether it stands still though energy flowed.</summary>
internal static class StaleRegister
{
    /// <summary>So many steps must have been due.</summary>
    private const double Steps = 3;

    /// <summary>A machine that is said to run draws at least this share of its rating.</summary>
    private const double LeastLoad = 0.05;

    /// <summary>True where a register stood still over a whole stretch in which at least three steps were due.</summary>
    public static bool Is(Tracks tracks, UnitLayout layout, in UnitInputPlan plan, in WindowInput input, UnitSlice piece)
    {
        if (plan.Carrier != Carrier.Electricity || input.Basis != Basis.Exact || Math.Abs(input.T1 - input.T0) >= CounterLine.One) return false;
        var physics = tracks.Counters[plan.Slot]!.Line.PhysicsAt(piece.Start);
        if (piece.State[(int)MachineState.Running] * physics.RatedStepsPerSecond * LeastLoad / 1e6 >= Steps) return true;
        if (layout.Plan.Gauges.IndexOf(plan.PowerSlot) is not (>= 0 and var index) || input.Unit.Measures() != Dimension.Energy) return false;
        var step = input.Step.ToDouble() * input.Ratio.ToDouble() * input.Unit.ToBase().ToDouble();
        return Math.Abs(piece.Gauges[index].Integral * tracks.Gauges[plan.PowerSlot]!.KilowattHours) >= Steps * step;
    }
}
