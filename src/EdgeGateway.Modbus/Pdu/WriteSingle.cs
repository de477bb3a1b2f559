using System.Buffers.Binary;

namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to write one coil or register: function u8, address u16, value u16. The answer repeats it.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.5 and 6.6.</remarks>
/// <param name="Function"><see cref="FunctionCode.WriteCoil"/> or <see cref="FunctionCode.WriteRegister"/>.</param>
/// <param name="Address">0-based.</param>
/// <param name="Value">Of a coil <see cref="On"/> or 0.</param>
public readonly record struct WriteSingle(FunctionCode Function, ushort Address, ushort Value)
{
    /// <summary>Bytes of the PDU.</summary>
    public const int Length = 5;

    /// <summary>Value of a coil that is on.</summary>
    public const ushort On = 0xFF00;

    /// <summary>A coil to be switched.</summary>
    public static WriteSingle Coil(ushort address, bool on) => new(FunctionCode.WriteCoil, address, on ? On : (ushort)0);

    /// <summary>A register to be written.</summary>
    public static WriteSingle Register(ushort address, ushort value) => new(FunctionCode.WriteRegister, address, value);

    /// <summary>What keeps it from being a valid request.</summary>
    public PduFault Check() => Function switch
    {
        FunctionCode.WriteRegister => PduFault.None,
        FunctionCode.WriteCoil => Value is 0 or On ? PduFault.None : PduFault.Value,
        _ => PduFault.Function,
    };

    /// <summary>Writes the PDU.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)Function;
        BinaryPrimitives.WriteUInt16BigEndian(output[1..], Address);
        BinaryPrimitives.WriteUInt16BigEndian(output[3..], Value);
        return Length;
    }

    /// <summary>Reads a PDU.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out WriteSingle request)
    {
        request = default;
        if (pdu.Length < Length) return PduFault.TooShort;
        request = new WriteSingle((FunctionCode)pdu[0], BinaryPrimitives.ReadUInt16BigEndian(pdu[1..]), BinaryPrimitives.ReadUInt16BigEndian(pdu[3..]));
        return pdu.Length > Length ? PduFault.TooLong : request.Check();
    }
}
