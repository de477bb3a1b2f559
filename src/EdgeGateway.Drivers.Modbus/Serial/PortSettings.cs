using System.Globalization;
using System.IO.Ports;

namespace EdgeGateway.Drivers.Modbus.Serial;

/// <summary>A serial port and how its characters look.</summary>
/// <param name="Name">Of the port: a path, or COM3.</param>
/// <param name="Baud">Bits a second.</param>
/// <param name="Parity">Parity bit.</param>
/// <param name="DataBits">7 or 8.</param>
/// <param name="TwoStopBits">Two stop bits instead of one.</param>
internal sealed record PortSettings(string Name, int Baud, Parity Parity, int DataBits, bool TwoStopBits)
{
    /// <summary>Above this rate the pauses of the specification no longer shrink (serial line V1.02, 2.5.1.1).</summary>
    private const int FixedPauseBaud = 19_200;

    /// <summary>Bits on the wire of one character.</summary>
    public int CharacterBits => 1 + DataBits + (Parity == Parity.None ? 0 : 1) + (TwoStopBits ? 2 : 1);

    /// <summary>Microseconds that one character takes.</summary>
    public double CharacterMicros => CharacterBits * 1e6 / Baud;

    /// <summary>Silence between frames in microseconds: 3.5 characters of eleven bits; 1.75 ms above 19 200 baud.</summary>
    public long SilenceMicros => Baud > FixedPauseBaud ? 1_750 : (long)Math.Ceiling(3.5 * 11 * 1e6 / Baud);

    /// <summary>For messages: <c>/dev/ttyUSB0 (9600 8E1)</c>.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name} ({Baud} {DataBits}{Parity.ToString()[0]}{(TwoStopBits ? 2 : 1)})");

    /// <summary>As the port is set, on every system.</summary>
    public SerialPort Port() => new(Name, Baud, Parity, DataBits, TwoStopBits ? StopBits.Two : StopBits.One) { Handshake = Handshake.None };
}
