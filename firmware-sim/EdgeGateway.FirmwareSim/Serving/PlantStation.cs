using System.Collections.Immutable;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Modbus;
using EdgeGateway.FirmwareSim.Registers;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>The devices behind one port: turns a request frame into an answer frame and says how it is to be sent. Immutable; thread-safe.</summary>
internal sealed class PlantStation
{
    private readonly ImmutableArray<(PlantDevice Device, WireFaults Faults)> _devices;
    private readonly bool _answersToAny;

    public PlantStation(ImmutableArray<(PlantDevice Device, WireFaults Faults)> devices, bool answersToAny)
    {
        _devices = devices;
        _answersToAny = answersToAny;
    }

    /// <summary>Writes the answer to one request.</summary>
    /// <param name="frame">Header of the request.</param>
    /// <param name="pdu">Its PDU, at least one byte.</param>
    /// <param name="reply">Takes the answer; <see cref="Mbap.MaxFrame"/> bytes.</param>
    /// <param name="now">UTC microseconds.</param>
    /// <param name="effect">What faults make of it.</param>
    /// <returns>Length of the answer, or 0 for silence.</returns>
    public int Answer(Mbap frame, ReadOnlySpan<byte> pdu, Span<byte> reply, long now, out WireEffect effect)
    {
        effect = default;
        var body = reply[Mbap.HeaderLength..];
        int length;
        if (Find(frame.Unit) is not { } found)
        {
            length = PduAnswer.Exception(pdu[0], PduAnswer.TargetSilent, body);
        }
        else
        {
            effect = found.Faults.At(now);
            if (effect.Silent) return 0;
            length = effect.Exception != 0 ? PduAnswer.Exception(pdu[0], effect.Exception, body) : PduAnswer.Write(found.Device, pdu, body, now);
        }

        var transaction = effect.WrongTransaction ? (ushort)(frame.Transaction ^ 0x5A5A) : frame.Transaction;
        var answer = new Mbap(transaction, frame.Unit, length);
        answer.WriteTo(reply);
        return answer.FrameLength;
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
