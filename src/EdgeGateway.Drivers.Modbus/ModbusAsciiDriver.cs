using EdgeGateway.Drivers.Modbus.Options;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>Modbus ASCII on a serial port.</summary>
public sealed class ModbusAsciiDriver() : ModbusDriver(ModbusSchemas.Ascii);
