namespace EdgeGateway.Modbus.Pdu;

/// <summary>Where a PDU ends, told from its first bytes: on a serial line nothing else tells it (pauses of 1.5 characters do not survive USB adapters and networks).</summary>
/// <remarks>Pure; nothing is allocated.</remarks>
public static class PduLength
{
    /// <summary>Answer of <see cref="OfRequest"/> and <see cref="OfResponse"/>: more bytes are needed to tell.</summary>
    public const int NotYet = 0;

    /// <summary>Answer of <see cref="OfRequest"/> and <see cref="OfResponse"/>: a function whose length is not known.</summary>
    public const int Unknown = -1;

    /// <summary>Bytes of the request that begins with <paramref name="pdu"/>.</summary>
    public static int OfRequest(ReadOnlySpan<byte> pdu)
    {
        if (pdu.IsEmpty) return NotYet;
        switch ((FunctionCode)pdu[0])
        {
            case >= FunctionCode.ReadCoils and <= FunctionCode.WriteRegister:
                return ReadRequest.Length;
            case FunctionCode.WriteCoils or FunctionCode.WriteRegisters:
                return pdu.Length < WriteManyRequest.HeaderLength ? NotYet : WriteManyRequest.HeaderLength + pdu[5];
            case FunctionCode.MaskWriteRegister:
                return MaskWrite.Length;
            case FunctionCode.ReadWriteRegisters:
                return pdu.Length < ReadWriteRequest.HeaderLength ? NotYet : ReadWriteRequest.HeaderLength + pdu[9];
            case FunctionCode.EncapsulatedInterface:
                if (pdu.Length < 2) return NotYet;
                return pdu[1] == IdentificationRequest.Kind ? IdentificationRequest.Length : Unknown;
            default:
                return Unknown;
        }
    }

    /// <summary>Bytes of the response that begins with <paramref name="pdu"/>.</summary>
    public static int OfResponse(ReadOnlySpan<byte> pdu)
    {
        if (pdu.IsEmpty) return NotYet;
        if ((pdu[0] & ExceptionResponse.Bit) != 0) return ExceptionResponse.Length;
        switch ((FunctionCode)pdu[0])
        {
            case >= FunctionCode.ReadCoils and <= FunctionCode.ReadInputRegisters:
            case FunctionCode.ReadWriteRegisters:
                return pdu.Length < 2 ? NotYet : 2 + pdu[1];
            case FunctionCode.WriteCoil or FunctionCode.WriteRegister or FunctionCode.WriteCoils or FunctionCode.WriteRegisters:
                return WriteSingle.Length;
            case FunctionCode.MaskWriteRegister:
                return MaskWrite.Length;
            case FunctionCode.EncapsulatedInterface:
                return OfIdentification(pdu);
            default:
                return Unknown;
        }
    }

    private static int OfIdentification(ReadOnlySpan<byte> pdu)
    {
        if (pdu.Length > 1 && pdu[1] != IdentificationRequest.Kind) return Unknown;
        if (pdu.Length < IdentificationResponse.HeaderLength) return NotYet;
        var at = IdentificationResponse.HeaderLength;
        for (var i = 0; i < pdu[6]; i++)
        {
            if (pdu.Length < at + 2) return NotYet;
            at += 2 + pdu[at + 1];
        }
        return at;
    }
}
