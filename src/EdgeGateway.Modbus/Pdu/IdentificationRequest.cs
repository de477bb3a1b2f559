namespace EdgeGateway.Modbus.Pdu;

/// <summary>A request to read the device's identification: function 43, kind 14, code u8, first object u8.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.21.</remarks>
/// <param name="Code">1 basic, 2 regular, 3 extended: a stream from <paramref name="Object"/> on; 4 that object alone.</param>
/// <param name="Object">0 vendor, 1 product code, 2 revision, 3 vendor's URL, 4 product name, 5 model name, 6 application; others are the device's own.</param>
public readonly record struct IdentificationRequest(byte Code, byte Object)
{
    /// <summary>Bytes of the PDU.</summary>
    public const int Length = 4;

    /// <summary>Kind of encapsulated interface.</summary>
    public const byte Kind = 14;

    /// <summary>Writes the PDU.</summary>
    /// <returns>Bytes written.</returns>
    public int Write(Span<byte> output)
    {
        output[0] = (byte)FunctionCode.EncapsulatedInterface;
        output[1] = Kind;
        output[2] = Code;
        output[3] = Object;
        return Length;
    }

    /// <summary>Reads a PDU, as a device does.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, out IdentificationRequest request)
    {
        request = default;
        if (pdu.Length < Length) return PduFault.TooShort;
        if (pdu.Length > Length) return PduFault.TooLong;
        if (pdu[0] != (byte)FunctionCode.EncapsulatedInterface || pdu[1] != Kind) return PduFault.Function;
        request = new IdentificationRequest(pdu[2], pdu[3]);
        return request.Code is >= 1 and <= 4 ? PduFault.None : PduFault.Value;
    }
}
