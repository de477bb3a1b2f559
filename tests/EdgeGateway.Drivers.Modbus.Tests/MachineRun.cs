using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Modbus.Framing;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Pipeline.Buses;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Plays line, clock and devices for a bus machine: time jumps from deadline to deadline, so hours pass in a moment.</summary>
internal sealed class MachineRun
{
    private readonly long _roundTrip;
    private byte[] _echo = [];

    public MachineRun(BusPlan plan, Func<byte, ReadRequest, Answer> device, long roundTrip = 1_000, bool atOnce = false)
    {
        _roundTrip = roundTrip;
        Layout = BusLayout.Of(plan, 0, atOnce);
        Machine = new BusMachine(Layout, Sink, () => 0.5, NullLogger.Instance);
        Device = device;
    }

    public BusLayout Layout { get; }

    public BusMachine Machine { get; }

    public Collected Sink { get; } = new();

    public Func<byte, ReadRequest, Answer> Device { get; set; }

    /// <summary>Whether a connect succeeds.</summary>
    public bool Reachable { get; set; } = true;

    public long Now { get; private set; } = 1_000_000_000;

    public List<(long At, byte Unit, ReadRequest Request)> Asked { get; } = [];

    public List<long> Opens { get; } = [];

    /// <summary>Bytes that arrive before every answer, and where an answer would be that does not come.</summary>
    public Func<byte[]>? Before { get; set; }

    public BusHealth Health => Layout.Health;

    /// <summary>Runs for <paramref name="micros"/>.</summary>
    public void For(long micros)
    {
        var end = Now + micros;
        while (Now <= end)
        {
            if (!Machine.Output.IsEmpty) Serve();
            else if (Machine.Line == LineState.Opening)
            {
                Opens.Add(Now);
                if (Reachable) Machine.Opened(Now);
                else Machine.OpenFailed("unreachable", Now);
            }
            else if (Machine.Deadline > end)
            {
                Now = end;
                return;
            }
            else
            {
                Now = Math.Max(Now, Machine.Deadline);
                Machine.Advance(Now);
            }
        }
    }

    private void Serve()
    {
        var (transaction, unit, request) = Scan(out var sent);
        if (Layout.Line.Echo) _echo = Machine.Output[..sent].ToArray();
        Machine.Sent(sent);
        Asked.Add((Now, unit, request));
        var answer = Device(unit, request);
        if (answer == Answer.Silence)
        {
            if (Before is { } instead) Arrive(instead());
            return;
        }
        if (answer == Answer.HangUp)
        {
            Machine.Lost("hung up", Now);
            return;
        }
        Now += _roundTrip;
        var pdu = new byte[Mbap.MaxPdu];
        int length;
        if (answer.Exception != 0) length = ExceptionResponse.Write(pdu, request.Function, answer.Exception);
        else
        {
            var data = new byte[request.DataLength];
            for (var i = 0; i < request.Count; i++) (data[2 * i], data[2 * i + 1]) = ((byte)((request.Address + i) >> 8), (byte)(request.Address + i));
            length = ReadResponse.Write(pdu, request.Function, data);
        }
        Deliver(transaction, unit, pdu.AsSpan(0, length), answer == Answer.Damaged);
    }

    /// <summary>Bytes arrive from the line now.</summary>
    public void Arrive(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty) return;
        bytes.CopyTo(Machine.Space);
        Machine.Received(bytes.Length, Now);
    }

    private (ushort Transaction, byte Unit, ReadRequest Request) Scan(out int length)
    {
        ReadRequest request;
        if (Layout.Line.Bare is AsciiFraming)
        {
            Assert.Equal(ScanStatus.Done, AsciiFrame.Scan(Machine.Output, new byte[AsciiFrame.MaxDecoded], out var digits, out _));
            Assert.Equal(PduFault.None, ReadRequest.Read(digits.Pdu, out request));
            length = digits.Length;
            return (0, digits.Unit, request);
        }
        if (Layout.Line.Bare is not null)
        {
            Assert.Equal(ScanStatus.Done, Rtu.ScanRequest(Machine.Output, out var bare, out _));
            Assert.Equal(PduFault.None, ReadRequest.Read(bare.Pdu, out request));
            length = bare.Length;
            return (0, bare.Unit, request);
        }
        Assert.Equal(ScanStatus.Done, Mbap.Scan(Machine.Output, out var frame, out _));
        Assert.Equal(PduFault.None, ReadRequest.Read(frame.Pdu, out request));
        length = frame.Length;
        return (frame.Transaction, frame.Unit, request);
    }

    private void Deliver(ushort transaction, byte unit, ReadOnlySpan<byte> pdu, bool damaged)
    {
        var wire = new byte[AsciiFrame.MaxFrame];
        var length = Layout.Line.Bare?.Write(wire, unit, pdu) ?? Mbap.Write(wire, transaction, unit, pdu);
        // The protocol identifier, or the checksum.
        if (damaged) wire[Layout.Line.Bare is null ? 3 : length - 1] ^= 1;
        Arrive(_echo);
        if (Before is { } noise) Arrive(noise());
        Arrive(wire.AsSpan(0, length));
    }
}

/// <summary>What a device does with a request; the default answers with registers that hold their address.</summary>
internal readonly record struct Answer(ExceptionCode Exception, int Kind = 0)
{
    public static Answer Good => default;

    public static Answer Silence => new(0, 1);

    public static Answer HangUp => new(0, 2);

    public static Answer Damaged => new(0, 3);

    public static Answer Refusal(ExceptionCode code) => new(code);
}
