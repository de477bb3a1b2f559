using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.OpcUa;

/// <summary>Reads nodes of OPC UA servers over opc.tcp, by subscription or by polling. Thread-safe.</summary>
public sealed class OpcUaDriver : IDriver
{
    /// <inheritdoc/>
    public DriverSchema Schema => OpcUaOptions.Schema;

    /// <inheritdoc/>
    public IBus CreateBus(BusPlan plan, BusServices services) => new OpcUaBus(plan, services);
}
