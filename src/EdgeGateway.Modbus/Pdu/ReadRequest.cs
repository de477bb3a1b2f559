using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to read neighbouring items of one table: function u8, first address u16, count u16.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.1 to 6.4.</remarks>
/// <param name="Function">Which table.</param>
/// <param name="Address">First address, 0-based.</param>
/// <param name="Count">Items, 1 to <see cref="FunctionCodes.MaxCount"/>.</param>
public readonly record struct ReadRequest(FunctionCode Function, ushort Address, ushort Count)
{
    /// <summary>Bytes of the PDU.</summary>
    public const int Length = 5;

    /// <summary>Bytes of data in its response.</summary>
    public int DataLength => Function.ByteCount(Count);

    /// <summary>What keeps it from being a valid request.</summary>
    public PduFault Check()
    {
        if (!Function.IsRead()) return PduFault.Function;
        if (Count == 0 || Count > Function.MaxCount()) return PduFault.Count;
        return Address + Count > FunctionCodes.AddressCount ? PduFault.AddressRange : PduFault.None;
    }

    /// <summary>Writes the PDU.</summary>
    /// <param name="output">At least <see cref="Length"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)Function;
        BinaryPrimitives.WriteUInt16BigEndian(output[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], Count);
        return Length;
    }

    /// <summary>Reads a PDU, as a device does.</summary>
    /// <returns>What is wrong with it; the request holds what was read where it is long enough.</returns>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out ReadRequest request)
    {
        request = default;
        if (pdu.Length < Length) return PduFault.TooShort;
        request = new ReadRequest((FunctionCode)pdu[0], BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
        return pdu.Length > Length ? PduFault.TooLong : request.Check();
    }
}
