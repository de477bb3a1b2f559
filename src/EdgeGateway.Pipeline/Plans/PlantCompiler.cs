using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>Makes a <see cref="CompiledPlant"/> of a validated map.</summary>
public static class PlantCompiler
{
    /// <summary>Gives slots in the order of the map and looks the persisted ids up.</summary>
    /// <param name="map">A validated map.</param>
    /// <param name="pointIds">Persisted ids of point paths, in order; assigned on first sight.</param>
    /// <param name="unitIds">Persisted ids of unit paths, likewise.</param>
    public static CompiledPlant Compile(PlantMap map, Func<IReadOnlyList<string>, int[]> pointIds, Func<IReadOnlyList<string>, int[]> unitIds)
    {
        var points = map.Devices.SelectMany(d => d.Points).ToArray();
        var slots = new Dictionary<string, int>(points.Length);
        foreach (var point in points) slots.Add(point.Path, slots.Count);
        var ids = ImmutableArray.Create(pointIds([.. points.Select(p => p.Path)]));
        var unitNames = map.Units.Select(u => u.Name).ToArray();
        var idOfUnit = unitNames.Zip(unitIds(unitNames)).ToDictionary(u => u.First, u => u.Second);
        var metering = new MeteringPlan
        {
            BaseWindow = map.Metering.Base,
            LongerWindows = [.. map.Metering.Longer, .. map.Metering.Calendar.Where(k => k != WindowKind.Batch)],
            Calendar = CalendarPlans.Of(map),
            LatenessMicros = map.Metering.Lateness is { } lateness ? UtcMicros.From(lateness) : null,
            Carbon = ReferencePlans.Carbon(map),
            Points = [.. points.Select(p => PlanOf(p, ids[slots[p.Path]]))],
            Units = [.. map.Units.Select(u => PlanOf(u, idOfUnit, map, slots))],
        };
        var buses = map.Connections.Select(connection => new BusPlan(connection,
        [
            .. map.Devices.Where(d => d.Connection == connection.Name).Select(d => new BusDevice(d, [.. d.Points.Select(p => new BusPoint(p, slots[p.Path]))])),
        ]));
        var names = new PlantNames(
            map.Devices.SelectMany(d => d.Points, (d, p) => KeyValuePair.Create(ids[slots[p.Path]], new PointName(d.Name, p.Name, p.Kind, p.Unit, p.Resolution, p.Ratio))),
            idOfUnit.ToDictionary(u => u.Value, u => u.Key));
        return new CompiledPlant(map, ids, metering, [.. buses], names);
    }

    private static PointPlan PlanOf(PointMap point, int id) => new()
    {
        Id = id,
        Path = point.Path,
        Kind = point.Kind,
        PollMicros = UtcMicros.From(point.Poll),
        MaxGapMicros = UtcMicros.From(point.MaxGap),
        Unit = point.Unit,
        Counter = point.Kind != PointKind.Counter ? null : new CounterPlan
        {
            Step = point.Resolution,
            Ratio = point.Ratio,
            Modulus = point.Modulus,
            RatedStepsPerSecond = point.RatedPerSecond!.Value / point.Resolution.Multiply(point.Ratio).ToDouble(),
            UpdateMicros = UtcMicros.From(point.Update),
            DipSteps = point.DipSteps,
            Float = point.FloatBits switch { 32 => FloatWidth.Single, 64 => FloatWidth.Double, _ => FloatWidth.None },
            Resets = point.ZeroedByShift ? ResetPolicy.ToZero : ResetPolicy.Confirm,
            NetCount = point.NetCount,
            Pieces = point.Unit.Measures() == Dimension.Count,
            LagMicros = UtcMicros.From(point.Lag),
            RegisterEpoch = point.Epochs.Length,
        },
    };

    private static UnitPlan PlanOf(UnitMap unit, Dictionary<string, int> ids, PlantMap map, Dictionary<string, int> slots) => new()
    {
        Id = ids[unit.Name],
        Path = unit.Name,
        Parent = unit.Parent is null ? -1 : map.Units.IndexOf(map.Units.First(u => u.Name == unit.Parent)),
        Inputs = [.. unit.Inputs.Select(i => new UnitInputPlan(slots[i.Point], i.Role, i.Carrier, i.Sign, PowerPoints.SlotOf(map, unit, i, slots)))],
        StateSlot = unit.State is null ? -1 : slots[unit.State],
        BatchSlot = unit.Batch is null ? -1 : slots[unit.Batch],
        ProductSlot = unit.Output.ProductPoint is null ? -1 : slots[unit.Output.ProductPoint],
        BatchMaxMicros = UtcMicros.From(unit.BatchMax),
        Gauges = [.. unit.Gauges.Select(g => slots[g])],
        MinPieces = unit.MinPieces,
        Output = ReferencePlans.Output(map, unit),
    };
}
