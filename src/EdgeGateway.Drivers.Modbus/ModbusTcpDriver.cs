using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Modbus TCP: many units behind one connection, answers known by their number.</summary>
public sealed class ModbusTcpDriver() : ModbusDriver(ModbusSchemas.Tcp);
