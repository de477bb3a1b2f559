namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Why bytes are no valid encoding.</summary>
public enum DecodeFault : byte
{
    /// <summary>They are, so far.</summary>
    None = 0,
    /// <summary>A value goes on past the end of the message.</summary>
    Truncated,
    /// <summary>A length or count is negative or beyond what the rest of the message can hold.</summary>
    BadLength,
    /// <summary>Values nest deeper than <see cref="UaReader.MaxDepth"/>.</summary>
    TooDeep,
    /// <summary>An encoding byte or a combination that the standard does not know.</summary>
    BadEncoding,
}
