using System.Globalization;
using System.Net;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Serial;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>A connection's line as the map describes it: what carries the bytes, how frames look, and the times to keep, in microseconds.</summary>
internal sealed record LineSettings
{
    private const string TcpHint = "check power, network, address and how many connections the device allows";
    private const string DialInHint = "check power, SIM card and network of the device, the address and port it dials, its registration packet, and the firewall here";
    private const string SerialHint = "check cable, adapter and the name of the port, the rights to open it, and whether another program uses it";

    /// <summary>Host, or null on a serial line.</summary>
    public string? Host { get; private init; }

    public int Port { get; private init; }

    /// <summary>UDP instead of TCP: every datagram stands for itself.</summary>
    public bool Datagrams { get; private init; }

    /// <summary>Who dials in, where the device makes the connection.</summary>
    public DialIn? DialIn { get; private init; }

    /// <summary>True where the device makes the connection.</summary>
    public bool DialsIn => DialIn is not null;

    /// <summary>Packet that may come between frames at any time; empty where there is none.</summary>
    public byte[] Heartbeat { get; private init; } = [];

    /// <summary>The serial port, or null on a network.</summary>
    public PortSettings? Serial { get; private init; }

    /// <summary>Frames without a number, or null for those of Modbus TCP.</summary>
    public BareFraming? Bare { get; private init; }

    public long TimeoutMicros { get; private init; }

    public long ConnectTimeoutMicros { get; private init; }

    public long RequestGapMicros { get; private init; }

    public long TurnaroundMicros { get; private init; }

    /// <summary>Silence before a frame.</summary>
    public long SilenceMicros { get; private init; }

    /// <summary>What one byte takes on the wire; 0 on a network.</summary>
    public double ByteMicros { get; private init; }

    /// <summary>Time a device needs behind a new connection.</summary>
    public long SettleMicros { get; private init; }

    /// <summary>Most requests under way at once.</summary>
    public int Outstanding { get; private init; } = 1;

    /// <summary>Numbers of answers mean nothing.</summary>
    public bool AnyNumber { get; private init; }

    /// <summary>Unit identifiers of numbered answers mean nothing.</summary>
    public bool AnyUnit { get; private init; }

    /// <summary>The connection is closed between polls.</summary>
    public bool ClosesWhenIdle { get; private init; }

    /// <summary>What was sent comes back first.</summary>
    public bool Echo { get; private init; }

    /// <summary>For messages: where the line goes.</summary>
    public required string Place { get; init; }

    /// <summary>For messages: what to check when it does not stand.</summary>
    public string Hint => Serial is not null ? SerialHint : DialsIn ? DialInHint : TcpHint;

    /// <summary>For messages: what happened when it did not open in time.</summary>
    public string NotOpened => Serial is not null ? "the port does not open" : DialsIn ? "no device has dialled in" : "no answer within connect_timeout";

    /// <summary>Bytes on the wire of a frame whose PDU has <paramref name="pdu"/> bytes.</summary>
    public int FrameLength(int pdu) => Bare?.Length(pdu) ?? Mbap.HeaderLength + pdu;

    /// <summary>Microseconds that request, answer and the silence behind them take on the wire, without the device's own time.</summary>
    public double WireMicros(ReadRequest request) =>
        (FrameLength(ReadRequest.Length) + FrameLength(2 + request.DataLength)) * ByteMicros + SilenceMicros + Math.Max(RequestGapMicros, SilenceMicros);

