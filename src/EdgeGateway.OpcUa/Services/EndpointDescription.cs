using System.Collections.Immutable;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.OpcUa.Services;

/// <summary>Kind of a user's token (OPC 10000-4, 7.42).</summary>
public enum UserTokenType : byte
{
    /// <summary>Nobody in particular.</summary>
    Anonymous = 0,
    /// <summary>Name and password.</summary>
    UserName = 1,
    /// <summary>A user's certificate.</summary>
    Certificate = 2,
    /// <summary>A token of another service; not supported.</summary>
    Issued = 3,
}

/// <summary>One way to identify a user at an endpoint.</summary>
/// <param name="PolicyId">The server's name for it, echoed exactly.</param>
/// <param name="Type">Kind of token.</param>
/// <param name="SecurityPolicyUri">Policy for its secrets; null or empty inherits the endpoint's.</param>
public sealed record UserTokenPolicy(string? PolicyId, UserTokenType Type, string? SecurityPolicyUri);

/// <summary>One way to connect to a server (OPC 10000-4, 7.14).</summary>
public sealed record EndpointDescription
{
    /// <summary>Its URL as the server says it; often unresolvable from here.</summary>
    public string? Url { get; init; }

    /// <summary>URI of the server application.</summary>
    public string? ApplicationUri { get; init; }

    /// <summary>Name of the server application.</summary>
    public string? ApplicationName { get; init; }

    /// <summary>Certificate and chain, DER.</summary>
    public ReadOnlyMemory<byte> Certificate { get; init; }

    /// <summary>Security mode.</summary>
    public MessageSecurityMode Mode { get; init; }

    /// <summary>URI of the security policy.</summary>
    public string? PolicyUri { get; init; }

    /// <summary>Ways to identify a user.</summary>
    public ImmutableArray<UserTokenPolicy> Tokens { get; init; } = [];

    /// <summary>URI of the transport.</summary>
    public string? TransportUri { get; init; }

    /// <summary>The server's own ranking; higher is better.</summary>
    public byte SecurityLevel { get; init; }

    /// <summary>True for OPC UA binary over TCP.</summary>
    public bool IsBinaryTcp => string.IsNullOrEmpty(TransportUri) || TransportUri == "http://opcfoundation.org/UA-Profile/Transport/uatcp-uasc-uabinary";

    private const int LeastSize = 40, MaxEndpoints = 256, MaxTokens = 64;

    /// <summary>Reads an array of descriptions.</summary>
    public static ImmutableArray<EndpointDescription> ReadArray(ref UaReader r)
    {
        var count = r.Count(LeastSize);
        if (count > MaxEndpoints) r.Fail(DecodeFault.BadLength);
        var list = ImmutableArray.CreateBuilder<EndpointDescription>();
        for (var i = 0; i < count && !r.Failed; i++) list.Add(Read(ref r));
        return list.ToImmutable();
    }

    private static EndpointDescription Read(ref UaReader r)
    {
        var url = r.Text();
        var applicationUri = r.Text();
        r.Octets();
        var name = r.LocalizedText().Text;
        r.Skip(4);
        r.Octets();
        r.Octets();
        r.SkipArray(BuiltInType.String);
        var certificate = r.ByteString();
        var mode = r.UInt32();
        var policy = r.Text();
        var tokens = ImmutableArray.CreateBuilder<UserTokenPolicy>();
        var count = r.Count(20);
        if (count > MaxTokens) r.Fail(DecodeFault.BadLength);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var id = r.Text();
            var type = r.UInt32();
            r.Octets();
            r.Octets();
            tokens.Add(new UserTokenPolicy(id, (UserTokenType)Math.Min(type, 255), r.Text()));
        }
        var transport = r.Text();
        return new EndpointDescription
        {
            Url = url,
            ApplicationUri = applicationUri,
            ApplicationName = name,
            Certificate = certificate,
            Mode = mode <= 3 ? (MessageSecurityMode)mode : MessageSecurityMode.Invalid,
            PolicyUri = policy,
            Tokens = tokens.ToImmutable(),
            TransportUri = transport,
            SecurityLevel = r.Byte(),
        };
    }
}
