using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A connection's map, planned: points, devices, requests and times in microseconds.</summary>
internal sealed class BusLayout
{
    // Multiples of the golden ratio spread any number of devices evenly over a period.
    private const double GoldenRatio = 0.618_033_988_749_894_9;

    private BusLayout(BusPlan plan, int firstDevice, bool atOnce)
    {
        var options = plan.Connection.Options;
        Name = plan.Connection.Name;
        Host = options.Get(ModbusTcpOptions.Host);
        Port = (int)options.Get(ModbusTcpOptions.Port);
        TimeoutMicros = Micros(options.Get(ModbusTcpOptions.Timeout));
        ConnectTimeoutMicros = Micros(options.Get(ModbusTcpOptions.ConnectTimeout));
        RequestGapMicros = Micros(options.Get(ModbusTcpOptions.RequestGap));
        Health = new BusHealth(plan.Devices.Select(d => d.Map.Name));
        var points = new List<PollPoint>();
        var devices = new PollDevice[plan.Devices.Length];
        for (var i = 0; i < devices.Length; i++)
        {
            var phase = atOnce ? 0 : (firstDevice + i) * GoldenRatio % 1;
            devices[i] = Device(plan.Devices[i], phase, Health.Devices[i], points);
        }
        Points = [.. points];
        Devices = devices;
    }

    public string Name { get; }

    public string Host { get; }

    public int Port { get; }

    public long TimeoutMicros { get; }

    public long ConnectTimeoutMicros { get; }

    public long RequestGapMicros { get; }

    public BusHealth Health { get; }

    /// <summary>Points by <see cref="BlockItem.Key"/>.</summary>
    public PollPoint[] Points { get; }

    public PollDevice[] Devices { get; }

    /// <summary>Plans a bus.</summary>
    /// <param name="plan">Validated.</param>
    /// <param name="firstDevice">Number of its first device among all of the driver's.</param>
    /// <param name="atOnce">True to begin with every device at once instead of spreading them.</param>
    public static BusLayout Of(BusPlan plan, int firstDevice, bool atOnce) => new(plan, firstDevice, atOnce);

    private static PollDevice Device(BusDevice device, double phase, DeviceHealth health, List<PollPoint> points)
    {
        var options = device.Map.Options;
        var spans = new List<PointSpan>(device.Points.Length);
        foreach (var (map, slot) in device.Points)
        {
            var decoder = new RegisterDecoder(Format(map, options.Get(ModbusTcpOptions.DeviceOrder)));
            var address = (int)map.Options.Get(ModbusTcpOptions.Address);
            spans.Add(new PointSpan(points.Count, map.Options.Get(ModbusTcpOptions.Table), address, decoder.Width, Micros(map.Poll)));
            points.Add(new PollPoint(slot, decoder));
        }
        var limits = new BlockLimits((int)options.Get(ModbusTcpOptions.MaxRegisters), (int)options.Get(ModbusTcpOptions.ReadOver));
        return new PollDevice(device.Map.Name, (byte)options.Get(ModbusTcpOptions.UnitId), BlockPlanner.Plan(spans, limits), phase, health);
    }

    private static RegisterFormat Format(PointMap map, WordOrder deviceOrder)
    {
        var type = map.Options.Get(ModbusTcpOptions.Type);
        ulong? sentinel = map.Options.Has(ModbusTcpOptions.Sentinel) ? (ulong)map.Options.Get(ModbusTcpOptions.Sentinel) & (ulong.MaxValue >> (64 - 16 * type.Width())) : null;
        return new RegisterFormat
        {
            Type = type,
            Order = map.Options.GetOr(ModbusTcpOptions.PointOrder, deviceOrder),
            Kind = map.Kind,
            Scale = DeviceCheck.Scale(map),
            Sentinel = sentinel,
            States = System.Collections.Immutable.ImmutableSortedDictionary.CreateRange(map.States.Select(s => KeyValuePair.Create(s.Key, (long)s.Value))),
        };
    }

    private static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
