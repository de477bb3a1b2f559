namespace EdgeGateway.Modbus.Pdu;

/// <summary>A refusal: function + 0x80, exception code u8.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 7.</remarks>
public static class ExceptionResponse
{
    /// <summary>Bytes of the PDU.</summary>
    public const int Length = 2;

    /// <summary>Set in the function code of a refusal.</summary>
    public const byte Bit = 0x80;

    /// <summary>True where <paramref name="first"/>, the first byte of a PDU, refuses a request of <paramref name="function"/>.</summary>
    public static bool IsFor(byte first, FunctionCode function) => first == ((byte)function | Bit);

    /// <summary>Reads a refusal of a request of <paramref name="function"/>.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, FunctionCode function, out ExceptionCode code)
    {
        code = 0;
        if (pdu.IsEmpty) return PduFault.TooShort;
        if (!IsFor(pdu[0], function)) return PduFault.Function;
        if (pdu.Length < Length) return PduFault.TooShort;
        if (pdu.Length > Length) return PduFault.TooLong;
        if (pdu[1] == 0) return PduFault.Value;
        code = (ExceptionCode)pdu[1];
        return PduFault.None;
    }

    /// <summary>Writes a refusal.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> output, FunctionCode function, ExceptionCode code)
    {
        output[0] = (byte)((byte)function | Bit);
        output[1] = (byte)code;
        return Length;
    }
}
