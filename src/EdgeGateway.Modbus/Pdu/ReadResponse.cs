namespace EdgeGateway.Modbus.Pdu;

/// <summary>The answer to a <see cref="ReadRequest"/>: function u8, byte count u8, data; or function + 0x80, exception code.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.1 to 6.4 and 7. A view: it lives as long as the bytes it was read from.</remarks>
public readonly ref struct ReadResponse
{
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
    public static PduFault Read(ReadOnlySpan<byte> pdu, scoped in ReadRequest request, out ReadResponse response) => Read(pdu, request.Function, request.DataLength, out response);

    /// <summary>Reads the answer to a request of <paramref name="function"/> that asked for <paramref name="dataLength"/> bytes.</summary>
    public static PduFault Read(ReadOnlySpan<byte> pdu, FunctionCode function, int dataLength, out ReadResponse response)
    {
        response = default;
        if (pdu.IsEmpty) return PduFault.TooShort;
        if (ExceptionResponse.IsFor(pdu[0], function))
        {
            var fault = ExceptionResponse.Read(pdu, function, out var code);
            if (fault == PduFault.None) response = new ReadResponse(default, code);
            return fault;
        }
        if (pdu[0] != (byte)function) return PduFault.Function;
        if (pdu.Length < 2) return PduFault.TooShort;
        if (pdu[1] != dataLength) return PduFault.ByteCount;
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
}
