using System.Security.Cryptography;

namespace EdgeGateway.OpcUa.Security;

/// <summary>How messages are protected (OPC 10000-4, 7.20).</summary>
public enum MessageSecurityMode : byte
{
    /// <summary>Not known; never sent.</summary>
    Invalid = 0,
    /// <summary>In clear text.</summary>
    None = 1,
    /// <summary>Signed.</summary>
    Sign = 2,
    /// <summary>Signed and encrypted.</summary>
    SignAndEncrypt = 3,
}

/// <summary>Algorithms and lengths of a security policy (OPC 10000-7, 6.6). Basic128Rsa15 and Basic256 are not here: their algorithms are broken, and they are refused.</summary>
public sealed record SecurityPolicy
{
    private const string Prefix = "http://opcfoundation.org/UA/SecurityPolicy#";

    /// <summary>Word in maps: <c>Basic256Sha256</c>.</summary>
    public required string Name { get; init; }

    /// <summary>URI on the wire.</summary>
    public string Uri => Prefix + Name;

    /// <summary>Padding of asymmetric encryption.</summary>
    internal RSAEncryptionPadding EncryptionPadding { get; init; } = RSAEncryptionPadding.OaepSHA1;

    /// <summary>Bytes of an RSA block that the padding takes.</summary>
    internal int EncryptionOverhead { get; init; } = 42;

    /// <summary>Padding of asymmetric signatures.</summary>
    internal RSASignaturePadding SignaturePadding { get; init; } = RSASignaturePadding.Pkcs1;

    /// <summary>URI of the asymmetric signature.</summary>
    internal string SignatureUri { get; init; } = "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256";

    /// <summary>URI of the asymmetric encryption, for passwords.</summary>
    internal string EncryptionUri { get; init; } = "http://www.w3.org/2001/04/xmlenc#rsa-oaep";

    /// <summary>Bytes of the AES key.</summary>
    internal int EncryptingKeyLength { get; init; } = 32;

    /// <summary>Bytes of the HMAC key.</summary>
    internal const int SigningKeyLength = 32;

    /// <summary>Bytes of an AES block and of the IV.</summary>
    internal const int BlockLength = 16;

    /// <summary>Bytes of an HMAC-SHA256.</summary>
    internal const int SymmetricSignatureLength = 32;

    /// <summary>Bytes of a nonce.</summary>
    internal const int NonceLength = 32;

    /// <summary>Smallest and largest RSA key, bits.</summary>
    internal const int LeastKey = 2048, MostKey = 4096;

    /// <summary>False for None.</summary>
    public bool IsSecure => this != None;

    /// <summary>No protection.</summary>
    public static SecurityPolicy None { get; } = new() { Name = "None", EncryptingKeyLength = 0 };

    /// <summary>RSA-OAEP, RSA-PKCS1-SHA256, AES-256.</summary>
    public static SecurityPolicy Basic256Sha256 { get; } = new() { Name = "Basic256Sha256" };

    /// <summary>RSA-OAEP, RSA-PKCS1-SHA256, AES-128.</summary>
    public static SecurityPolicy Aes128Sha256RsaOaep { get; } = new() { Name = "Aes128_Sha256_RsaOaep", EncryptingKeyLength = 16 };

    /// <summary>RSA-OAEP-SHA256, RSA-PSS-SHA256, AES-256.</summary>
    public static SecurityPolicy Aes256Sha256RsaPss { get; } = new()
    {
        Name = "Aes256_Sha256_RsaPss",
        EncryptionPadding = RSAEncryptionPadding.OaepSHA256,
        EncryptionOverhead = 66,
        SignaturePadding = RSASignaturePadding.Pss,
        SignatureUri = "http://opcfoundation.org/UA/security/rsa-pss-sha2-256",
        EncryptionUri = "http://opcfoundation.org/UA/security/rsa-oaep-sha2-256",
    };

    /// <summary>All policies, weakest first.</summary>
    public static IReadOnlyList<SecurityPolicy> All { get; } = [None, Aes128Sha256RsaOaep, Basic256Sha256, Aes256Sha256RsaPss];

    /// <summary>The policy of a URI, or null for unknown and refused ones.</summary>
    public static SecurityPolicy? ByUri(string? uri) => All.FirstOrDefault(p => p.Uri == uri);
}
