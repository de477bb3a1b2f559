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

    /// <summary>CRC or LRC does not fit the bytes.</summary>
    Checksum = 4,

    /// <summary>A function code whose length is not known, so its end cannot be found.</summary>
    Function = 5,

    /// <summary>No colon where an ASCII frame begins.</summary>
    Start = 6,

    /// <summary>A character that is no hexadecimal digit, or half a byte.</summary>
    Digit = 7,

    /// <summary>A carriage return without its line feed.</summary>
    End = 8,
}

/// <summary>Words for a <see cref="FrameFault"/>.</summary>
public static class FrameFaultWords
{
    /// <summary>What is wrong, for people.</summary>
    public static string Word(this FrameFault fault) => fault switch
    {
        FrameFault.None => "nothing is wrong",
        FrameFault.ProtocolId => "the protocol identifier is not 0: this is not Modbus TCP",
        FrameFault.LengthTooShort => "it is shorter than a frame can be",
        FrameFault.LengthTooLong => "it is longer than a frame can be",
        FrameFault.Checksum => "its checksum is wrong",
        FrameFault.Function => "its function code is unknown",
        FrameFault.Start => "it does not begin with a colon",
        FrameFault.Digit => "it is not written in whole hexadecimal bytes",
        FrameFault.End => "it does not end with carriage return and line feed",
        _ => "not a frame",
    };
}
