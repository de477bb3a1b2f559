using System.IO.Ports;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Serial;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>The options of serial ports.</summary>
internal static class SerialOptions
{
    public static Option<string> Port { get; } = OptionOf.Text("port", "Name of the port, best one that survives replugging such as /dev/serial/by-id/usb-…; COM3 on Windows.", required: true,
        check: p => p.Length == 0 ? "expected the name of a serial port." : null).WithExample("/dev/ttyUSB0");

    public static Option<long> Baud { get; } = OptionOf.Integer("baud", "Bits a second.", 300, 4_000_000, @default: 9_600);

    public static Option<Parity> Parity { get; } = OptionOf.Choice("parity", "Parity bit.",
        [("none", System.IO.Ports.Parity.None), ("even", System.IO.Ports.Parity.Even), ("odd", System.IO.Ports.Parity.Odd), ("mark", System.IO.Ports.Parity.Mark), ("space", System.IO.Ports.Parity.Space)],
        @default: "none");

    public static Option<long> DataBits { get; } = OptionOf.Integer("data_bits", "Bits of a character.", 7, 8, @default: 8);

    public static Option<long> StopBits { get; } = OptionOf.Integer("stop_bits", "Stop bits.", 1, 2, @default: 1);

    public static Option<TimeSpan> Silence { get; } = OptionOf.Duration("silence",
        "Silence that separates frames; by default three and a half characters, 1.75 ms above 19200 baud.", TimeSpan.Zero, TimeSpan.FromSeconds(1));

    public static Option<bool> Echo { get; } = OptionOf.Boolean("echo", "True where the adapter hears itself: what was sent comes back first.", @default: false);

    public static IReadOnlyList<Option> Connection { get; } =
        [Port, Baud, Parity, DataBits, StopBits, ModbusOptions.Timeout, ModbusOptions.RequestGap, ModbusOptions.Turnaround, Silence, Echo];

    /// <summary>The port as the map describes it.</summary>
    public static PortSettings Settings(OptionValues connection) =>
        new(connection.Get(Port), (int)connection.Get(Baud), connection.Get(Parity), (int)connection.Get(DataBits), connection.Get(StopBits) == 2);
}
