namespace EdgeGateway.OpcUa.Client;

/// <summary>At which stage a client is stuck.</summary>
public enum ProblemKind : byte
{
    /// <summary>The connection could not be made, or broke.</summary>
    Line = 0,
    /// <summary>The server does not answer.</summary>
    Silence,
    /// <summary>The server breaks the protocol.</summary>
    Protocol,
    /// <summary>The server does not offer what was asked for.</summary>
    Endpoint,
    /// <summary>The server's certificate is not trusted, or it does not trust ours.</summary>
    Certificate,
    /// <summary>The session was refused or lost.</summary>
    Session,
    /// <summary>The user was refused.</summary>
    User,
}

/// <summary>Why a client has no session just now.</summary>
/// <param name="Kind">The stage.</param>
/// <param name="Text">What happened and what mends it.</param>
public sealed record ClientProblem(ProblemKind Kind, string Text);
