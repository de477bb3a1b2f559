using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to write some holding registers and then read others: function u8, read address u16, read count u16, write address u16, write count u16, byte count u8, data.</summary>
/// <remarks>A view: it lives as long as its data. The answer is a <see cref="ReadResponse"/>. Source: MODBUS Application Protocol V1.1b3, 6.17.</remarks>
/// <param name="readAddress">First register to read.</param>
/// <param name="readCount">Registers to read.</param>
/// <param name="writeAddress">First register to write.</param>
/// <param name="data">What to write.</param>
public readonly ref struct ReadWriteRequest(ushort readAddress, ushort readCount, ushort writeAddress, ReadOnlySpan<byte> data)
{
    /// <summary>Bytes before the data.</summary>
    public const int HeaderLength = 10;

    private const int MaxRead = 125, MaxWrite = 121;

    /// <summary>First register to read, 0-based.</summary>
    public ushort ReadAddress { get; } = readAddress;

    /// <summary>Registers to read, 1 to 125.</summary>
    public ushort ReadCount { get; } = readCount;

    /// <summary>First register to write, 0-based.</summary>
    public ushort WriteAddress { get; } = writeAddress;

    /// <summary>What to write: 1 to 121 registers in wire order.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>What keeps it from being a valid request.</summary>
    public PduFault Check()
    {
        if (ReadCount is 0 or > MaxRead || Data.Length is 0 or > 2 * MaxWrite) return PduFault.Count;
        if (Data.Length % 2 != 0) return PduFault.ByteCount;
        var fits = ReadAddress + ReadCount <= FunctionCodes.AddressCount && WriteAddress + Data.Length / 2 <= FunctionCodes.AddressCount;
        return fits ? PduFault.None : PduFault.AddressRange;
    }

    /// <summary>Writes the PDU.</summary>
    /// <param name="output">At least <see cref="HeaderLength"/> + data bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)FunctionCode.ReadWriteRegisters;
        BinaryPrimitives.WriteUInt16BigEndian(output[1..], ReadAddress);
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], ReadCount);
        BinaryPrimitives.WriteUInt16BigEndian(output[5..], WriteAddress);
        BinaryPrimitives.WriteUInt16BigEndian(output[7..], (ushort)(Data.Length / 2));
        output[9] = checked((byte)Data.Length);
        Data.CopyTo(output[HeaderLength..]);
        return HeaderLength + Data.Length;
    }

    /// <summary>Reads a PDU, as a device does.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out ReadWriteRequest request)
    {
        request = default;
        if (pdu.Length < HeaderLength) return PduFault.TooShort;
        if (pdu[0] != (byte)FunctionCode.ReadWriteRegisters) return PduFault.Function;
        var end = HeaderLength + pdu[9];
        if (pdu.Length < end) return PduFault.TooShort;
        if (pdu.Length > end) return PduFault.TooLong;
        if (2 * BinaryPrimitives.ReadUInt16BigEndian(pdu[7..]) != pdu[9]) return PduFault.ByteCount;
        request = new ReadWriteRequest(BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[5..]), pdu[HeaderLength..end]);
        return request.Check();
    }
}
