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
}
