using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Which points a unit's records are made of. Computed once a plan.</summary>
/// <remarks>
/// A unit without a meter of its own takes its children's electricity, so that its energy is theirs and can be explained input by input. Output is not taken over: good pieces of lines
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

    /// <summary>Inputs of its records: its own, and its children's electricity where it has none.</summary>
    public UnitInputPlan[] Inputs { get; }

    /// <summary>Its children's electricity where it has a meter of its own: the rest between the two is unmetered.</summary>
    public UnitInputPlan[] Below { get; }

    /// <summary><see cref="Inputs"/>, then <see cref="Below"/>, then those of <see cref="Supplies"/>: everything whose edges are cut.</summary>
    public UnitInputPlan[] Sliced { get; }

    /// <summary>Slots of all counters that its records depend on, each once.</summary>
    public int[] Tracked => [.. Inputs.Concat(Below).Concat(Supplies.SelectMany(s => s.Inputs)).Select(i => i.Slot).Distinct()];

    /// <summary>Slots of all points that its records depend on, each once.</summary>
    public int[] Slots => [.. Tracked.Concat(Plan.StateSlot >= 0 ? [Plan.StateSlot] : []).Concat(Plan.BatchSlot >= 0 ? [Plan.BatchSlot] : []).Concat(Plan.Gauges).Distinct()];

    /// <summary>How many units stand above it.</summary>
    public int Depth { get; private init; }

    public static UnitLayout[] Of(MeteringPlan plan)
    {
        var electricity = new UnitInputPlan[]?[plan.Units.Length];
        var boundary = new SupplyBoundary(plan);
        return [.. plan.Units.Select((unit, index) =>
        {
            var own = unit.Inputs.Where(i => i.Carrier == Carrier.Electricity).ToArray();
            var below = Children(index).SelectMany(Electricity).ToArray();
            UnitInputPlan[] inputs = own.Length > 0 ? [.. unit.Inputs] : [.. unit.Inputs, .. below];
            return new UnitLayout(unit, inputs, own.Length > 0 ? below : [], plan.Carbon is null ? [] : Supplied(index, inputs)) { Depth = Depth(index) };
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

        IEnumerable<int> Children(int parent) => Enumerable.Range(0, plan.Units.Length).Where(i => plan.Units[i].Parent == parent);

        UnitInputPlan[] Electricity(int index)
        {
            if (electricity[index] is { } known) return known;
            var own = plan.Units[index].Inputs.Where(i => i.Carrier == Carrier.Electricity).ToArray();
            return electricity[index] = own.Length > 0 ? own : [.. Children(index).SelectMany(Electricity)];
        }
    }
}
