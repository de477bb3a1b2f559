using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>The options of <c>modbus_tcp</c>, each described once.</summary>
internal static class ModbusTcpOptions
{
    private static readonly (string Word, WordOrder Value)[] Orders =
        [("ABCD", WordOrder.Abcd), ("CDAB", WordOrder.Cdab), ("BADC", WordOrder.Badc), ("DCBA", WordOrder.Dcba)];

    public static Option<string> Host { get; } = OptionOf.Text("host", "Name or IP address of the device or gateway.", required: true,
        check: h => h.Length == 0 || h.Any(char.IsWhiteSpace) ? "expected a host name or an IP address." : null);

    public static Option<long> Port { get; } = OptionOf.Integer("port", "TCP port.", 1, 65_535, @default: 502);

    public static Option<TimeSpan> Timeout { get; } = OptionOf.Duration("timeout", "How long to wait for an answer.", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), @default: "1s");

    public static Option<TimeSpan> ConnectTimeout { get; } =
        OptionOf.Duration("connect_timeout", "How long to wait for a connection.", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), @default: "3s");

    public static Option<TimeSpan> RequestGap { get; } =
        OptionOf.Duration("request_gap", "Silence that the device needs between an answer and the next request.", TimeSpan.Zero, TimeSpan.FromSeconds(10), @default: "0ms");

    public static Option<long> UnitId { get; } = OptionOf.Integer("unit_id", "Unit identifier of the device on its connection.", 0, 255, @default: 1);

    public static Option<long> MaxRegisters { get; } = OptionOf.Integer("max_registers", "Most registers the device answers in one request.", 1, 125, @default: 125);

    public static Option<long> ReadOver { get; } =
        OptionOf.Integer("read_over", "Most unwanted registers between two points that are read over to save a request; 0 reads none.", 0, 124, @default: 8);

    public static Option<WordOrder> DeviceOrder { get; } = OptionOf.Choice("order", "Order of bytes in 32-bit values, for all points that do not say theirs; A is the most significant.", Orders, @default: "ABCD");

    public static Option<FunctionCode> Table { get; } = OptionOf.Choice("table", "Register table: holding (function 3) or input (function 4).",
        [("holding", FunctionCode.ReadHoldingRegisters), ("input", FunctionCode.ReadInputRegisters)], @default: "holding");

    public static Option<long> Address { get; } =
        OptionOf.Integer("address", "First register as it stands in the request, counted from 0: register 40001 of a manual is holding 0.", 0, 65_535, required: true);

    public static Option<RegisterType> Type { get; } = OptionOf.Choice("type", "Number format in the registers.",
        [
            ("u16", RegisterType.U16), ("i16", RegisterType.I16), ("u32", RegisterType.U32), ("i32", RegisterType.I32),
            ("f32", RegisterType.F32), ("u64", RegisterType.U64), ("i64", RegisterType.I64), ("f64", RegisterType.F64),
        ], required: true);

    public static Option<WordOrder> PointOrder { get; } = OptionOf.Choice("order", "Order of bytes of this value; the device's where it is not given.", Orders);

    public static Option<long> Sentinel { get; } =
        OptionOf.Integer("sentinel", "Raw register value by which the device says that it has none, such as 0x8000.", long.MinValue, long.MaxValue);

    public static DriverSchema Schema { get; } = new(
        "modbus_tcp",
        new OptionTable("modbus_tcp connection", [Host, Port, Timeout, ConnectTimeout, RequestGap]),
        new OptionTable("modbus_tcp device", [UnitId, MaxRegisters, ReadOver, DeviceOrder]),
        new OptionTable("modbus_tcp point", [Table, Address, Type, PointOrder, Sentinel]),
        DeviceCheck.Run)
    {
        FloatBits = point => point.Get(Type) switch { RegisterType.F32 => 32, RegisterType.F64 => 64, _ => 0 },
    };
}
