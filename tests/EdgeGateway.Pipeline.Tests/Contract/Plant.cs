using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Pipeline.Tests.Contract;

/// <summary>What publishers are tried with: a small plant with one meter, one PLC and one line; the examples of design and docs come from it.</summary>
internal sealed class Plant : INames
{
    public const string Gateway = "gw-01";
    public const int Power = 1, Energy = 2, Good = 3, Scrap = 4, State = 5, Batch = 6, Megawatts = 7, Line = 1, Chinese = 2;
    public static readonly long Start = UtcMicros.From(new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero));

    private readonly Dictionary<int, PointName> _points = new()
    {
        [Power] = Point("press-meter", "power", PointKind.Gauge, UnitOfMeasure.Kilowatt),
        [Energy] = Point("press-meter", "energy_import", PointKind.Counter, UnitOfMeasure.KilowattHour, "0.01"),
        [Good] = Point("plc-1", "good", PointKind.Counter, UnitOfMeasure.Piece),
        [Scrap] = Point("plc-1", "scrap", PointKind.Counter, UnitOfMeasure.Piece),
        [State] = Point("plc-1", "state", PointKind.State, UnitOfMeasure.None),
        [Batch] = Point("plc-1", "batch", PointKind.Text, UnitOfMeasure.None),
        [Megawatts] = Point("主表", "电能", PointKind.Counter, UnitOfMeasure.MegawattHour, "0.001", "20"),
    };

    private readonly Dictionary<int, string> _units = new() { [Line] = "line-1", [Chinese] = "冲压线" };

    PointName? INames.Point(int id) => _points.GetValueOrDefault(id);

    string? INames.Unit(int id) => _units.GetValueOrDefault(id);

    /// <summary>The record of design.md §6.</summary>
    public static WindowRecord Record()
    {
        var record = new WindowRecord
        {
            Unit = Line,
            Kind = WindowKind.Minute,
            Start = Start,
            End = Start + UtcMicros.PerMinute,
            Revision = new Revision(1_795_478_400, 4711),
            CoveredMicros = UtcMicros.PerMinute,
        };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, States(UtcMicros.PerMinute));
        record.Add(Input(Energy, InputRole.Purchased, 6_553_600, 14_640_742, 475_136));
        record.Add(Input(Good, InputRole.Good, 0, 20 * 65_536, 65_536));
        record.Add(Input(Scrap, InputRole.Scrap, 0, 65_536, 65_536));
        record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Value = new ExactDecimal(61_700, -6) });
        return record;
    }

    public static WindowInput Input(int point, InputRole role, long t0, long t1, long bound, MachineState state = MachineState.Running)
    {
        var piece = role is InputRole.Good or InputRole.Scrap;
        var byState = default(ByState);
        byState[(int)state] = t1 - t0;
        return new WindowInput
        {
            Point = point,
            RegisterEpoch = 1,
            Role = role,
            Carrier = piece ? Carrier.None : Carrier.Electricity,
            Unit = piece ? UnitOfMeasure.Piece : UnitOfMeasure.KilowattHour,
            Sign = 1,
            T0 = t0,
            T1 = t1,
            Step = piece ? ExactDecimal.One : new ExactDecimal(1, -2),
            Ratio = ExactDecimal.One,
            Bound = bound,
            ByState = byState,
        };
    }

    public static ByState States(long running, long idle = 0, long stopped = 0, long unknown = 0)
    {
        var states = default(ByState);
        (states[0], states[1], states[2], states[3]) = (running, idle, stopped, unknown);
        return states;
    }

    /// <summary>One poll of the meter: power read, energy read, energy not read.</summary>
    public static SampleRow[] MeterSamples() =>
    [
        new(Power, Start + 250_000, 12.34, 0, Quality.Good, null),
        new(Energy, Start + 250_000, 0, 123_456, Quality.Good, null),
        new(Energy, Start + 1_250_000, 0, 0, Quality.BadTimeout, null),
    ];

    public static GatewayEvent Reset() => new(EventKind.Reset, Start + 5 * UtcMicros.PerSecond, "press-meter.energy_import",
        [new("from", "123456"), new("to", "3"), new("confirmed_at", UtcMicros.Format(Start + UtcMicros.PerMinute))]);

    /// <summary>A publisher of a map's options, bound as a map binds them.</summary>
    public static IPublisher Publisher(IPublisherType type, TimeProvider time, ILoggerFactory? log, params (string Key, string Value)[] options) =>
        type.Create(Map(type.Schema, options), new PublisherServices(Gateway, new Plant(), time, () => 0.5, log ?? NullLoggerFactory.Instance));

    public static PublisherMap Map(PublisherSchema schema, params (string Key, string Value)[] options)
    {
        var faults = new FaultList();
        var map = Bind(schema, faults, options);
        Assert.Empty(faults.Ordered);
        return map;
    }

    /// <summary>Binds options that stand on the lines from 2 on; a value in brackets is a list, one in braces a table.</summary>
    public static PublisherMap Bind(PublisherSchema schema, FaultList faults, params (string Key, string Value)[] options)
    {
        var values = new OptionValues { Mark = new Mark("plant.yaml", 1, 1) };
        var line = 1;
        foreach (var (key, value) in options)
        {
            var mark = new Mark("plant.yaml", ++line, 5);
            var option = schema.Options.Find(key) ?? throw new ArgumentException("No option " + key);
            MapNode node = value.StartsWith('{') ? MapReader.Read("plant.yaml", value, faults)! : value.StartsWith('[') ? new MapList(mark, [.. value.Trim('[', ']').Split(", ").Select(v => new MapText(mark, v, true))]) : new MapText(mark, value, true);
            if (option.Read(node, faults) is { } bound) values.Set(option, bound, mark);
        }
        var map = new PublisherMap("target", schema.Key, values, values.Mark);
        schema.Check(map, faults);
        return map;
    }

    private static PointName Point(string device, string name, PointKind kind, UnitOfMeasure unit, string step = "1", string ratio = "1")
    {
        Assert.True(ExactDecimal.TryParse(step, out var s) & ExactDecimal.TryParse(ratio, out var r));
        return new PointName(device, name, kind, unit, s, r);
    }
}
