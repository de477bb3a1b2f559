using System.Buffers.Binary;
using EdgeGateway.Modbus.Pdu;

namespace EdgeGateway.Modbus.Framing;

/// <summary>Frames of Modbus RTU: unit u8, PDU, CRC u16 (little-endian). Their end is told from the PDU's first bytes, so pauses do not matter.</summary>
/// <remarks>Pure; nothing is allocated. Source: MODBUS over Serial Line V1.02, 2.5.1.</remarks>
public static class Rtu
{
    /// <summary>Bytes around the PDU.</summary>
    public const int Overhead = 3;

    /// <summary>Bytes of the longest frame.</summary>
    public const int MaxFrame = Overhead + Mbap.MaxPdu;

    /// <summary>Bytes of the shortest frame.</summary>
    public const int MinFrame = Overhead + 1;

    /// <summary>Looks for a request at the start of <paramref name="input"/>, as a device does.</summary>
    /// <param name="input">What was received, from the start of a frame; stays the caller's.</param>
    /// <param name="frame">The frame, where <see cref="ScanStatus.Done"/>; a view of <paramref name="input"/>.</param>
    /// <param name="fault">The reason, where <see cref="ScanStatus.Malformed"/>.</param>
    public static ScanStatus ScanRequest(ReadOnlySpan<byte> input, out SerialFrame frame, out FrameFault fault) =>
        Scan(input, input.IsEmpty ? PduLength.NotYet : PduLength.OfRequest(input[1..]), out frame, out fault);

    /// <summary>Looks for a response at the start of <paramref name="input"/>, as a master does.</summary>
    /// <param name="input">What was received, from the start of a frame; stays the caller's.</param>
    /// <param name="frame">The frame, where <see cref="ScanStatus.Done"/>; a view of <paramref name="input"/>.</param>
    /// <param name="fault">The reason, where <see cref="ScanStatus.Malformed"/>.</param>
    public static ScanStatus ScanResponse(ReadOnlySpan<byte> input, out SerialFrame frame, out FrameFault fault) =>
        Scan(input, input.IsEmpty ? PduLength.NotYet : PduLength.OfResponse(input[1..]), out frame, out fault);

    /// <summary>Writes a frame.</summary>
    /// <param name="output">Receives it; at least <see cref="Overhead"/> + PDU bytes.</param>
    /// <param name="unit">Address of the device.</param>
    /// <param name="pdu">1 to 253 bytes; must not overlap <paramref name="output"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The PDU is empty or too long, or the output is too short.</exception>
    public static int Write(Span<byte> output, byte unit, ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length is < 1 or > Mbap.MaxPdu) throw new ArgumentException("A PDU has 1 to 253 bytes.", nameof(pdu));
        output[0] = unit;
        pdu.CopyTo(output[1..]);
        BinaryPrimitives.WriteUInt16LittleEndian(output[(1 + pdu.Length)..], Crc16.Of(output[..(1 + pdu.Length)]));
        return Overhead + pdu.Length;
    }

    private static ScanStatus Scan(ReadOnlySpan<byte> input, int pduLength, out SerialFrame frame, out FrameFault fault)
    {
        frame = default;
        fault = FrameFault.None;
        if (pduLength == PduLength.Unknown) fault = FrameFault.Function;
        else if (pduLength > Mbap.MaxPdu) fault = FrameFault.LengthTooLong;
        if (fault != FrameFault.None) return ScanStatus.Malformed;
        if (pduLength == PduLength.NotYet) return input.Length < MaxFrame ? ScanStatus.NeedMoreData : Overlong(out fault);
        var length = Overhead + pduLength;
        if (input.Length < length) return ScanStatus.NeedMoreData;
        if (BinaryPrimitives.ReadUInt16LittleEndian(input[(length - 2)..]) != Crc16.Of(input[..(length - 2)]))
        {
            fault = FrameFault.Checksum;
            return ScanStatus.Malformed;
        }
        frame = new SerialFrame(input[0], input.Slice(1, pduLength), length);
        return ScanStatus.Done;
    }

    private static ScanStatus Overlong(out FrameFault fault)
    {
        fault = FrameFault.LengthTooLong;
        return ScanStatus.Malformed;
    }
}
