using System.Collections.Immutable;
using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Plants;

/// <summary>Builds plans for tests: points get the slot in which they are added, ids are slot + 100, unit ids index + 1.</summary>
internal sealed class Plant
{
    private readonly List<PointPlan> _points = [];
    private readonly List<UnitPlan> _units = [];

    public WindowKind Base { get; set; } = WindowKind.Minute;

    public ImmutableArray<WindowKind> Longer { get; set; } = [];

    public long? Lateness { get; set; }

    public CarbonPlan? Carbon { get; set; }

    /// <summary>A meter: 0.01 kWh a step, 36 kW rated unless told otherwise, so that it makes one step a second and at most 1.2.</summary>
    public static CounterPlan Meter => new() { Step = new ExactDecimal(1, -2), RatedStepsPerSecond = 1 };

    /// <summary>A piece counter of at most one piece a second.</summary>
    public static CounterPlan Pieces => new() { Step = ExactDecimal.One, RatedStepsPerSecond = 1, Pieces = true };

    public static MeteringPlan OfOneMeter(CounterPlan? counter = null, int pollSeconds = 1)
    {
        var plant = new Plant();
        var meter = plant.Counter(counter ?? Meter, pollSeconds);
        plant.Unit(new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity));
        return plant.Plan();
    }

    public int Counter(CounterPlan counter, int pollSeconds = 1) => Add(PointKind.Counter, pollSeconds, counter.Pieces ? UnitOfMeasure.Piece : UnitOfMeasure.KilowattHour, counter);

    public int State(int pollSeconds = 1) => Add(PointKind.State, pollSeconds, UnitOfMeasure.None, null);

    public int Gauge(int pollSeconds = 1, bool hold = false) => Add(PointKind.Gauge, pollSeconds, UnitOfMeasure.Kilowatt, null, hold);

    /// <summary>A text, such as the code of a batch.</summary>
    public int Text(int pollSeconds = 1) => Add(PointKind.Text, pollSeconds, UnitOfMeasure.None, null);

    public int Unit(params UnitInputPlan[] inputs) => Unit(new UnitPlan { Id = 0, Path = "", Inputs = [.. inputs] });

    public int Unit(UnitPlan unit)
    {
        _units.Add(unit with { Id = _units.Count + 1, Path = $"unit-{_units.Count + 1}" });
        return _units.Count - 1;
    }

    public MeteringPlan Plan() => new() { BaseWindow = Base, LongerWindows = Longer, LatenessMicros = Lateness, Carbon = Carbon, Points = [.. _points], Units = [.. _units] };

    private int Add(PointKind kind, int pollSeconds, UnitOfMeasure unit, CounterPlan? counter, bool hold = false)
    {
        var slot = _points.Count;
        _points.Add(new PointPlan { Id = slot + 100, Path = $"point-{slot}", Kind = kind, PollMicros = pollSeconds * 1_000_000L, Unit = unit, Counter = counter, Hold = hold });
        return slot;
    }
}
