using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>By how much registers differ from the integrals of their power.</summary>
internal static class PowerFigures
{
    private const double LeastCoverage = 0.95;

    /// <summary>Adds the deviation where a unit's electricity registers have gauges of their power.</summary>
    public static void Add(WindowRecord record, UnitLayout layout, MeteringPlan plan)
    {
        var (register, integral, basis, covered, any) = (default(Amount), 0.0, Basis.Exact, true, false);
        foreach (ref readonly var segment in record.Segments)
        {
            foreach (ref readonly var input in record.InputsOf(segment))
            {
                if (input.Carrier != Carrier.Electricity || input.Unit.Measures() != Dimension.Energy || PowerOf(layout, plan, input) is not (>= 0 and var power)) continue;
                any = true;
                basis = basis.Worst(input.Basis);
                register += input.Amount;
                var seen = 0L;
                foreach (ref readonly var gauge in record.GaugesOf(segment))
                {
                    if (gauge.Point != plan.Points[power].Id) continue;
                    integral += gauge.Integral * plan.Points[power].Unit.ToBase().ToDouble() / 3_600 * input.Sign;
                    seen = gauge.CoveredMicros;
                }
                covered &= seen >= LeastCoverage * (segment.End - segment.Start);
            }
        }
        if (!any) return;
        var reason = !covered ? FigureReason.Coverage : basis == Basis.None ? FigureReason.NoData : basis != Basis.Exact ? FigureReason.EstimatedInput : FigureReason.None;
        ExactDecimal? value = reason == FigureReason.None && Math.Abs(integral) < 1e9 ? (register - Whole(integral)).RoundToSix() : null;
        record.Add(new Figure { Id = FigureId.PowerDeviation, Value = value, Reason = value is null && reason == FigureReason.None ? FigureReason.OutOfRange : reason, Basis = basis });
    }

    private static int PowerOf(UnitLayout layout, MeteringPlan plan, in WindowInput input)
    {
        foreach (var known in layout.Inputs)
        {
            if (plan.Points[known.Slot].Id == input.Point) return known.PowerSlot;
        }
        return -1;
    }

    private static Amount Whole(double kilowattHours) => Amount.Of((long)Math.Round(kilowattHours * 1e6) * CounterLine.One, new ExactDecimal(1, -6), ExactDecimal.One, UnitOfMeasure.KilowattHour);
}
