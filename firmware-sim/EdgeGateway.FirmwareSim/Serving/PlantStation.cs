using System.Collections.Immutable;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Modbus;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>The devices behind one port: turns a request frame into an answer frame and says how it is to be sent. Immutable; thread-safe.</summary>
internal sealed class PlantStation
{
    private readonly ImmutableArray<(PlantDevice Device, WireFaults Faults)> _devices;
    private readonly bool _answersToAny, _rtu;

    public PlantStation(ImmutableArray<(PlantDevice Device, WireFaults Faults)> devices, bool answersToAny, bool rtu = false)
    {
        _devices = devices;
        (_answersToAny, _rtu) = (answersToAny, rtu);
    }

    /// <summary>Looks for a whole request at the start of <paramref name="bytes"/>.</summary>
    public MbapStatus Scan(ReadOnlySpan<byte> bytes, out int length)
    {
        if (_rtu) return RtuFrame.Scan(bytes, out length);
        var status = Mbap.Scan(bytes, out var frame);
        length = frame.FrameLength;
        return status;
    }

    /// <summary>Writes the answer to one request.</summary>
    /// <param name="frame">The request, whole.</param>
    /// <param name="reply">Takes the answer; <see cref="Mbap.MaxFrame"/> bytes.</param>
    /// <param name="now">UTC microseconds.</param>
    /// <param name="effect">What faults make of it.</param>
    /// <returns>Length of the answer, or 0 for silence.</returns>
    public int Answer(ReadOnlySpan<byte> frame, Span<byte> reply, long now, out WireEffect effect)
    {
        if (_rtu) return AnswerRtu(frame, reply, now, out effect);
        Mbap.Scan(frame, out var head);
        var body = reply[Mbap.HeaderLength..];
        if (Body(head.Unit, frame[Mbap.HeaderLength..], body, now, out effect) is not { } length) length = PduAnswer.Exception(frame[Mbap.HeaderLength], PduAnswer.TargetSilent, body);
        if (length == 0) return 0;
        var transaction = effect.WrongTransaction ? (ushort)(head.Transaction ^ 0x5A5A) : head.Transaction;
        new Mbap(transaction, head.Unit, length + effect.Short).WriteTo(reply);
        return Mbap.HeaderLength + length;
    }

    /// <summary>On a serial line nobody speaks for a device that is not there.</summary>
    private int AnswerRtu(ReadOnlySpan<byte> frame, Span<byte> reply, long now, out WireEffect effect)
    {
        if (Body(frame[0], frame[1..^2], reply[1..], now, out effect) is not (> 0 and var length)) return 0;
        var whole = RtuFrame.Write(reply, frame[0], length);
        if (effect.BadCrc) reply[whole - 1] ^= 0x5A;
        return Math.Max(1, whole - effect.Short);
    }

    /// <summary>Length of the answer's PDU, 0 for silence; null where there is no such device.</summary>
    private int? Body(byte unit, ReadOnlySpan<byte> pdu, Span<byte> body, long now, out WireEffect effect)
    {
        effect = default;
        if (Find(unit) is not { } found) return null;
        effect = found.Faults.At(now);
        if (effect.Silent) return 0;
        return effect.Exception != 0 ? PduAnswer.Exception(pdu[0], effect.Exception, body) : PduAnswer.Write(found.Device, pdu, body, now);
    }

    private (PlantDevice Device, WireFaults Faults)? Find(byte unit)
    {
        foreach (var entry in _devices)
        {
            if (entry.Device.Spec.UnitId == unit || (_answersToAny && unit is (0 or 255))) return entry;
        }

        return null;
    }
}
