using System.Security.Cryptography;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.OpcUa.Tests.Security;

namespace EdgeGateway.OpcUa.Tests.Client;

/// <summary>Whether a server proves that it holds the key of the channel's certificate.</summary>
public sealed class ProofTests
{
    private static readonly ApplicationIdentity Server = ConversationTests.Identities[3072], Stranger = ConversationTests.Identities[2048];
    private static readonly byte[] OurCertificate = [1, 2, 3], OurNonce = RandomNumberGenerator.GetBytes(32);

    private static CreatedSession Session(SecurityPolicy policy, ApplicationIdentity signer) => new(new NodeId(0, 1), new NodeId(0, 2), 1, new byte[32], Server.Certificate.ToArray(), [],
        SessionProofs.Sign(policy, signer.Key, OurCertificate, OurNonce), 0);

    private static string? Check(CreatedSession session, SecurityPolicy policy)
    {
        Assert.Null(PeerCertificate.Read(Server.Certificate.Span, out var peer));
        using (peer) return SessionProofs.Check(session, policy, peer!, OurCertificate, OurNonce);
    }

    [Fact]
    public void Only_the_right_key_over_the_right_bytes_is_believed()
    {
        foreach (var policy in SecurityPolicy.All.Where(p => p.IsSecure))
        {
            var good = Session(policy, Server);
            Assert.Null(Check(good, policy));
            Assert.Contains("signature is wrong", Check(Session(policy, Stranger), policy), StringComparison.Ordinal);
            var forged = good.Signature.Signature!.ToArray();
            forged[7] ^= 1;
            Assert.Contains("signature is wrong", Check(good with { Signature = good.Signature with { Signature = forged } }, policy), StringComparison.Ordinal);
            Assert.Contains("did not sign", Check(good with { Signature = SignatureData.None }, policy), StringComparison.Ordinal);
            Assert.Contains("did not sign", Check(good with { Signature = good.Signature with { Algorithm = "http://www.w3.org/2000/09/xmldsig#rsa-sha1" } }, policy), StringComparison.Ordinal);
            Assert.Contains("not the channel's", Check(good with { ServerCertificate = Stranger.Certificate.ToArray() }, policy), StringComparison.Ordinal);
            Assert.Contains("too short", Check(good with { ServerNonce = new byte[31] }, policy), StringComparison.Ordinal);
        }
    }
}
