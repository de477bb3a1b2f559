using System.Collections.Frozen;
using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Writing;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A connection's map, planned: its line, points, devices and requests.</summary>
internal sealed class BusLayout
{
    // Multiples of the golden ratio spread any number of devices evenly over a period.
    private const double GoldenRatio = 0.618_033_988_749_894_9;

    private readonly bool[] _units = new bool[256];

    private BusLayout(BusPlan plan, int firstDevice, bool atOnce, bool writes)
    {
        Name = plan.Connection.Name;
        Line = LineSettings.Of(plan.Connection);
        Health = new BusHealth(plan.Devices.Select(d => d.Map.Name));
        var points = new List<PollPoint>(plan.Devices.Sum(d => d.Points.Length));
        // Hundreds of points lie in the same few ways.
        var decoders = new Dictionary<RegisterFormat, RegisterDecoder>();
        var devices = new PollDevice[plan.Devices.Length];
        for (var i = 0; i < devices.Length; i++)
        {
            var phase = atOnce ? 0 : (firstDevice + i) * GoldenRatio % 1;
            devices[i] = Device(plan.Devices[i], Line, phase, Health.Devices[i], points, decoders);
        }
        Points = [.. points];
        Last = new LastRegisters(this, plan);
        if (writes) Writable = Writables(plan, devices);
        foreach (var device in devices) _units[device.Unit] = true;
        Devices = devices;
    }

    public string Name { get; }

    public LineSettings Line { get; }

    public BusHealth Health { get; }

    /// <summary>Points by <see cref="BlockItem.Key"/>.</summary>
    public PollPoint[] Points { get; }

    /// <summary>What came last, by <see cref="BlockItem.Key"/>.</summary>
    public LastRegisters Last { get; }

    public PollDevice[] Devices { get; }

    /// <summary>Points that may be written, by slot; none in a gateway that only reads.</summary>
    public IReadOnlyDictionary<int, WritePoint> Writable { get; } = FrozenDictionary<int, WritePoint>.Empty;

    /// <summary>Plans a bus.</summary>
    /// <param name="plan">Validated.</param>
    /// <param name="firstDevice">Number of its first device among all of the driver's.</param>
    /// <param name="atOnce">True to begin with every device at once instead of spreading them.</param>
    /// <param name="writes">True in a gateway that may write.</param>
    public static BusLayout Of(BusPlan plan, int firstDevice, bool atOnce, bool writes = false) => new(plan, firstDevice, atOnce, writes);

    /// <summary>True where one of its devices has this unit identifier.</summary>
    public bool HasUnit(byte unit) => _units[unit];

    /// <summary>The requests of a device; keys are its points' places in the map.</summary>
    public static ImmutableArray<ReadBlock> Requests(DeviceMap device) => BlockPlanner.Plan(device.Points.Select((p, i) => Span(p, i)), ModbusOptions.Limits(device.Options));

    private static PollDevice Device(BusDevice device, LineSettings line, double phase, DeviceHealth health, List<PollPoint> points, Dictionary<RegisterFormat, RegisterDecoder> decoders)
    {
        var options = device.Map.Options;
        var spans = new List<PointSpan>(device.Points.Length);
        foreach (var (map, slot) in device.Points)
        {
            spans.Add(Span(map, points.Count));
            points.Add(Point(map, slot, options.Get(ModbusOptions.DeviceOrder), decoders));
        }
        return new PollDevice(device.Map.Name, (byte)options.Get(ModbusOptions.UnitId), BlockPlanner.Plan(spans, ModbusOptions.Limits(options)), phase, health)
        {
            TimeoutMicros = options.Has(ModbusOptions.DeviceTimeout) ? LineSettings.Micros(options.Get(ModbusOptions.DeviceTimeout)) : line.TimeoutMicros,
            GapMicros = LineSettings.Micros(options.GetOr(ModbusOptions.DeviceGap, TimeSpan.Zero)),
        };
    }

    private static FrozenDictionary<int, WritePoint> Writables(BusPlan plan, PollDevice[] devices) => devices.Zip(plan.Devices)
        .SelectMany(d => d.Second.Points.Where(p => p.Map.Writable is not null).Select(p => (p.Slot, Point: new WritePoint(
            p.Map, d.First, d.Second.Map.Options.Get(ModbusOptions.DeviceOrder), d.Second.Map.Options.Get(ModbusOptions.WriteMultiple)))))
        .ToFrozenDictionary(p => p.Slot, p => p.Point);

    private static PointSpan Span(PointMap map, int key) =>
        new(key, map.Options.Get(ModbusOptions.Table), (int)map.Options.Get(ModbusOptions.Address), DeviceCheck.Width(map), map.Poll.Ticks / TimeSpan.TicksPerMicrosecond);

    private static PollPoint Point(PointMap map, int slot, WordOrder deviceOrder, Dictionary<RegisterFormat, RegisterDecoder> decoders)
    {
        var (type, order) = (map.Options.Get(ModbusOptions.Type), map.Options.GetOr(ModbusOptions.PointOrder, deviceOrder));
        return type.IsText() ? new PollPoint(slot, null, new TextDecoder(type, DeviceCheck.Width(map), order)) : new PollPoint(slot, Decoder(Format(map, type, order), decoders), null);
    }

    private static RegisterDecoder Decoder(RegisterFormat format, Dictionary<RegisterFormat, RegisterDecoder> decoders)
    {
        if (!decoders.TryGetValue(format, out var decoder)) decoders[format] = decoder = new RegisterDecoder(format);
        return decoder;
    }

    private static RegisterFormat Format(PointMap map, RegisterType type, WordOrder order)
    {
        ulong? sentinel = map.Options.Has(ModbusOptions.Sentinel) ? (ulong)map.Options.Get(ModbusOptions.Sentinel) & (ulong.MaxValue >> (64 - 16 * type.Width())) : null;
        return new RegisterFormat
        {
            Type = type,
            Order = order,
            Kind = map.Kind,
            Scale = DeviceCheck.Scale(map),
            Offset = map.Options.Get(ModbusOptions.Offset),
            FirstBit = (int)map.Options.GetOr(ModbusOptions.Bit, 0L),
            BitCount = map.Options.Has(ModbusOptions.Bit) ? (int)map.Options.Get(ModbusOptions.Bits) : 0,
            Weights = ModbusOptions.WeightsOf(map.Options),
            Sentinel = sentinel,
            States = map.States.IsEmpty ? ImmutableSortedDictionary<long, long>.Empty : ImmutableSortedDictionary.CreateRange(map.States.Select(s => KeyValuePair.Create(s.Key, (long)s.Value))),
        };
    }
}
