using System.Collections.Immutable;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Time;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>The plant's devices as Modbus TCP servers on real sockets. Thread-safe.</summary>
/// <remarks>
/// Functions 3 and 4 are answered where a device has that table, 1 and 2 by the PLC, all others with exception 1; an unknown unit id with exception 11. What is no Modbus TCP is hung up on.
/// The time of a request, and of late answers and hang-ups, is that of the <see cref="TimeProvider"/>: the system's for a plant in real time, a <see cref="LockStepClock"/> for a simulated one.
/// </remarks>
public sealed class PlantServer : IAsyncDisposable
{
    private readonly ServerTraffic _traffic = new();
    private readonly List<PlantPort> _ports = [];
    private readonly Dictionary<string, PlantPort> _portOf = [];
    private readonly List<ITimer> _drops = [];
    private readonly PlantClock _clock;

    private PlantServer(TimeProvider time)
    {
        _clock = new PlantClock(time);
        Party = new LockStepParty("simulated plant", () => _traffic.Quiet, () => _traffic.Activity);
    }

    /// <summary>Plant time, UTC microseconds: monotonic, anchored when the server began.</summary>
    public long NowMicros => _clock.Now;

    /// <summary>Bytes of requests, counted after each was answered or its answer scheduled.</summary>
    public long BytesReceived => _traffic.BytesReceived;

    /// <summary>Bytes of answers, counted before they are sent.</summary>
    public long BytesSent => _traffic.BytesSent;

    /// <summary>Requests understood.</summary>
    public long Requests => _traffic.Requests;

    /// <summary>Connections from their acceptance until the server hangs up or the client has closed and everything it sent was read.</summary>
    /// <remarks>
    /// A lock-step clock that balances it with the clients' own count waits until a client has noticed that it was hung up on; a client must watch its line for that while it is idle.
    /// </remarks>
    public int OpenConnections => _traffic.OpenConnections;

    /// <summary>The server's side in lock-step: quiet while nothing is being answered; an answer that waits for its time is a timer, so it is quiet then too.</summary>
    public LockStepParty Party { get; }

    /// <summary>Begins to listen and puts dropped connections on the timetable.</summary>
    /// <exception cref="System.Net.Sockets.SocketException">A port is taken.</exception>
    public static PlantServer Start(Plant plant, PlantServerOptions? options = null, TimeProvider? time = null)
    {
        var server = new PlantServer(time ?? TimeProvider.System);
        try
        {
            server.Listen(plant, options ?? new PlantServerOptions());
        }
        catch
        {
            // Nothing is connected yet: this ends at once.
            server.DisposeAsync().AsTask().Wait();
            throw;
        }

        server.ScheduleDrops(plant);
        return server;
    }

    /// <summary>The port behind which a device answers.</summary>
    /// <param name="device">Its name.</param>
    /// <exception cref="ArgumentException">No such device.</exception>
    public int PortOf(string device) => _portOf.TryGetValue(device, out var port) ? port.Number : throw new ArgumentException($"The plant has no device '{device}'.", nameof(device));

    /// <summary>Ends all connections and stops listening.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var drop in _drops) await drop.DisposeAsync();
        foreach (var port in _ports) await port.DisposeAsync();
    }

    private void Listen(Plant plant, PlantServerOptions options)
    {
        var devices = plant.Devices.Select(d => (Device: d, Faults: new WireFaults(plant.Script, d.Spec.Name, plant.StartMicros))).ToImmutableArray();
        if (options.PortPerDevice)
        {
            foreach (var device in devices) Add(new PlantStation([device], answersToAny: true, options.Rtu), [device.Device.Spec.Name], options.Port == 0 ? 0 : options.Port + _ports.Count);
        }
        else
        {
            Add(new PlantStation(devices, answersToAny: false, options.Rtu), devices.Select(d => d.Device.Spec.Name), options.Port);
        }

        void Add(PlantStation station, IEnumerable<string> names, int number)
        {
            var port = new PlantPort(station, options, number, _traffic, _clock);
            _ports.Add(port);
            foreach (var name in names) _portOf[name] = port;
        }
    }

    private void ScheduleDrops(Plant plant)
    {
        var now = _clock.Now;
        foreach (var fault in plant.Script.Faults.Where(f => f.Kind == FaultKind.Drop))
        {
            var port = _portOf[fault.Device];
            var (start, end) = (plant.Micros(fault.At), plant.Micros(fault.At + fault.For));
            if (end <= now) continue;
            At(start, port.Refuse);
            At(end, port.Allow);
        }

        void At(long micros, Action action) =>
            _drops.Add(_clock.Provider.CreateTimer(_ => action(), null, TimeSpan.FromMicroseconds(Math.Max(0, micros - now)), Timeout.InfiniteTimeSpan));
    }
}
