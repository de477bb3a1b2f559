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

    public MachineRun(BusPlan plan, Func<byte, ReadRequest, Answer> device, long roundTrip = 1_000, bool atOnce = false)
    {
        _roundTrip = roundTrip;
        Layout = BusLayout.Of(plan, 0, atOnce);
        Machine = new ModbusTcpBusMachine(Layout, Sink, () => 0.5, NullLogger.Instance);
        Device = device;
    }

    public BusLayout Layout { get; }

    public ModbusTcpBusMachine Machine { get; }

    public Collected Sink { get; } = new();

    public Func<byte, ReadRequest, Answer> Device { get; set; }

    /// <summary>Whether a connect succeeds.</summary>
    public bool Reachable { get; set; } = true;

    public long Now { get; private set; } = 1_000_000_000;

    public List<(long At, byte Unit, ReadRequest Request)> Asked { get; } = [];

    public List<long> Opens { get; } = [];

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
        Assert.Equal(ScanStatus.Done, Mbap.Scan(Machine.Output, out var frame, out _));
        Assert.Equal(PduFault.None, ReadRequest.Read(frame.Pdu, out var request));
        var (transaction, unit) = (frame.Transaction, frame.Unit);
        Machine.Sent(frame.Length);
        Asked.Add((Now, unit, request));
        var answer = Device(unit, request);
        if (answer == Answer.Silence) return;
        if (answer == Answer.HangUp)
        {
            Machine.Lost("hung up", Now);
            return;
        }
        Now += _roundTrip;
        var pdu = new byte[Mbap.MaxPdu];
        int length;
        if (answer.Exception != 0) length = ReadResponse.WriteException(pdu, request.Function, answer.Exception);
        else
        {
            var data = new byte[request.DataLength];
            for (var i = 0; i < request.Count; i++) (data[2 * i], data[2 * i + 1]) = ((byte)((request.Address + i) >> 8), (byte)(request.Address + i));
            length = ReadResponse.Write(pdu, request.Function, data);
        }
        var wire = new byte[Mbap.MaxFrame];
        length = Mbap.Write(wire, transaction, unit, pdu.AsSpan(0, length));
        wire.AsSpan(0, length).CopyTo(Machine.Space);
        Machine.Received(length, Now);
    }
}

/// <summary>What a device does with a request; the default answers with registers that hold their address.</summary>
internal readonly record struct Answer(ExceptionCode Exception, int Kind = 0)
{
    public static Answer Good => default;

    public static Answer Silence => new(0, 1);

    public static Answer HangUp => new(0, 2);

    public static Answer Refusal(ExceptionCode code) => new(code);
}
