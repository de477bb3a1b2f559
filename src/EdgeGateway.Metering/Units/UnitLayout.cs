using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Which points a unit's records are made of. Computed once a plan.</summary>
/// <remarks>
/// A unit without a meter of its own of a carrier takes its children's, so that its energy is theirs and can be explained input by input. Output is not taken over: good pieces of lines
/// in series do not add up.
/// </remarks>
internal sealed class UnitLayout
{
    private UnitLayout(UnitPlan plan, UnitInputPlan[] inputs, UnitInputPlan[] below, (Carrier Carrier, UnitInputPlan[] Inputs, bool Summed)[] supplies) =>
        (Plan, Inputs, Below, Supplies, Sliced) = (plan, inputs, below, supplies, [.. inputs, .. below, .. supplies.SelectMany(s => s.Inputs)]);

    /// <summary>What the supply of the site is made of, for each carrier whose mix is not plain: a line is charged by it.</summary>
    public (Carrier Carrier, UnitInputPlan[] Inputs, bool Summed)[] Supplies { get; }

    /// <summary>True for a topmost unit: its meters are the supply boundary.</summary>
    public bool IsSite => Plan.Parent < 0;

    public UnitPlan Plan { get; }

    /// <summary>Inputs of its records: its own, and its children's of each carrier of which it has none.</summary>
    public UnitInputPlan[] Inputs { get; }

    /// <summary>Its children's electricity where it has a meter of its own: the rest between the two is unmetered.</summary>
    public UnitInputPlan[] Below { get; }

    /// <summary><see cref="Inputs"/>, then <see cref="Below"/>, then those of <see cref="Supplies"/>: everything whose edges are cut.</summary>
    public UnitInputPlan[] Sliced { get; }

    /// <summary>Slots of all counters that its records depend on, each once.</summary>
    public int[] Tracked => [.. Inputs.Concat(Below).Concat(Supplies.SelectMany(s => s.Inputs)).Select(i => i.Slot).Distinct()];

    /// <summary>Slots of all points that its records depend on, each once.</summary>
    public int[] Slots => [.. Tracked.Concat(Plan.StateSlot >= 0 ? [Plan.StateSlot] : []).Concat(Plan.BatchSlot >= 0 ? [Plan.BatchSlot] : []).Concat(Plan.ProductSlot >= 0 ? [Plan.ProductSlot] : []).Concat(Plan.Gauges).Distinct()];

    /// <summary>How many units stand above it.</summary>
    public int Depth { get; private init; }

    public static UnitLayout[] Of(MeteringPlan plan)
    {
        var known = new Dictionary<(int, Carrier), UnitInputPlan[]>();
        Carrier[] carriers = [Carrier.Electricity, .. plan.Units.SelectMany(u => u.Inputs).Select(i => i.Carrier).Where(c => c is not (Carrier.None or Carrier.Electricity)).Distinct()];
        var boundary = new SupplyBoundary(plan);
        return [.. plan.Units.Select((unit, index) =>
        {
            UnitInputPlan[] inputs = [.. unit.Inputs, .. carriers.Where(c => !Has(unit, c)).SelectMany(c => Below(index, c))];
            return new UnitLayout(unit, inputs, Has(unit, Carrier.Electricity) ? Below(index, Carrier.Electricity) : [], plan.Carbon is null ? [] : Supplied(index, inputs)) { Depth = Depth(index) };
        })];

        int Depth(int index)
        {
            var depth = 0;
            for (var above = plan.Units[index].Parent; above >= 0; above = plan.Units[above].Parent) depth++;
            return depth;
        }

        (Carrier, UnitInputPlan[], bool)[] Supplied(int index, UnitInputPlan[] inputs) =>
        [
            .. inputs.Select(i => i.Carrier).Where(c => c != Carrier.None).Distinct()
                .Select(c => (c, boundary.InputsOf(index, c).ToArray(), boundary.IsSummed(index, c))).Where(s => s.Item2.Length > 0),
        ];

        static bool Has(UnitPlan unit, Carrier carrier) => unit.Inputs.Any(i => i.Carrier == carrier);

        UnitInputPlan[] Below(int parent, Carrier carrier) => [.. Enumerable.Range(0, plan.Units.Length).Where(i => plan.Units[i].Parent == parent).SelectMany(i => MetersOf(i, carrier))];

        UnitInputPlan[] MetersOf(int index, Carrier carrier)
        {
            if (known.TryGetValue((index, carrier), out var meters)) return meters;
            return known[(index, carrier)] = Has(plan.Units[index], carrier) ? [.. plan.Units[index].Inputs.Where(i => i.Carrier == carrier)] : Below(index, carrier);
        }
    }
}
