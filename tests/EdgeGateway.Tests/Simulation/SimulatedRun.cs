using System.Globalization;
using EdgeGateway.Composition;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.FirmwareSim.Time;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Tests.Simulation;

/// <summary>Simulated plant and real gateway in one process, over real loopback sockets, on one clock that moves only while nothing else does.</summary>
internal sealed class SimulatedRun : IAsyncDisposable
{
    public static readonly DateTimeOffset Begin = new(2026, 11, 24, 5, 55, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-sim-");
    private readonly List<IDisposable> _registrations = [];
    private readonly Dictionary<string, string> _environment = [];
    private readonly SwitchedSource _source = new() { IsSynchronised = true };
    private CancellationTokenSource _ending = new();
    private Task? _running;
    private readonly BootTime _time;
    private readonly string _map;
    private readonly bool _publish;
    private int _copies;

    /// <param name="seed">Of the plant.</param>
    /// <param name="faults">What goes wrong in it, and when.</param>
    /// <param name="map">File of the map.</param>
    /// <param name="publish">Whether publishers run beside the rest, on the same clock; else the log may be drained afterwards.</param>
    public SimulatedRun(ulong seed, string faults = "", string map = "plant.yaml", bool publish = false)
    {
        (_map, _publish) = (map, publish);
        Clock = new LockStepClock(Begin);
        _time = new BootTime(Clock);
        Plant = new Plant(PlantProfile.Day, seed, Begin, FaultScript.Parse(faults));
        Server = PlantServer.Start(Plant, null, Clock);
        Clock.Register(Server.Party);
        StorePath = Path.Combine(_folder.FullName, "gateway.db");
        _environment["PLANT_PORT"] = Server.PortOf("plc").ToString(CultureInfo.InvariantCulture);
        _environment["BROKER_PORT"] = "1";
        _environment["INFLUX_PORT"] = "1";
    }

    public LockStepClock Clock { get; }

    public Plant Plant { get; }

    public PlantServer Server { get; }

    public string StorePath { get; private set; }

    /// <summary>The PLC behind OPC UA, where it is.</summary>
    public OpcUaPlc? Plc { get; private set; }

    public Gateway? Gateway { get; private set; }

    /// <summary>Whether the simulated machine's clock is vouched for.</summary>
    public bool ClockVouchedFor
    {
        get => _source.IsSynchronised;
        set => _source.IsSynchronised = value;
    }

    /// <summary>Sets the machine's system clock to another time, as date or a time service would; the monotonic clock runs on.</summary>
    public void StepSystemClock(TimeSpan by) => _time.Step(by);

    /// <summary>Boots the machine anew: another boot id, before the gateway is started.</summary>
    public string BootId { get; set; } = "simulated";

    /// <summary>Offers the PLC by OPC UA as well; before the gateway is started.</summary>
    public async Task OfferPlcAsync()
    {
        Plc = await OpcUaPlc.StartAsync(Plant, Clock);
        Clock.Register(Plc.Party);
        _environment["PLC_PORT"] = Plc.Port.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>Opens a gateway on the store as it is and starts its loops.</summary>
    public void StartGateway()
    {
        var gateway = Gateway = Composition.Gateway.Open(new GatewayOptions
        {
            Map = Map(),
            StorePath = StorePath,
            Time = _time,
            ClockSource = _source,
            BootId = BootId,
            Random = () => 0.5,
            Publish = _publish,
            Log = NullLoggerFactory.Instance,
        });
        if (gateway.Store.Opened.SetAside is { } aside) throw new InvalidOperationException($"the store was damaged: {aside}");
        var (ingest, buses) = (gateway.Supervisor.Ingest.Pulse, gateway.Supervisor.Buses);
        _registrations.Add(Clock.Register(new LockStepParty("ingest", () => ingest.Quiet, () => ingest.Activity)));
        foreach (var pulse in buses.Select(b => b.Pulse).Distinct()) _registrations.Add(Clock.Register(new LockStepParty("bus", () => pulse.Quiet, () => pulse.Activity)));
        _registrations.Add(Clock.Register(new LockStepBalance("requests", () => buses.Sum(b => b.Health.BytesSent), () => Server.BytesReceived + (Plc?.BytesReceived ?? 0))));
        _registrations.Add(Clock.Register(new LockStepBalance("answers", () => Server.BytesSent + (Plc?.BytesSent ?? 0), () => buses.Sum(b => b.Health.BytesReceived))));
        _registrations.Add(Clock.Register(new LockStepBalance("connections", () => buses.Count(b => b.Health.Connected), () => OpenConnections)));
        foreach (var publisher in gateway.Supervisor.Publishers) _registrations.Add(Clock.Register(new LockStepParty(publisher.Health.Name, () => publisher.Quiet, () => publisher.Activity)));
        _ending = new CancellationTokenSource();
        _running = gateway.Supervisor.RunAsync(_ending.Token);
    }

    private int OpenConnections => Server.OpenConnections + (Plc?.OpenConnections ?? 0);

    /// <summary>Changes the map's text before it is read.</summary>
    public Func<string, string> Edit { get; init; } = text => text;

    public Task RunForAsync(TimeSpan span) => Clock.RunUntilAsync(Clock.GetUtcNow() + span, TestContext.Current.CancellationToken);

    /// <summary>Ends the gateway as Ctrl-C would.</summary>
    public async Task StopGatewayAsync()
    {
        foreach (var registration in _registrations) registration.Dispose();
        _registrations.Clear();
        await _ending.CancelAsync();
        await _running!;
        await Gateway!.DisposeAsync();
        Gateway = null;
        await Until.TrueAsync(() => OpenConnections == 0, "the gateway's connections to end");
    }

    /// <summary>Ends the gateway as a kill would: what the disk holds at this instant is all that is left.</summary>
    public async Task CrashGatewayAsync()
    {
        var left = Path.Combine(_folder.FullName, string.Create(CultureInfo.InvariantCulture, $"left-{++_copies}.db"));
        // A copy takes time, in which the store's thread may commit or empty its log: then it is no picture of one instant, and is made again.
        for (var before = (0L, 0L); before != State(); )
        {
            before = State();
            foreach (var suffix in new[] { "", "-wal" })
            {
                if (File.Exists(StorePath + suffix)) File.Copy(StorePath + suffix, left + suffix, overwrite: true);
            }
        }
        await StopGatewayAsync();
        StorePath = left;
    }

    /// <summary>Publishers of the running gateway in real time: they read its store while the simulated clock moves as it will.</summary>
    public IReadOnlyList<PublisherLoop> PublishersNow(int brokerPort)
    {
        var gateway = Gateway!;
        PublishTo(brokerPort, 1);
        var map = Map();
        var options = new GatewayOptions { Map = map, Time = TimeProvider.System, ClockSource = _source, Log = NullLoggerFactory.Instance };
        return new PlantParts(options, gateway.Supervisor.Ingest, new StampClock(TimeProvider.System), gateway.Store, new LiveNames(gateway.Plant.Names), () => 0, new PublishHold(null)).Publishers(map, _ => true);
    }

    private (long, long) State() => (Written(StorePath), Written(StorePath + "-wal"));

    private static long Written(string path) => File.Exists(path) ? HashCode.Combine(File.GetLastWriteTimeUtc(path), new FileInfo(path).Length) : 0;

    /// <summary>Says where the targets are; before the gateway is started.</summary>
    public void PublishTo(int brokerPort, int databasePort)
    {
        _environment["INFLUX_PORT"] = databasePort.ToString(CultureInfo.InvariantCulture);
        _environment["BROKER_PORT"] = brokerPort.ToString(CultureInfo.InvariantCulture);
    }

    /// <summary>The text of the map with the ports in it, for a process of its own.</summary>
    public string MapText() => _environment.Aggregate(Text(), (text, port) => text.Replace($"${{env:{port.Key}}}", port.Value, StringComparison.Ordinal));

    public LoadedMap Map()
    {
        var (map, faults) = MapFile.Parse(_map, Text(), _folder.FullName, _environment.GetValueOrDefault);
        return map ?? throw new InvalidOperationException(string.Join('\n', faults));
    }

    private string Text() => Edit(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Simulation", _map)));

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null) await StopGatewayAsync();
        if (Plc is not null) await Plc.DisposeAsync();
        await Server.DisposeAsync();
        _ending.Dispose();
        _folder.Delete(recursive: true);
    }

    /// <summary>The machine booted an hour before the plant began: its monotonic clock counts from there.</summary>
    private sealed class BootTime(LockStepClock clock) : TimeProvider
    {
        private static readonly long Zero = (Begin - TimeSpan.FromHours(1) - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

        public override long TimestampFrequency => clock.TimestampFrequency;

        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

        public override long GetTimestamp() => clock.GetTimestamp() - Zero;

        private long _steps;

        public void Step(TimeSpan by) => Interlocked.Add(ref _steps, by.Ticks);

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow().AddTicks(Interlocked.Read(ref _steps));

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => clock.CreateTimer(callback, state, dueTime, period);
    }

    private sealed class SwitchedSource : IClockSource
    {
        private volatile bool _synchronised;

        public string Name => "simulated";

        public bool IsSynchronised
        {
            get => _synchronised;
            set => _synchronised = value;
        }
    }
}
