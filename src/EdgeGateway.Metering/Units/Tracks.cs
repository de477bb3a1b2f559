using EdgeGateway.Metering.Gauges;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.States;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Metering.Units;

/// <summary>The tracks of all points, by slot; a gauge or state that no unit uses has none.</summary>
internal sealed class Tracks
{
    private readonly PointPages<int[]> _users = new();

    // One more than the slot, for nothing is nought.
    private readonly PointPages<int> _slots = new();

    public Tracks(MeteringPlan plan, UnitLayout[] layouts)
    {
        Plan = plan;
        BaseMicros = plan.BaseWindow.FixedMicros;
        for (var u = 0; u < layouts.Length; u++)
        {
            int[] codes = [layouts[u].Plan.BatchSlot, layouts[u].Plan.ProductSlot];
            foreach (var coded in codes.Where(c => c >= 0).Distinct()) (CodesOf[coded], HasCodes) = ([.. CodesOf[coded] ?? [], u], true);
            foreach (var slot in layouts[u].Slots) _users[slot] = [.. UnitsOf(slot), u];
        }
        var states = layouts.Select(l => l.Plan.StateSlot).ToHashSet();
        for (var slot = 0; slot < plan.Points.Length; slot++)
        {
            var point = plan.Points[slot];
            if (point.Kind == PointKind.Counter) (Counters[slot], _slots[point.Id]) = (new CounterTrack(point, BaseMicros), slot + 1);
            else if (point.Kind == PointKind.State && states.Contains(slot)) States[slot] = new StateTrack(point, BaseMicros);
            else if (point.Kind == PointKind.Gauge && UnitsOf(slot).Length > 0) Gauges[slot] = new GaugeTrack(point, BaseMicros);
        }
        foreach (var input in layouts.SelectMany(l => l.Inputs.Where(i => i.PowerSlot >= 0)))
        {
            if (Gauges[input.PowerSlot] is { KilowattHours: > 0 } power) Counters[input.Slot]!.Line.Power = power;
        }
    }

    public MeteringPlan Plan { get; }

    public long BaseMicros { get; }

    /// <summary>The track of a counter by persisted id, or null.</summary>
    public CounterTrack? CounterOf(int point) => Counters[SlotOf(point)];

    /// <summary>The slot of a counter by persisted id, or -1.</summary>
    public int SlotOf(int point) => _slots[point] - 1;

    public PointPages<CounterTrack> Counters { get; } = new();

    public PointPages<StateTrack> States { get; } = new();

    public PointPages<GaugeTrack> Gauges { get; } = new();

    /// <summary>Indexes of the units whose batch or product a slot says, or null.</summary>
    public PointPages<int[]> CodesOf { get; } = new();

    /// <summary>Whether a point says a batch or a product of any unit.</summary>
    public bool HasCodes { get; }

    /// <summary>Indexes of the units that depend on a slot.</summary>
    public int[] UnitsOf(int slot) => _users[slot] ?? [];

    /// <summary>Number of the first boundary at or after a time.</summary>
    public long BoundaryBehind(long time) => -(Records.Time.UtcMicros.Floor(-time, BaseMicros) / BaseMicros);
}
