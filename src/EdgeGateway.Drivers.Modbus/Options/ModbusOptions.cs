using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Planning;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>The options that all Modbus lines share, each described once: patience, devices and points.</summary>
internal static class ModbusOptions
{
    private static readonly (string Word, WordOrder Value)[] _orders =
    [
        ("ABCD", WordOrder.Abcd), ("CDAB", WordOrder.Cdab), ("BADC", WordOrder.Badc), ("DCBA", WordOrder.Dcba),
        ("EFGHABCD", WordOrder.Efghabcd), ("CDABGHEF", WordOrder.Cdabghef), ("FEHGBADC", WordOrder.Fehgbadc), ("DCBAHGFE", WordOrder.Dcbahgfe),
    ];

    // As manuals and other gateways write them.
    private static readonly Dictionary<string, string> _typesElsewhere = new(StringComparer.Ordinal)
    {
        ["float"] = "f32", ["float32"] = "f32", ["real"] = "f32", ["single"] = "f32", ["double"] = "f64", ["float64"] = "f64", ["lreal"] = "f64", ["float16"] = "f16",
        ["word"] = "u16", ["uint"] = "u16", ["uint16"] = "u16", ["ushort"] = "u16", ["int"] = "i16", ["int16"] = "i16", ["short"] = "i16",
        ["dword"] = "u32", ["udint"] = "u32", ["uint32"] = "u32", ["ulong"] = "u32", ["dint"] = "i32", ["int32"] = "i32", ["long"] = "i32",
        ["lword"] = "u64", ["ulint"] = "u64", ["uint64"] = "u64", ["lint"] = "i64", ["int64"] = "i64", ["bit"] = "bool", ["boolean"] = "bool", ["bcd"] = "bcd16", ["text"] = "string", ["char"] = "string",
    };

    private static readonly (string Word, RegisterType Value)[] _types =
    [
        ("u16", RegisterType.U16), ("i16", RegisterType.I16), ("u32", RegisterType.U32), ("i32", RegisterType.I32),
        ("f32", RegisterType.F32), ("u64", RegisterType.U64), ("i64", RegisterType.I64), ("f64", RegisterType.F64), ("f16", RegisterType.F16),
        ("bool", RegisterType.Bool), ("bcd16", RegisterType.Bcd16), ("bcd32", RegisterType.Bcd32), ("bcd64", RegisterType.Bcd64), ("string", RegisterType.Text),
        ("date_unix", RegisterType.DateUnix), ("date_six", RegisterType.DateSix), ("date_packed", RegisterType.DatePacked), ("date_bcd", RegisterType.DateBcd), ("date_iec", RegisterType.DateIec),
    ];

