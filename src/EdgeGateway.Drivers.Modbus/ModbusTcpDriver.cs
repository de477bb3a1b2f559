using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Reads holding and input registers over Modbus TCP. One thread serves all buses of the driver.</summary>
/// <remarks>Thread-safe. The buses' <see cref="IBus.Pulse"/> is their common thread's; polls of devices are spread over their period in the order in which buses are made.</remarks>
public sealed class ModbusTcpDriver : IDriver
{
    private readonly Lock _gate = new();
    private BusThread? _thread;
    private int _devices;

    /// <inheritdoc/>
    public DriverSchema Schema => ModbusTcpOptions.Schema;

    /// <inheritdoc/>
    public IBus CreateBus(BusPlan plan, BusServices services) => Create(plan, services, atOnce: false, tap: null);

    internal ModbusTcpBus Create(BusPlan plan, BusServices services, bool atOnce, RegisterTap? tap)
    {
        lock (_gate)
        {
            var layout = BusLayout.Of(plan, _devices, atOnce);
            _devices += plan.Devices.Length;
            // Buses of one clock share one thread.
            if (_thread is null || _thread.Stamps != services.Stamps) _thread = new BusThread(services.Time, services.Stamps);
            return new ModbusTcpBus(layout, services, _thread, tap);
        }
    }
}
