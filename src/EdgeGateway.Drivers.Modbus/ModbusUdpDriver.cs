using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Modbus over UDP datagrams, framed as of TCP or as of RTU.</summary>
public sealed class ModbusUdpDriver() : ModbusDriver(ModbusSchemas.Udp);
