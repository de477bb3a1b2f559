using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to change bits of one holding register: function u8, address u16, AND mask u16, OR mask u16. The answer repeats it.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.16.</remarks>
/// <param name="Address">0-based.</param>
/// <param name="And">Bits that stay.</param>
/// <param name="Or">Values of the bits that do not.</param>
public readonly record struct MaskWrite(ushort Address, ushort And, ushort Or)
{
    /// <summary>Bytes of the PDU.</summary>
    public const int Length = 7;

    /// <summary>What the register holds afterwards.</summary>
    public ushort Apply(ushort value) => (ushort)((value & And) | (Or & ~And));

    /// <summary>Writes the PDU.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)FunctionCode.MaskWriteRegister;
        BinaryPrimitives.WriteUInt16BigEndian(output[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], And);
        BinaryPrimitives.WriteUInt16BigEndian(output[5..], Or);
        return Length;
    }

    /// <summary>Reads a PDU.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out MaskWrite request)
    {
        request = default;
        if (pdu.Length < Length) return PduFault.TooShort;
        if (pdu.Length > Length) return PduFault.TooLong;
        if (pdu[0] != (byte)FunctionCode.MaskWriteRegister) return PduFault.Function;
        request = new MaskWrite(BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[5..]));
        return PduFault.None;
    }
}
