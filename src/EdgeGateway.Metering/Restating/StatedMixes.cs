using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Output;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Restating;

/// <summary>Where carriers came from during the window of a stored record, of the records of its site's meters.</summary>
public static class StatedMixes
{
    /// <summary>The mixes, by the number of the carrier; without inputs where all of it is bought.</summary>
    /// <param name="record">A record of the unit.</param>
    /// <param name="plan">The plant.</param>
    /// <param name="boundary">The plant's supply boundary.</param>
    /// <param name="unit">Index of the record's unit in the plan.</param>
    /// <param name="history">Records of the same window.</param>
    public static SupplyMix[] Of(WindowRecord record, MeteringPlan plan, SupplyBoundary boundary, int unit, IRecordHistory history)
    {
        ArgumentNullException.ThrowIfNull(record);
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(boundary);
        ArgumentNullException.ThrowIfNull(history);
        var mixes = new SupplyMix[ReportFigures.MixCount];
        foreach (var carrier in Carriers.All)
        {
            var inputs = boundary.InputsOf(unit, carrier);
            if (inputs.IsEmpty || !Uses(record, carrier)) continue;
            var mix = new SupplyMix(boundary.IsSummed(unit, carrier));
            foreach (var input in inputs) Add(ref mix, record, input, plan, history);
            mixes[(int)carrier] = mix;
        }
        return mixes;
    }

    /// <summary>Adds what the record of the input's own unit says of it; where there is none, that nothing is known.</summary>
    private static void Add(ref SupplyMix mix, WindowRecord record, UnitInputPlan plan, MeteringPlan plant, IRecordHistory history)
    {
        var (point, found) = (plant.Points[plan.Slot], false);
        foreach (var owner in plant.Units)
        {
            if (!owner.Inputs.Contains(plan)) continue;
            foreach (var other in history.Read(owner.Id, record.Kind, record.Start, record.Start + 1, 16))
            {
                if (found || other.End != record.End || other.WindowId != record.WindowId) continue;
                foreach (ref readonly var input in other.Inputs)
                {
                    if (input.Point != point.Id || input.Role != plan.Role) continue;
                    mix.Add(input);
                    found = true;
                }
            }
        }
        if (!found) mix.Add(new WindowInput { Point = point.Id, Carrier = plan.Carrier, Role = plan.Role, Sign = plan.Sign, Unit = point.Unit, Step = point.Counter!.Step, Ratio = point.Counter.Ratio, Basis = Basis.None });
    }

    private static bool Uses(WindowRecord record, Carrier carrier)
    {
        foreach (ref readonly var input in record.Inputs)
        {
            if (input.Carrier == carrier) return true;
        }
        return false;
    }
}
