namespace EdgeGateway.Modbus.Pdu;

/// <summary>The answer to a writing request: it repeats the request, of many items only address and count.</summary>
/// <remarks>Source: MODBUS Application Protocol V1.1b3, 6.5, 6.6, 6.11, 6.12, 6.16 and 7.</remarks>
public static class WriteResponse
{
    private const int ManyLength = 5;

    /// <summary>Reads the answer to <paramref name="request"/>.</summary>
    /// <param name="pdu">The answer.</param>
    /// <param name="request">PDU of a request of function 5, 6, 15, 16 or 22.</param>
    /// <param name="exception">Why the device refused, or 0.</param>
    public static PduFault Read(ReadOnlySpan<byte> pdu, ReadOnlySpan<byte> request, out ExceptionCode exception)
    {
        exception = 0;
        if (pdu.IsEmpty || request.IsEmpty) return PduFault.TooShort;
        var function = (FunctionCode)request[0];
        if (ExceptionResponse.IsFor(pdu[0], function)) return ExceptionResponse.Read(pdu, function, out exception);
        if (pdu[0] != request[0]) return PduFault.Function;
        var echo = Echo(request);
        if (pdu.Length < echo.Length) return PduFault.TooShort;
        if (pdu.Length > echo.Length) return PduFault.TooLong;
        return pdu.SequenceEqual(echo) ? PduFault.None : PduFault.Echo;
    }

    /// <summary>Writes the answer to <paramref name="request"/>, as a device does.</summary>
    /// <returns>Bytes written.</returns>
    public static int Write(Span<byte> output, ReadOnlySpan<byte> request)
    {
        var echo = Echo(request);
        echo.CopyTo(output);
        return echo.Length;
    }

    private static ReadOnlySpan<byte> Echo(ReadOnlySpan<byte> request) =>
        (FunctionCode)request[0] is FunctionCode.WriteCoils or FunctionCode.WriteRegisters ? request[..Math.Min(ManyLength, request.Length)] : request;
}
