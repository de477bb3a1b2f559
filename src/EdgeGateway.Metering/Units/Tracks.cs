using EdgeGateway.Metering.Gauges;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.States;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Metering.Units;

/// <summary>The tracks of all points, by slot; a gauge or state that no unit uses has none.</summary>
internal sealed class Tracks
{
    public Tracks(MeteringPlan plan, UnitLayout[] layouts)
    {
        Plan = plan;
        BaseMicros = plan.BaseWindow.FixedMicros;
        Counters = new CounterTrack?[plan.Points.Length];
        States = new StateTrack?[plan.Points.Length];
        Gauges = new GaugeTrack?[plan.Points.Length];
        UnitsOf = new int[plan.Points.Length][];
        CodesOf = new int[]?[plan.Points.Length];
        for (var slot = 0; slot < plan.Points.Length; slot++)
        {
            var coded = Enumerable.Range(0, layouts.Length).Where(u => layouts[u].Plan.BatchSlot == slot || layouts[u].Plan.ProductSlot == slot).ToArray();
            if (coded.Length > 0) (CodesOf[slot], HasCodes) = (coded, true);
        }
        var users = Enumerable.Range(0, plan.Points.Length).Select(_ => new List<int>()).ToArray();
        for (var u = 0; u < layouts.Length; u++)
        {
            foreach (var slot in layouts[u].Slots) users[slot].Add(u);
        }
        for (var slot = 0; slot < plan.Points.Length; slot++)
        {
            var point = plan.Points[slot];
            UnitsOf[slot] = users[slot].Count == 0 ? [] : [.. users[slot]];
            if (point.Kind == PointKind.Counter) Counters[slot] = new CounterTrack(point, BaseMicros);
            else if (point.Kind == PointKind.State && Array.Exists(layouts, l => l.Plan.StateSlot == slot)) States[slot] = new StateTrack(point, BaseMicros);
            else if (point.Kind == PointKind.Gauge && users[slot].Count > 0) Gauges[slot] = new GaugeTrack(point, BaseMicros);
        }
        foreach (var input in layouts.SelectMany(l => l.Inputs.Where(i => i.PowerSlot >= 0)))
        {
            if (Gauges[input.PowerSlot] is { KilowattHours: > 0 } power) Counters[input.Slot]!.Line.Power = power;
        }
    }

    public MeteringPlan Plan { get; }

    public long BaseMicros { get; }

    /// <summary>The track of a counter by persisted id, or null.</summary>
    public CounterTrack? CounterOf(int point) => Array.Find(Counters, c => c?.Point.Id == point);

    public CounterTrack?[] Counters { get; }

    public StateTrack?[] States { get; }

    public GaugeTrack?[] Gauges { get; }

    /// <summary>Indexes of the units that depend on a slot.</summary>
    public int[][] UnitsOf { get; }

    /// <summary>Indexes of the units whose batch or product a slot says, or null.</summary>
    public int[]?[] CodesOf { get; }

    /// <summary>Whether a point says a batch or a product of any unit.</summary>
    public bool HasCodes { get; }

    /// <summary>Number of the first boundary at or after a time.</summary>
    public long BoundaryBehind(long time) => -(Records.Time.UtcMicros.Floor(-time, BaseMicros) / BaseMicros);
}
