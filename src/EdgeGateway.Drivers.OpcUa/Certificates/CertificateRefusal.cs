namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>Why a certificate is refused.</summary>
public enum RefusalReason
{
    /// <summary>It is no readable certificate.</summary>
    Unreadable,
    /// <summary>Its key or signature is too weak, or its key is not RSA.</summary>
    Weak,
    /// <summary>Neither it nor an authority above it is trusted.</summary>
    Untrusted,
    /// <summary>An authority of its chain is missing.</summary>
    ChainIncomplete,
    /// <summary>A signature in its chain is wrong.</summary>
    ChainInvalid,
    /// <summary>It, or an authority above it, has expired.</summary>
    Expired,
    /// <summary>It, or an authority above it, is not valid yet.</summary>
    NotYetValid,
    /// <summary>It does not name the host of the endpoint.</summary>
    WrongHost,
    /// <summary>It does not name the server's application URI.</summary>
    WrongUri,
    /// <summary>Its key may not be used so.</summary>
    WrongUse,
    /// <summary>An authority revoked it.</summary>
    Revoked,
    /// <summary>There is no current revocation list of an authority.</summary>
    RevocationUnknown,
}

/// <summary>A refusal in plain words.</summary>
/// <param name="Reason">The reason.</param>
/// <param name="Text">What is wrong, with the values.</param>
/// <param name="Remedy">The command or option that mends it.</param>
public sealed record CertificateRefusal(RefusalReason Reason, string Text, string Remedy)
{
    /// <summary>Both in one sentence.</summary>
    public override string ToString() => $"{Text}; {Remedy}";
}
