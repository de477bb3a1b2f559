namespace EdgeGateway.Modbus.Framing;

/// <summary>Frames of Modbus ASCII: a colon, then unit, PDU and LRC as two hexadecimal digits each, carriage return, line feed.</summary>
/// <remarks>Pure; nothing is allocated. Source: MODBUS over Serial Line V1.02, 2.5.2 and 6.2.1.</remarks>
public static class AsciiFrame
{
    /// <summary>Bytes of the longest frame.</summary>
    public const int MaxFrame = 1 + 2 * MaxDecoded + 2;

    /// <summary>Bytes that the longest frame decodes to.</summary>
    public const int MaxDecoded = 1 + Mbap.MaxPdu + 1;

    private const int MinDecoded = 3;
    private const byte Colon = (byte)':', Return = (byte)'\r', Feed = (byte)'\n';

    /// <summary>Looks for a frame at the start of <paramref name="input"/>; both directions look alike.</summary>
    /// <param name="input">What was received, from the start of a frame; stays the caller's.</param>
    /// <param name="decoded">Receives unit, PDU and LRC; at least <see cref="MaxDecoded"/> bytes.</param>
    /// <param name="frame">The frame, where <see cref="ScanStatus.Done"/>; a view of <paramref name="decoded"/>.</param>
    /// <param name="fault">The reason, where <see cref="ScanStatus.Malformed"/>; found as soon as the bytes that show it are there.</param>
    public static ScanStatus Scan(ReadOnlySpan<byte> input, Span<byte> decoded, out SerialFrame frame, out FrameFault fault)
    {
        frame = default;
        fault = FrameFault.None;
        if (input.IsEmpty) return ScanStatus.NeedMoreData;
        if (input[0] != Colon) return Reject(FrameFault.Start, out fault);
        var digits = 0;
        while (1 + digits < input.Length && Digit(input[1 + digits]) >= 0) digits++;
        if (digits > 2 * MaxDecoded) return Reject(FrameFault.LengthTooLong, out fault);
        var end = 1 + digits;
        if (end == input.Length) return ScanStatus.NeedMoreData;
        if (input[end] != Return || digits % 2 != 0) return Reject(FrameFault.Digit, out fault);
        if (digits < 2 * MinDecoded) return Reject(FrameFault.LengthTooShort, out fault);
        if (end + 1 == input.Length) return ScanStatus.NeedMoreData;
        if (input[end + 1] != Feed) return Reject(FrameFault.End, out fault);
        byte sum = 0;
        for (var i = 0; i < digits / 2; i++)
        {
            decoded[i] = (byte)((Digit(input[1 + 2 * i]) << 4) | Digit(input[2 + 2 * i]));
            sum += decoded[i];
        }
        // The LRC is the negative sum of what stands before it.
        if (sum != 0) return Reject(FrameFault.Checksum, out fault);
        frame = new SerialFrame(decoded[0], decoded[1..(digits / 2 - 1)], end + 2);
        return ScanStatus.Done;
    }

    /// <summary>Writes a frame.</summary>
    /// <param name="output">Receives it; at least 7 + 2 × PDU bytes.</param>
    /// <param name="unit">Address of the device.</param>
    /// <param name="pdu">1 to 253 bytes; must not overlap <paramref name="output"/>.</param>
    /// <returns>Bytes written.</returns>
    /// <exception cref="ArgumentException">The PDU is empty or too long.</exception>
    public static int Write(Span<byte> output, byte unit, ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length is < 1 or > Mbap.MaxPdu) throw new ArgumentException("A PDU has 1 to 253 bytes.", nameof(pdu));
        output[0] = Colon;
        var sum = unit;
        var at = Put(output, 1, unit);
        foreach (var b in pdu)
        {
            sum += b;
            at = Put(output, at, b);
        }
        at = Put(output, at, (byte)-sum);
        output[at] = Return;
        output[at + 1] = Feed;
        return at + 2;
    }

    private static int Put(Span<byte> output, int at, byte value)
    {
        var digits = "0123456789ABCDEF"u8;
        output[at] = digits[value >> 4];
        output[at + 1] = digits[value & 15];
        return at + 2;
    }

    // Devices write capitals; small letters are read too.
    private static int Digit(byte c) => c switch
    {
        >= (byte)'0' and <= (byte)'9' => c - '0',
        >= (byte)'A' and <= (byte)'F' => c - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => c - 'a' + 10,
        _ => -1,
    };

    private static ScanStatus Reject(FrameFault reason, out FrameFault fault)
    {
        fault = reason;
        return ScanStatus.Malformed;
    }
}
