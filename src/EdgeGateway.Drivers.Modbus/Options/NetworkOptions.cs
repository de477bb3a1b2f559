using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>The options of connections over a network.</summary>
internal static class NetworkOptions
{
    public static Option<string> Host { get; } = OptionOf.Text("host", "Name or IP address of the device or gateway.", required: true,
        check: h => h.Length == 0 || h.Any(char.IsWhiteSpace) ? "expected a host name or an IP address." : null);

    public static Option<long> Port { get; } = OptionOf.Integer("port", "Port of the device or gateway.", 1, 65_535, @default: 502);

    public static Option<TimeSpan> ConnectTimeout { get; } =
        OptionOf.Duration("connect_timeout", "How long to wait for a connection.", TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1), @default: "3s");

    public static Option<bool> DatagramsAreRtu { get; } = OptionOf.Choice("framing", "What a datagram holds: a frame as of Modbus TCP, or as of a serial line.", [("tcp", false), ("rtu", true)], @default: "tcp");

    public static Option<long> Outstanding { get; } = OptionOf.Integer("outstanding",
        "Requests under way at once. Above 1 only for devices that are known to take it: many answer the first alone, or stop. With ignore_transaction it is 1.", 1, 16, @default: 1);

    public static Option<bool> IgnoreTransaction { get; } = OptionOf.Boolean("ignore_transaction",
        "True for devices that answer with wrong transaction numbers: an answer is then known by unit, function and length, and a device that was silent is left alone for another timeout.", @default: false);

    public static Option<bool> IgnoreUnit { get; } = OptionOf.Boolean("ignore_unit", "True for devices that answer with a unit identifier of their own, such as 0 or 255.", @default: false);

    public static Option<bool> CloseWhenIdle { get; } = OptionOf.Boolean("close_when_idle",
        "True for devices that serve one client alone: the connection is closed between polls that are 100 ms apart or more, so that others get their turn.", @default: false);

    public static Option<TimeSpan> Settle { get; } =
        OptionOf.Duration("settle", "Time the device needs after a connection was made before it answers.", TimeSpan.Zero, TimeSpan.FromMinutes(1), @default: "0ms");

    public static IReadOnlyList<Option> Tcp { get; } =
        [Host, Port, ModbusOptions.Timeout, ConnectTimeout, Settle, ModbusOptions.RequestGap, ModbusOptions.Turnaround, Outstanding, IgnoreTransaction, IgnoreUnit, CloseWhenIdle];

    public static IReadOnlyList<Option> RtuTcp { get; } = [Host, Port, ModbusOptions.Timeout, ConnectTimeout, Settle, ModbusOptions.RequestGap, ModbusOptions.Turnaround, CloseWhenIdle];

    public static IReadOnlyList<Option> Udp { get; } =
        [Host, Port, DatagramsAreRtu, ModbusOptions.Timeout, ConnectTimeout, ModbusOptions.RequestGap, ModbusOptions.Turnaround, IgnoreTransaction, IgnoreUnit];
}
