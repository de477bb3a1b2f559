namespace EdgeGateway.Modbus.Pdu;

/// <summary>Why bytes are no such PDU.</summary>
public enum PduFault
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>Bytes are missing.</summary>
    TooShort = 1,

    /// <summary>There are bytes behind the end.</summary>
    TooLong = 2,

    /// <summary>The function code is not the expected one.</summary>
    Function = 3,

    /// <summary>The byte count does not fit the request, or the bytes that follow.</summary>
    ByteCount = 4,

    /// <summary>The count of items is 0 or above the limit.</summary>
    Count = 5,

    /// <summary>The items reach beyond address 65 535.</summary>
    AddressRange = 6,
}

/// <summary>Words for a <see cref="PduFault"/>.</summary>
public static class PduFaultWords
{
    /// <summary>What is wrong, for people.</summary>
    public static string Word(this PduFault fault) => fault switch
    {
        PduFault.None => "nothing is wrong",
        PduFault.TooShort => "it ends too early",
        PduFault.TooLong => "it is too long",
        PduFault.Function => "its function code is not the request's",
        PduFault.ByteCount => "its byte count does not fit the request",
        PduFault.Count => "its count is out of limits",
        PduFault.AddressRange => "it reaches beyond address 65535",
        _ => "it makes no sense",
    };
}
