using System.Collections.Immutable;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Services;

/// <summary>A signature and its algorithm (OPC 10000-4, 7.37).</summary>
/// <param name="Algorithm">URI, or null.</param>
/// <param name="Signature">Octets, or null.</param>
public sealed record SignatureData(string? Algorithm, byte[]? Signature)
{
    /// <summary>No signature.</summary>
    public static SignatureData None { get; } = new(null, null);

    internal void Write(UaWriter w) => w.Text(Algorithm).ByteString(Signature);

    internal static SignatureData Read(ref UaReader r)
    {
        var algorithm = r.Text();
        return new SignatureData(algorithm, r.ByteString());
    }
}

/// <summary>What CreateSession answers.</summary>
/// <param name="SessionId">Public id.</param>
/// <param name="Token">Secret token of each request.</param>
/// <param name="TimeoutMicros">Revised timeout.</param>
/// <param name="ServerNonce">To be signed by ActivateSession.</param>
/// <param name="ServerCertificate">Certificate and chain.</param>
/// <param name="Endpoints">The server's endpoints once more.</param>
/// <param name="Signature">Over our certificate and nonce.</param>
/// <param name="MaxRequest">Most bytes of a request, 0 for no limit.</param>
public sealed record CreatedSession(NodeId SessionId, NodeId Token, long TimeoutMicros, byte[] ServerNonce, byte[] ServerCertificate,
    ImmutableArray<EndpointDescription> Endpoints, SignatureData Signature, uint MaxRequest);

/// <summary>Bodies of discovery and session services (OPC 10000-4, 5.5 and 5.7).</summary>
internal static class SessionServices
{
    public static void WriteGetEndpoints(UaWriter w, string url) => w.Text(url).Int32(-1).Int32(-1);

    public static void WriteCreate(UaWriter w, string applicationUri, string applicationName, string url, string sessionName, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> certificate, double timeoutMilliseconds, uint maxResponse)
    {
        const uint client = 1;
        w.Text(applicationUri).Text("urn:edge-gateway").LocalizedText(new LocalizedText(null, applicationName)).UInt32(client).Text(null).Text(null).Int32(-1);
        w.Text(null).Text(url).Text(sessionName).Octets(nonce);
        if (certificate.IsEmpty) w.ByteString(null);
        else w.Octets(certificate);
        w.Double(timeoutMilliseconds).UInt32(maxResponse);
    }

    public static CreatedSession? ReadCreated(ref UaReader r)
    {
        var id = r.NodeId();
        var token = r.NodeId();
        var timeout = r.Double();
        var nonce = r.ByteString() ?? [];
        var certificate = r.ByteString() ?? [];
        var endpoints = EndpointDescription.ReadArray(ref r);
        var software = r.Count(8);
        for (var i = 0; i < software && !r.Failed; i++)
        {
            r.Octets();
            r.Octets();
        }
        var signature = SignatureData.Read(ref r);
        var most = r.UInt32();
        if (r.Failed || token.IsNull || !double.IsFinite(timeout)) return null;
        return new CreatedSession(id, token, (long)Math.Clamp(timeout * 1000, 1_000_000, 86_400_000_000), nonce, certificate, endpoints, signature, most);
    }

    /// <summary>Writes ActivateSession; the token is a whole ExtensionObject.</summary>
    public static void WriteActivate(UaWriter w, SignatureData client, ReadOnlySpan<byte> token, SignatureData user)
    {
        client.Write(w);
        w.Int32(-1).Int32(-1).Raw(token);
        user.Write(w);
    }

    public static byte[] ReadActivated(ref UaReader r) => r.ByteString() ?? [];

    public static void WriteClose(UaWriter w, bool deleteSubscriptions) => w.Boolean(deleteSubscriptions);
}
