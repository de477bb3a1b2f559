using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Framing;

/// <summary>Frames of Modbus TCP: a header of seven bytes (transaction u16, protocol u16 = 0, length u16, unit u8) before the PDU; numbers are big-endian.</summary>
/// <remarks>Pure; nothing is allocated. Source: MODBUS Messaging on TCP/IP Implementation Guide V1.0b, 3.1.3 and 4.1.</remarks>
public static class Mbap
{
    /// <summary>Bytes before the PDU.</summary>
    public const int HeaderLength = 7;

    /// <summary>Bytes of the longest PDU.</summary>
    public const int MaxPdu = 253;

    /// <summary>Bytes of the longest frame.</summary>
    public const int MaxFrame = HeaderLength + MaxPdu;

    // The length field counts the unit identifier and the PDU.
    private const int MinLength = 2, MaxLength = 1 + MaxPdu;

    /// <summary>Looks for a frame at the start of <paramref name="input"/>.</summary>
    /// <param name="input">What was received, from the start of a frame; stays the caller's.</param>
    /// <param name="frame">The frame, where <see cref="ScanStatus.Done"/>; a view of <paramref name="input"/>. The next frame begins behind <see cref="MbapFrame.Length"/> bytes.</param>
    /// <param name="fault">The reason, where <see cref="ScanStatus.Malformed"/>; found as soon as the bytes that show it are there.</param>
    public static ScanStatus Scan(ReadOnlySpan<byte> input, out MbapFrame frame, out FrameFault fault)
    {
        frame = default;
        fault = FrameFault.None;
        if (input.Length > 2 && input[2] != 0) return Reject(FrameFault.ProtocolId, out fault);
        if (input.Length > 3 && input[3] != 0) return Reject(FrameFault.ProtocolId, out fault);
        if (input.Length > 4 && input[4] != 0) return Reject(FrameFault.LengthTooLong, out fault);
        if (input.Length < 6) return ScanStatus.NeedMoreData;
        int length = input[5];
        if (length < MinLength) return Reject(FrameFault.LengthTooShort, out fault);
        if (length > MaxLength) return Reject(FrameFault.LengthTooLong, out fault);
        if (input.Length < 6 + length) return ScanStatus.NeedMoreData;
        frame = new MbapFrame(BinaryPrimitives.ReadUInt16BigEndian(input), input[6], input.Slice(HeaderLength, length - 1));
        return ScanStatus.Done;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="output">Receives it; at least <see cref="HeaderLength"/> + PDU bytes.</param>
    /// <param name="transaction">Transaction identifier.</param>
    /// <param name="unit">Unit identifier.</param>
    /// <param name="pdu">1 to 253 bytes; must not overlap <paramref name="output"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The PDU is empty or too long, or the output is too short.</exception>
    public static int Write(Span<byte> output, ushort transaction, byte unit, ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length is < 1 or > MaxPdu) throw new ArgumentException("A PDU has 1 to 253 bytes.", nameof(pdu));
        BinaryPrimitives.WriteUInt16BigEndian(output, transaction);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(output[4..], (ushort)(1 + pdu.Length));
        output[6] = unit;
        pdu.CopyTo(output[HeaderLength..]);
        return HeaderLength + pdu.Length;
    }

    private static ScanStatus Reject(FrameFault reason, out FrameFault fault)
    {
        fault = reason;
        return ScanStatus.Malformed;
    }
}
