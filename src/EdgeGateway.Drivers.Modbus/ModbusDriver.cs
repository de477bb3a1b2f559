using System.Net;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Pipeline.Buses;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Reads coils, discrete inputs and registers over one kind of Modbus line. One thread serves all buses of the driver.</summary>
/// <remarks>Thread-safe. The buses' <see cref="IBus.Pulse"/> is their common thread's; polls of devices are spread over their period in the order in which buses are made.</remarks>
public abstract class ModbusDriver : IDriver
{
    private readonly Lock _gate = new();
    private readonly Dictionary<IPEndPoint, DialInPort> _ports = [];
    private BusThread? _thread;
    private int _devices;

    private protected ModbusDriver(DriverSchema schema) => Schema = schema;

    /// <inheritdoc/>
    public DriverSchema Schema { get; }

    /// <inheritdoc/>
    public IBus CreateBus(BusPlan plan, BusServices services) => Create(plan, services, atOnce: false, tap: null);

    internal ModbusBus Create(BusPlan plan, BusServices services, bool atOnce, RegisterTap? tap)
    {
        lock (_gate)
        {
            var layout = BusLayout.Of(plan, _devices, atOnce, services.Writes is not null);
            _devices += plan.Devices.Length;
            // Buses of one clock share one thread.
            if (_thread is null || _thread.Stamps != services.Stamps) _thread = new BusThread(services.Time, services.Stamps);
            return new ModbusBus(layout, services, _thread, layout.Line.DialIn is { } dialIn ? PortOf(dialIn, services) : null, tap);
        }
    }

    // Connections that share a port are told apart by registration.
    private DialInPort PortOf(DialIn dialIn, BusServices services)
    {
        if (_ports.TryGetValue(dialIn.Place, out var port)) return port;
        return _ports[dialIn.Place] = new DialInPort(dialIn.Place, services.Time, services.Log.CreateLogger("EdgeGateway.Drivers.Modbus"));
    }
}
