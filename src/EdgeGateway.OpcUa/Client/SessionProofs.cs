using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Signatures and secrets of CreateSession and ActivateSession (OPC 10000-4, 5.7.2, 5.7.3 and 7.40).</summary>
internal static class SessionProofs
{
    /// <summary>Null where the server proved that it holds the key of the channel's certificate; else what is wrong.</summary>
    public static string? Check(CreatedSession created, SecurityPolicy policy, PeerCertificate server, ReadOnlySpan<byte> ourCertificate, ReadOnlySpan<byte> ourNonce)
    {
        if (!created.ServerCertificate.AsSpan().StartsWith(server.Leaf.Span)) return "the session's certificate is not the channel's";
        if (created.ServerNonce.Length < SecurityPolicy.NonceLength) return "the server's nonce is too short";
        if (created.Signature.Algorithm != policy.SignatureUri || created.Signature.Signature is null) return "the server did not sign with the policy's algorithm";
        byte[] signed = [.. ourCertificate, .. ourNonce];
        return server.Key.VerifyData(signed, created.Signature.Signature, HashAlgorithmName.SHA256, policy.SignaturePadding) ? null : "the server's signature is wrong";
    }

    /// <summary>Signs the server's certificate and latest nonce.</summary>
    public static SignatureData Sign(SecurityPolicy policy, RSA key, ReadOnlySpan<byte> serverCertificate, ReadOnlySpan<byte> serverNonce)
    {
        byte[] data = [.. serverCertificate, .. serverNonce];
        return new SignatureData(policy.SignatureUri, key.SignData(data, HashAlgorithmName.SHA256, policy.SignaturePadding));
    }

    /// <summary>Writes the user's token as an ExtensionObject.</summary>
    public static void WriteToken(UaWriter w, UserIdentity user, UserTokenPolicy token, SecurityPolicy policy, PeerCertificate? server, ReadOnlySpan<byte> serverNonce)
    {
        var id = user.Type switch
        {
            UserTokenType.UserName => ServiceIds.UserNameToken,
            UserTokenType.Certificate => ServiceIds.X509Token,
            _ => ServiceIds.AnonymousToken,
        };
        var begin = w.BeginBody(id);
        w.Text(token.PolicyId);
        switch (user.Type)
        {
            case UserTokenType.UserName when policy.IsSecure:
                w.Text(user.Name).Octets(Encrypt(user.Password!, policy, server!, serverNonce)).Text(policy.EncryptionUri);
                break;
            case UserTokenType.UserName:
                w.Text(user.Name).Octets(System.Text.Encoding.UTF8.GetBytes(user.Password!)).Text(null);
                break;
            case UserTokenType.Certificate:
                w.Octets(user.Certificate!.Certificate.Span);
                break;
        }
        w.EndBody(begin);
    }

    private static byte[] Encrypt(string password, SecurityPolicy policy, PeerCertificate server, ReadOnlySpan<byte> serverNonce)
    {
        var utf8 = System.Text.Encoding.UTF8.GetBytes(password);
        var secret = new byte[4 + utf8.Length + serverNonce.Length];
        BinaryPrimitives.WriteInt32LittleEndian(secret, utf8.Length + serverNonce.Length);
        utf8.CopyTo(secret, 4);
        serverNonce.CopyTo(secret.AsSpan(4 + utf8.Length));
        var cipher = new byte[RsaBlocks.CipherLength(secret.Length, server.Key, policy)];
        RsaBlocks.Encrypt(secret, server.Key, policy, cipher);
        CryptographicOperations.ZeroMemory(utf8);
        CryptographicOperations.ZeroMemory(secret);
        return cipher;
    }
}
