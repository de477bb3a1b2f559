namespace EdgeGateway.Modbus.Framing;

/// <summary>What a frame scanner found at the start of its input.</summary>
public enum ScanStatus
{
    /// <summary>A beginning that may still become a frame.</summary>
    NeedMoreData = 0,

    /// <summary>A whole frame.</summary>
    Done = 1,

    /// <summary>Bytes that no frame begins with: the stream cannot be followed any further.</summary>
    Malformed = 2,
}
