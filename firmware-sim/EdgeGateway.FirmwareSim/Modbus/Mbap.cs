using System.Buffers.Binary;

namespace EdgeGateway.FirmwareSim.Modbus;

internal enum MbapStatus
{
    /// <summary>More bytes are needed.</summary>
    Incomplete,

    /// <summary>A whole frame.</summary>
    Frame,

    /// <summary>No Modbus: where the next frame begins is unknown, so the connection must go.</summary>
    Malformed,
}

/// <summary>The frame of Modbus TCP: transaction, protocol (0), length, unit, then the PDU. Pure.</summary>
/// <param name="Transaction">Transaction id.</param>
/// <param name="Unit">Unit id.</param>
/// <param name="PduLength">Bytes of the PDU, 1 to 253.</param>
internal readonly record struct Mbap(ushort Transaction, byte Unit, int PduLength)
{
    public const int HeaderLength = 7;
    public const int MaxPdu = 253;
    public const int MaxFrame = HeaderLength + MaxPdu;

    public int FrameLength => HeaderLength + PduLength;

    /// <summary>Reads the header of the frame at the start of <paramref name="bytes"/>; a frame is malformed as soon as that can be known.</summary>
    public static MbapStatus Scan(ReadOnlySpan<byte> bytes, out Mbap frame)
    {
        frame = default;
        if (bytes.Length > 2 && bytes[2] != 0) return MbapStatus.Malformed;
        if (bytes.Length > 3 && bytes[3] != 0) return MbapStatus.Malformed;
        if (bytes.Length > 4 && bytes[4] != 0) return MbapStatus.Malformed;
        if (bytes.Length > 5 && (bytes[5] < 2 || bytes[5] > MaxPdu + 1)) return MbapStatus.Malformed;
        if (bytes.Length < HeaderLength || bytes.Length < HeaderLength + bytes[5] - 1) return MbapStatus.Incomplete;
        frame = new Mbap(BinaryPrimitives.ReadUInt16BigEndian(bytes), bytes[6], bytes[5] - 1);
        return MbapStatus.Frame;
    }

    public void WriteTo(Span<byte> bytes)
    {
        BinaryPrimitives.WriteUInt16BigEndian(bytes, Transaction);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[2..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[4..], (ushort)(PduLength + 1));
        bytes[6] = Unit;
    }
}
