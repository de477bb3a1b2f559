namespace EdgeGateway.OpcUa.Security;

/// <summary>Why a channel cannot go on.</summary>
public enum ChannelFault : byte
{
    /// <summary>It can.</summary>
    None = 0,
    /// <summary>Bytes that are no chunk of this protocol.</summary>
    Malformed,
    /// <summary>A chunk or message beyond what was agreed.</summary>
    LimitExceeded,
    /// <summary>A chunk of another channel.</summary>
    WrongChannel,
    /// <summary>A chunk under a token that is not in force.</summary>
    UnknownToken,
    /// <summary>A chunk was lost, repeated or forged.</summary>
    BadSequence,
    /// <summary>The answer names another security policy.</summary>
    WrongPolicy,
    /// <summary>The answer names another certificate than the server's or ours.</summary>
    WrongCertificate,
    /// <summary>Signature, padding or encryption is wrong; which one is not said to anybody.</summary>
    SecurityFailed,
    /// <summary>The server sent ERR.</summary>
    ErrorReceived,
    /// <summary>The server refused to open or renew the channel.</summary>
    Refused,
    /// <summary>No answer in time.</summary>
    Timeout,
    /// <summary>The line broke or was closed.</summary>
    Closed,
}
