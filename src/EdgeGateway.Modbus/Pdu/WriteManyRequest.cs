using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to write neighbouring coils or registers: function u8, address u16, count u16, byte count u8, data.</summary>
/// <remarks>A view: it lives as long as its data. Source: MODBUS Application Protocol V1.1b3, 6.11 and 6.12.</remarks>
/// <param name="function"><see cref="FunctionCode.WriteCoils"/> or <see cref="FunctionCode.WriteRegisters"/>.</param>
/// <param name="address">First address, 0-based.</param>
/// <param name="count">Items.</param>
/// <param name="data">The items in wire order.</param>
public readonly ref struct WriteManyRequest(FunctionCode function, ushort address, ushort count, ReadOnlySpan<byte> data)
{
    /// <summary>Bytes before the data.</summary>
    public const int HeaderLength = 6;

    /// <summary>Which table.</summary>
    public FunctionCode Function { get; } = function;

    /// <summary>First address, 0-based.</summary>
    public ushort Address { get; } = address;

    /// <summary>Items: 1 to 1 968 coils or 1 to 123 registers.</summary>
    public ushort Count { get; } = count;

    /// <summary>The items in wire order: the lowest coil in the lowest bit.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>What keeps it from being a valid request.</summary>
    public PduFault Check()
    {
        if (Function is not (FunctionCode.WriteCoils or FunctionCode.WriteRegisters)) return PduFault.Function;
        var coils = Function == FunctionCode.WriteCoils;
        if (Count == 0 || Count > (coils ? 1_968 : 123)) return PduFault.Count;
        if (Data.Length != (coils ? (Count + 7) / 8 : 2 * Count)) return PduFault.ByteCount;
        return Address + Count > FunctionCodes.AddressCount ? PduFault.AddressRange : PduFault.None;
    }

    /// <summary>Writes the PDU.</summary>
    /// <param name="output">At least <see cref="HeaderLength"/> + data bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)Function;
        BinaryPrimitives.WriteUInt16BigEndian(output[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], Count);
        output[5] = checked((byte)Data.Length);
        Data.CopyTo(output[HeaderLength..]);
        return HeaderLength + Data.Length;
    }

    /// <summary>Reads a PDU, as a device does.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out WriteManyRequest request)
    {
        request = default;
        if (pdu.Length < HeaderLength) return PduFault.TooShort;
        var end = HeaderLength + pdu[5];
        if (pdu.Length < end) return PduFault.TooShort;
        request = new WriteManyRequest((FunctionCode)pdu[0], BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]), pdu[HeaderLength..end]);
        return pdu.Length > end ? PduFault.TooLong : request.Check();
    }
}
