using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Modbus RTU on a serial port.</summary>
public sealed class ModbusRtuDriver() : ModbusDriver(ModbusSchemas.Rtu);
