using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Devices that dial in: RTU or Modbus TCP frames over a connection that a DTU or modem makes.</summary>
public sealed class ModbusDtuDriver() : ModbusDriver(ModbusSchemas.Dtu);
