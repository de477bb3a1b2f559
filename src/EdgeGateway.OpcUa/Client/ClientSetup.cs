using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Judges a server's certificate; the files it is judged by lie a floor above.</summary>
public interface ICertificateJudge
{
    /// <summary>Null where it is trusted; else the refusal in plain words, with what mends it.</summary>
    /// <param name="chain">The certificate and its chain, DER.</param>
    /// <param name="applicationUri">The server's application URI as its endpoint says.</param>
    string? Judge(ReadOnlyMemory<byte> chain, string? applicationUri);
}

/// <summary>Who the user is.</summary>
public sealed record UserIdentity
{
    /// <summary>Kind of token.</summary>
    public UserTokenType Type { get; private init; }

    /// <summary>User name.</summary>
    public string? Name { get; private init; }

    /// <summary>Password.</summary>
    public string? Password { get; private init; }

    /// <summary>Certificate and key.</summary>
    public ApplicationIdentity? Certificate { get; private init; }

    /// <summary>Nobody in particular.</summary>
    public static UserIdentity Anonymous { get; } = new();

    /// <summary>A name and a password.</summary>
    public static UserIdentity Of(string name, string password) => new() { Type = UserTokenType.UserName, Name = name, Password = password };

    /// <summary>A certificate.</summary>
    public static UserIdentity Of(ApplicationIdentity certificate) => new() { Type = UserTokenType.Certificate, Certificate = certificate };

    /// <summary>Never shows the password.</summary>
    public override string ToString() => Type == UserTokenType.UserName ? $"user {Name}" : Type.ToString();
}

/// <summary>What a client is made with. Times in microseconds. Immutable.</summary>
public sealed record ClientSetup
{
    /// <summary>URL as the user wrote it; used for every connection, whatever the server says about itself.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>Security policy; no other is ever used.</summary>
    public required SecurityPolicy Policy { get; init; }

    /// <summary>Security mode; no other is ever used.</summary>
    public required MessageSecurityMode Mode { get; init; }

    /// <summary>Own application URI; equal to the one in the certificate.</summary>
    public required string ApplicationUri { get; init; }

    /// <summary>Own name for people.</summary>
    public string ApplicationName { get; init; } = "EdgeGateway";

    /// <summary>Name of sessions, for the server's diagnostics.</summary>
    public string SessionName { get; init; } = "EdgeGateway";

    /// <summary>Own certificate and key; null only under policy None.</summary>
    public ApplicationIdentity? Identity { get; init; }

    /// <summary>Who the user is.</summary>
    public UserIdentity User { get; init; } = UserIdentity.Anonymous;

    /// <summary>True where a password may go over the line in clear text.</summary>
    public bool AllowClearPassword { get; init; }

    /// <summary>Judges server certificates.</summary>
    public required ICertificateJudge Judge { get; init; }

    /// <summary>Cryptographic randomness.</summary>
    public required RandomFill Random { get; init; }

    /// <summary>A number in [0, 1) for jitter.</summary>
    public required Func<double> Jitter { get; init; }

    /// <summary>Buffers and limits to offer.</summary>
    public TransportLimits Limits { get; init; } = TransportLimits.Default;

    /// <summary>Timeout of requests.</summary>
    public long RequestTimeout { get; init; } = 5_000_000;

    /// <summary>Session timeout to ask for.</summary>
    public long SessionTimeout { get; init; } = 60_000_000;

    /// <summary>Token lifetime to ask for.</summary>
    public long TokenLifetime { get; init; } = 3_600_000_000;

    /// <summary>Silence after which the server is asked whether it lives.</summary>
    public long KeepAlive { get; init; } = 5_000_000;

    /// <summary>Longest wait between attempts.</summary>
    public long LongestBackoff { get; init; } = 30_000_000;
}
