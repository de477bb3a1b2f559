using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Fills a span with cryptographic randomness.</summary>
public delegate void RandomFill(Span<byte> bytes);

/// <summary>What a channel is opened with. Times in microseconds.</summary>
public sealed record ChannelSetup
{
    /// <summary>URL as the user dialled it.</summary>
    public required string EndpointUrl { get; init; }

    /// <summary>Security policy.</summary>
    public required SecurityPolicy Policy { get; init; }

    /// <summary>Security mode; None exactly under policy None.</summary>
    public required MessageSecurityMode Mode { get; init; }

    /// <summary>Own certificate; null under policy None.</summary>
    public ApplicationIdentity? Local { get; init; }

    /// <summary>The server's certificate, already judged; null under policy None. The channel's owner disposes it.</summary>
    public PeerCertificate? Remote { get; init; }

    /// <summary>Randomness for nonces.</summary>
    public required RandomFill Random { get; init; }

    /// <summary>Buffers and limits to offer.</summary>
    public TransportLimits Limits { get; init; } = TransportLimits.Default;

    /// <summary>Token lifetime to ask for, microseconds.</summary>
    public long TokenLifetime { get; init; } = 3_600_000_000;

    /// <summary>Longest wait for ACK and OPN, microseconds.</summary>
    public long OpenTimeout { get; init; } = 10_000_000;

    /// <summary>Number before that of the first chunk; other than 0 to come near the wrap.</summary>
    public uint FirstSequence { get; init; }
}
