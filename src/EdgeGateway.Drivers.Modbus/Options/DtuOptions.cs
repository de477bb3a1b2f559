using System.Net;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>The options of connections that the device makes: DTUs and other modems that dial in.</summary>
internal static class DtuOptions
{
    public static Option<string> Listen { get; } = OptionOf.Text("listen",
        "Address to listen on; 0.0.0.0 for every network of this machine. Who dials in is not encrypted and known by its registration alone: use it inside a VPN or a private APN.", @default: "127.0.0.1",
        check: a => IPAddress.TryParse(a, out _) ? null : $"'{a}' is no IP address.");

    public static Option<long> Port { get; } = OptionOf.Integer("port", "Port to listen on. Several connections may share it: their devices are told apart by registration.", 1, 65_535, required: true);

    public static Option<string> Registration { get; } = OptionOf.Text("registration",
        "First packet that the device sends after dialling in, as text or as 0x and hexadecimal digits, up to 64 bytes. Without it, whoever dials in is taken, and the port serves this connection alone.", check: PacketText.Fault);

    public static Option<string> Heartbeat { get; } = OptionOf.Text("heartbeat", "Packet that the device sends to keep its line alive, written like registration; it is dropped and counted.", check: PacketText.Fault);

    public static Option<bool> FramesAreRtu { get; } =
        OptionOf.Choice("framing", "Frames on the line: as of a serial line, which most DTUs hand through, or as of Modbus TCP.", [("rtu", true), ("tcp", false)], @default: "rtu");

    public static Option<TimeSpan> RegistrationTimeout { get; } = OptionOf.Duration("registration_timeout",
        "How long a device that dialled in may take to register; and how long none may dial in before the connection is said to be down.", TimeSpan.FromMilliseconds(100), TimeSpan.FromMinutes(10), @default: "30s");

    public static IReadOnlyList<Option> Connection { get; } =
        [Listen, Port, Registration, Heartbeat, FramesAreRtu, RegistrationTimeout, ModbusOptions.Timeout, NetworkOptions.Settle, ModbusOptions.RequestGap, ModbusOptions.Turnaround];
}