    /// <summary>Reads a validated connection.</summary>
    public static LineSettings Of(ConnectionMap connection)
    {
        var options = connection.Options;
        var (key, bare) = (connection.Driver, Framing(connection));
        if (key == ModbusSchemas.Rtu.Key || key == ModbusSchemas.Ascii.Key)
        {
            var port = SerialOptions.Settings(options);
            return new LineSettings
            {
                Place = port.ToString(),
                Serial = port,
                Bare = bare,
                TimeoutMicros = Micros(options.Get(ModbusOptions.Timeout)),
                ConnectTimeoutMicros = 5_000_000,
                RequestGapMicros = Micros(options.Get(ModbusOptions.RequestGap)),
                TurnaroundMicros = Micros(options.Get(ModbusOptions.Turnaround)),
                SilenceMicros = options.Has(SerialOptions.Silence) ? Micros(options.Get(SerialOptions.Silence)) : port.SilenceMicros,
                ByteMicros = port.CharacterMicros,
                Echo = options.Get(SerialOptions.Echo),
            };
        }
        if (key == ModbusSchemas.Dtu.Key) return OfDialIn(options, bare);
        var (host, number) = (options.Get(NetworkOptions.Host), (int)options.Get(NetworkOptions.Port));
        return new LineSettings
        {
            Place = string.Create(CultureInfo.InvariantCulture, $"{host}:{number}"),
            Host = host,
            Port = number,
            Datagrams = key == ModbusSchemas.Udp.Key,
            Bare = bare,
            TimeoutMicros = Micros(options.Get(ModbusOptions.Timeout)),
            ConnectTimeoutMicros = Micros(options.Get(NetworkOptions.ConnectTimeout)),
            RequestGapMicros = Micros(options.Get(ModbusOptions.RequestGap)),
            TurnaroundMicros = Micros(options.Get(ModbusOptions.Turnaround)),
            SettleMicros = Micros(options.GetOr(NetworkOptions.Settle, TimeSpan.Zero)),
            Outstanding = options.GetOr(NetworkOptions.IgnoreTransaction, false) ? 1 : (int)options.GetOr(NetworkOptions.Outstanding, 1L),
            AnyNumber = options.GetOr(NetworkOptions.IgnoreTransaction, false),
            AnyUnit = options.GetOr(NetworkOptions.IgnoreUnit, false),
            ClosesWhenIdle = options.GetOr(NetworkOptions.CloseWhenIdle, false),
        };
    }

    private static LineSettings OfDialIn(OptionValues options, BareFraming? bare)
    {
        var place = new IPEndPoint(IPAddress.Parse(options.Get(DtuOptions.Listen)), (int)options.Get(DtuOptions.Port));
        var dialIn = new DialIn(place, options.Has(DtuOptions.Registration) ? PacketText.Parse(options.Get(DtuOptions.Registration))! : [], options.Get(DtuOptions.RegistrationTimeout));
        return new LineSettings
        {
            Place = dialIn.ToString(),
            DialIn = dialIn,
            Heartbeat = options.Has(DtuOptions.Heartbeat) ? PacketText.Parse(options.Get(DtuOptions.Heartbeat))! : [],
            Bare = bare,
            TimeoutMicros = Micros(options.Get(ModbusOptions.Timeout)),
            ConnectTimeoutMicros = Micros(dialIn.Patience),
            RequestGapMicros = Micros(options.Get(ModbusOptions.RequestGap)),
            TurnaroundMicros = Micros(options.Get(ModbusOptions.Turnaround)),
            SettleMicros = Micros(options.Get(NetworkOptions.Settle)),
        };
    }

    private static BareFraming? Framing(ConnectionMap connection)
    {
        if (connection.Driver == ModbusSchemas.Ascii.Key) return new AsciiFraming();
        var rtu = connection.Driver == ModbusSchemas.Rtu.Key || connection.Driver == ModbusSchemas.RtuTcp.Key
            || (connection.Driver == ModbusSchemas.Udp.Key && connection.Options.Get(NetworkOptions.DatagramsAreRtu))
            || (connection.Driver == ModbusSchemas.Dtu.Key && connection.Options.Get(DtuOptions.FramesAreRtu));
        return rtu ? new RtuFraming() : null;
    }

    /// <summary>A duration in microseconds.</summary>
    public static long Micros(TimeSpan span) => span.Ticks / TimeSpan.TicksPerMicrosecond;
}
