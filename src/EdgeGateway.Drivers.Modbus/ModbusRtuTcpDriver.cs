using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>RTU frames over a TCP connection, as serial servers and DTUs carry them.</summary>
public sealed class ModbusRtuTcpDriver() : ModbusDriver(ModbusSchemas.RtuTcp);