    public static Option<TimeSpan> Timeout { get; } =
        OptionOf.Duration("timeout", "How long to wait for an answer; on serial lines the time its bytes take is added.", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), @default: "1s");

    public static Option<TimeSpan> RequestGap { get; } =
        OptionOf.Duration("request_gap", "Silence that the devices need between an answer and the next request.", TimeSpan.Zero, TimeSpan.FromSeconds(10), @default: "0ms");

    public static Option<TimeSpan> Turnaround { get; } =
        OptionOf.Duration("turnaround", "Silence that is added to request_gap before another device is asked than the last one.", TimeSpan.Zero, TimeSpan.FromSeconds(10), @default: "0ms");

    public static Option<TimeSpan> DeviceTimeout { get; } =
        OptionOf.Duration("timeout", "How long to wait for an answer of this device; the connection's where it is not given.", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));

    public static Option<TimeSpan> DeviceGap { get; } = OptionOf.Duration("request_gap",
        "Time that this device needs between its answer and its next request. Others on its line are asked meanwhile; a longer request_gap of the connection holds too.", TimeSpan.Zero, TimeSpan.FromSeconds(10));

    public static Option<long> UnitId { get; } = OptionOf.Integer("unit_id", "Unit identifier of the device on its connection.", 0, 255, @default: 1);

    public static Option<long> MaxRegisters { get; } = OptionOf.Integer("max_registers", "Most registers the device answers in one request.", 1, 125, @default: 125);

    public static Option<long> MaxBits { get; } = OptionOf.Integer("max_bits", "Most coils or discrete inputs the device answers in one request.", 1, 2_000, @default: 2_000);

    public static Option<long> ReadOver { get; } =
        OptionOf.Integer("read_over", "Most unwanted registers between two points that are read over to save a request; 0 reads none.", 0, 124, @default: 8);

    public static Option<bool> SingleReads { get; } = OptionOf.Boolean("single_reads", "True for a device that answers one value a request only.", @default: false);

    public static Option<IReadOnlyList<string>> Forbidden { get; } = OptionOf.Texts("forbidden",
        "Addresses that must not be read over, such as [100-119, 200]: reading them clears a value, or makes the device fail.",
        check: text => TryRange(text, out _) ? null : $"'{text}' is no range of addresses such as 100-119.");

    public static Option<bool> WriteMultiple { get; } =
        OptionOf.Boolean("write_multiple", "True for a device that takes writes by functions 15 and 16 only, also of a single coil or register.", @default: false);

    public static Option<WordOrder> DeviceOrder { get; } =
        OptionOf.Choice("order", "Order of bytes in values of several registers, for all points that do not say theirs; A is the most significant.", _orders, @default: "ABCD");

    public static Option<FunctionCode> Table { get; } = OptionOf.Choice("table", "Table: holding (function 3) or input (function 4) registers, coil (1) or discrete (2) inputs.",
        [
            ("holding", FunctionCode.ReadHoldingRegisters), ("input", FunctionCode.ReadInputRegisters),
            ("coil", FunctionCode.ReadCoils), ("discrete", FunctionCode.ReadDiscreteInputs),
        ], @default: "holding");

    public static Option<long> Address { get; } =
        OptionOf.Integer("address", "First register as it stands in the request, counted from 0: register 40001 of a manual is holding 0.", 0, 65_535, required: true).WithExample("0");

    public static Option<RegisterType> Type { get; } = OptionOf.Choice("type", "Format in the registers; coils and discrete inputs are bool.",
        _types, required: true, meant: _typesElsewhere).WithExample("u16");

    public static Option<WordOrder> PointOrder { get; } = OptionOf.Choice("order", "Order of bytes of this value; the device's where it is not given.", _orders);

    public static Option<long> Length { get; } = OptionOf.Integer("length", "Registers of a string, two characters each.", 1, 125);

    public static Option<long> Bit { get; } = OptionOf.Integer("bit", "Lowest bit of the value within its register, counted from 0, the least significant.", 0, 63);

    public static Option<long> Bits { get; } = OptionOf.Integer("bits", "How many bits the value has from 'bit' on.", 1, 64, @default: 1);

    public static Option<ExactDecimal> Offset { get; } = OptionOf.Decimal("offset", "Added to a gauge after its resolution and ratio were applied.", @default: new ExactDecimal(0, 0));

    public static Option<IReadOnlyList<string>> Weights { get; } = OptionOf.Texts("weights",
        "For a number spread over several neighbouring ones: how often each counts, such as [10000, 1]; the value is their sum.",
        check: text => TryWeight(text, out _) ? null : $"'{text}' is no whole number.");

    public static Option<long> Sentinel { get; } =
        new("sentinel", "integer, or 0x and up to 16 hexadecimal digits", ReadRaw, "Raw register value by which the device says that it has none, such as 0x8000.");

    public static IReadOnlyList<Option> DeviceOptions { get; } = [UnitId, MaxRegisters, MaxBits, ReadOver, SingleReads, Forbidden, DeviceTimeout, DeviceGap, DeviceOrder, WriteMultiple];

    public static IReadOnlyList<Option> PointOptions { get; } = [Table, Address, Type, PointOrder, Length, Bit, Bits, Offset, Weights, Sentinel];

    /// <summary>A type as maps write it.</summary>
    public static string Word(RegisterType type) => _types.First(t => t.Value == type).Word;

    /// <summary>An order as maps write it.</summary>
    public static string Word(WordOrder order) => _orders.First(o => o.Value == order).Word;

    /// <summary>The limits a device's options set.</summary>
    public static BlockLimits Limits(OptionValues device) => new((int)device.Get(MaxRegisters), device.Get(SingleReads) ? -1 : (int)device.Get(ReadOver))
    {
        MaxBits = (int)device.Get(MaxBits),
        Forbidden = device.Has(Forbidden) ? [.. device.Get(Forbidden).Select(text => TryRange(text, out var range) ? range : default)] : [],
    };

    /// <summary>The weights of a point; empty where it has none.</summary>
    public static ImmutableArray<long> WeightsOf(OptionValues point) => point.Has(Weights) ? [.. point.Get(Weights).Select(text => TryWeight(text, out var weight) ? weight : 0)] : [];

    // All bits set is a usual sentinel of 64 bits, and no positive long.
    private static (bool Ok, long Value) ReadRaw(MapNode node, FaultList faults)
    {
        if (node is MapText text)
        {
            var written = text.Value.AsSpan();
            if (written.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && ulong.TryParse(written[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)) return (true, (long)bits);
            if (long.TryParse(written, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)) return (true, value);
        }
        faults.Add(node.Mark, "sentinel: expected a whole number such as -1 or 0x8000.");
        return (false, 0);
    }

    private static bool TryWeight(string text, out long weight) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out weight);

    private static bool TryRange(string text, out AddressRange range)
    {
        range = default;
        var dash = text.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = dash < 0 ? (text, text) : (text[..dash], text[(dash + 1)..]);
        if (!ushort.TryParse(first.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var low)) return false;
        if (!ushort.TryParse(last.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var high) || high < low) return false;
        range = new AddressRange(low, high);
        return true;
    }
}
