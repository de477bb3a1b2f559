using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>What each kind of Modbus line adds to the map language.</summary>
internal static class ModbusSchemas
{
    public static DriverSchema Tcp { get; } = Of("modbus_tcp", DeviceCheck.Run, NetworkOptions.Tcp);

    public static DriverSchema RtuTcp { get; } = Of("modbus_rtu_tcp", DeviceCheck.RunSerial, NetworkOptions.RtuTcp);

    public static DriverSchema Udp { get; } = Of("modbus_udp", DeviceCheck.Run, NetworkOptions.Udp);

    public static DriverSchema Dtu { get; } = Of("modbus_dtu", DeviceCheck.RunSerial, DtuOptions.Connection);

    public static DriverSchema Rtu { get; } = Of("modbus_rtu", DeviceCheck.RunSerial, SerialOptions.Connection);

    public static DriverSchema Ascii { get; } = Of("modbus_ascii", DeviceCheck.RunSerial, SerialOptions.Connection);

    public static IReadOnlyList<DriverSchema> All { get; } = [Tcp, RtuTcp, Udp, Dtu, Rtu, Ascii];

    private static DriverSchema Of(string key, Action<DeviceMap, FaultList> check, IReadOnlyList<Option> connection) => new(
        key,
        new OptionTable($"{key} connection", connection),
        new OptionTable($"{key} device", ModbusOptions.DeviceOptions),
        new OptionTable($"{key} point", ModbusOptions.PointOptions),
        check)
    {
        Address = device => "unit " + device.Options.Get(ModbusOptions.UnitId).ToString(System.Globalization.CultureInfo.InvariantCulture),
        Place = (_, point) => Paths.Place(point),
        Path = Paths.Of,
        Chinese = ModbusChinese.Messages,
        FloatBits = point => point.Get(ModbusOptions.Type) switch { RegisterType.F32 => 32, RegisterType.F64 => 64, _ => 0 },
    };
}
