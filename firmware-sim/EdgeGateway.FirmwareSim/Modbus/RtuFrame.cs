namespace EdgeGateway.FirmwareSim.Modbus;

/// <summary>The frame of Modbus RTU as serial servers carry it over TCP: unit, PDU, CRC with the low byte first. Pure.</summary>
internal static class RtuFrame
{
    /// <summary>Bytes around the PDU.</summary>
    public const int Overhead = 1 + CrcLength;

    private const int CrcLength = 2;
    private const int WriteManyCoils = 15, WriteManyRegisters = 16, CountAt = 6;

    /// <summary>Length of the request at the start of <paramref name="bytes"/>; malformed where its sum is wrong.</summary>
    public static MbapStatus Scan(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 8;
        if (bytes.Length < length) return MbapStatus.Incomplete;
        if (bytes[1] is WriteManyCoils or WriteManyRegisters) length = CountAt + 1 + bytes[CountAt] + CrcLength;
        if (bytes.Length < length) return MbapStatus.Incomplete;
        var sum = Crc(bytes[..(length - CrcLength)]);
        return bytes[length - 2] == (byte)sum && bytes[length - 1] == (byte)(sum >> 8) ? MbapStatus.Frame : MbapStatus.Malformed;
    }

    /// <summary>Puts unit and sum around a PDU that stands from the second byte on.</summary>
    /// <returns>Length of the frame.</returns>
    public static int Write(Span<byte> frame, byte unit, int pduLength)
    {
        frame[0] = unit;
        var sum = Crc(frame[..(1 + pduLength)]);
        (frame[1 + pduLength], frame[2 + pduLength]) = ((byte)sum, (byte)(sum >> 8));
        return pduLength + Overhead;
    }

    /// <summary>CRC-16 of Modbus over serial line, 2.5.1.2: 0xA001 reflected, from 0xFFFF.</summary>
    public static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF;
        foreach (var b in bytes)
        {
            crc ^= b;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xA001 : crc >> 1;
        }

        return (ushort)crc;
    }
}
