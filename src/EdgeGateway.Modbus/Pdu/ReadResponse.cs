namespace EdgeGateway.Modbus.Pdu;

/// <summary>The answer to a <see cref="ReadRequest"/>: function u8, byte count u8, data; or function + 0x80, exception code.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.1 to 6.4 and 7. A view: it lives as long as the bytes it was read from.</remarks>
public readonly ref struct ReadResponse
{
    private const byte ExceptionBit = 0x80;
    private const int ExceptionLength = 2;

    private ReadResponse(ReadOnlySpan<byte> data, ExceptionCode exception)
    {
        Data = data;
        Exception = exception;
    }

    /// <summary>The items in wire order; empty where the device refused.</summary>
    public ReadOnlySpan<byte> Data { get; }

    /// <summary>Why the device refused, or 0.</summary>
    public ExceptionCode Exception { get; }

    /// <summary>True where the device refused.</summary>
    public bool IsException => Exception != 0;

    /// <summary>Reads the answer to <paramref name="request"/>; what was not asked for is never taken.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, scoped in ReadRequest request, out ReadResponse response)
    {
        response = default;
        if (pdu.IsEmpty) return PduFault.TooShort;
        var function = (byte)request.Function;
        if (pdu[0] == (function | ExceptionBit))
        {
            if (pdu.Length < ExceptionLength) return PduFault.TooShort;
            if (pdu.Length > ExceptionLength) return PduFault.TooLong;
            if (pdu[1] == 0) return PduFault.Function;
            response = new ReadResponse(default, (ExceptionCode)pdu[1]);
            return PduFault.None;
        }
        if (pdu[0] != function) return PduFault.Function;
        if (pdu.Length < 2) return PduFault.TooShort;
        if (pdu[1] != request.DataLength) return PduFault.ByteCount;
        if (pdu.Length < 2 + pdu[1]) return PduFault.TooShort;
        if (pdu.Length > 2 + pdu[1]) return PduFault.TooLong;
        response = new ReadResponse(pdu[2..], 0);
        return PduFault.None;
    }

    /// <summary>Writes an answer with data.</summary>
    /// <param name="output">At least 2 + data bytes.</param>
    /// <param name="function">The request's function.</param>
    /// <param name="data">At most 250 bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> output, FunctionCode function, ReadOnlySpan<byte> data)
    {
        output[0] = (byte)function;
        output[1] = checked((byte)data.Length);
        data.CopyTo(output[2..]);
        return 2 + data.Length;
    }

    /// <summary>Writes a refusal.</summary>
    /// <returns>Bytes written.</returns>
    public static int WriteException(Span<byte> output, FunctionCode function, ExceptionCode code)
    {
        output[0] = (byte)((byte)function | ExceptionBit);
        output[1] = (byte)code;
        return ExceptionLength;
    }
}
