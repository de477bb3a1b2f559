using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus;
using EdgeGateway.Drivers.OpcUa;
using EdgeGateway.Exporting;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Exporting;
using EdgeGateway.Publishers.Influx;
using EdgeGateway.Publishers.Mqtt;

namespace EdgeGateway.Composition;

/// <summary>Every driver and publisher this binary has: one line each. Made anew for each gateway, so that nothing is shared between two in one process.</summary>
internal sealed class Registrations
{
    public IReadOnlyList<IDriver> Drivers { get; } =
    [
        new ModbusTcpDriver(),
        new ModbusRtuDriver(),
        new ModbusAsciiDriver(),
        new ModbusRtuTcpDriver(),
        new ModbusUdpDriver(),
        new ModbusDtuDriver(),
        new OpcUaDriver(),
    ];

    public IReadOnlyList<IPublisherType> Publishers { get; } =
    [
        new MqttPublisherType(),
        new InfluxPublisherType(),
    ];

    /// <summary>Forms of <c>export</c>.</summary>
    public IReadOnlyList<IItemFormat> Formats { get; } =
    [
        new JsonLines(),
        new LineFile(),
        new CsvTable(),
    ];

    public IReadOnlyList<DriverSchema> DriverSchemas => [.. Drivers.Select(d => d.Schema)];

    public IReadOnlyList<PublisherSchema> PublisherSchemas => [.. Publishers.Select(p => p.Schema)];
}
