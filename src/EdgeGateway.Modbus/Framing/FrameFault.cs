namespace EdgeGateway.Modbus.Framing;

/// <summary>Why bytes are no frame.</summary>
public enum FrameFault
{
    /// <summary>Nothing is wrong.</summary>
    None = 0,

    /// <summary>The protocol identifier is not 0.</summary>
    ProtocolId = 1,

    /// <summary>The length leaves no room for unit identifier and function code.</summary>
    LengthTooShort = 2,

    /// <summary>The length is beyond the greatest PDU.</summary>
    LengthTooLong = 3,
}

/// <summary>Words for a <see cref="FrameFault"/>.</summary>
public static class FrameFaultWords
{
    /// <summary>What is wrong, for people.</summary>
    public static string Word(this FrameFault fault) => fault switch
    {
        FrameFault.None => "nothing is wrong",
        FrameFault.ProtocolId => "the protocol identifier is not 0: this is not Modbus TCP",
        FrameFault.LengthTooShort => "the length field is below 2",
        FrameFault.LengthTooLong => "the length field is above 254",
        _ => "not a frame",
    };
}
