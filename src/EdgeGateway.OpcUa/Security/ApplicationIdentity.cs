using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.OpcUa.Security;

/// <summary>A certificate and its private key: of this application, or of a user. The key's owner disposes it.</summary>
/// <param name="certificate">The certificate, DER.</param>
/// <param name="key">Its private key.</param>
public sealed class ApplicationIdentity(byte[] certificate, RSA key)
{
    /// <summary>The certificate, DER.</summary>
    public ReadOnlyMemory<byte> Certificate { get; } = certificate;

    /// <summary>The private key.</summary>
    public RSA Key { get; } = key;

    /// <summary>SHA-1 of the certificate, as OPN headers name it (no protection rests on it).</summary>
    public ReadOnlyMemory<byte> Thumbprint { get; } = Thumbprints.Of(certificate);
}

/// <summary>A peer's certificate and its public key.</summary>
public sealed class PeerCertificate : IDisposable
{
    private PeerCertificate(byte[] leaf, RSA key) => (Leaf, Key, Thumbprint) = (leaf, key, Thumbprints.Of(leaf));

    /// <summary>The certificate, DER, without its chain.</summary>
    public ReadOnlyMemory<byte> Leaf { get; }

    /// <summary>Its public key, RSA of 2048 to 4096 bits.</summary>
    public RSA Key { get; }

    /// <summary>SHA-1 of the certificate.</summary>
    public ReadOnlyMemory<byte> Thumbprint { get; }

    /// <summary>Reads the first certificate of a DER chain.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public static string? Read(ReadOnlySpan<byte> chain, out PeerCertificate? peer)
    {
        peer = null;
        try
        {
            var leaf = Thumbprints.FirstOf(chain);
            using var certificate = X509CertificateLoader.LoadCertificate(leaf);
            var key = certificate.GetRSAPublicKey();
            if (key is null) return "its key is not RSA";
            if (key.KeySize is < SecurityPolicy.LeastKey or > SecurityPolicy.MostKey)
            {
                var bits = key.KeySize;
                key.Dispose();
                return $"its key has {bits} bits; {SecurityPolicy.LeastKey} to {SecurityPolicy.MostKey} are accepted";
            }
            peer = new PeerCertificate(leaf.ToArray(), key);
            return null;
        }
        catch (CryptographicException)
        {
            return "it is no readable X.509 certificate";
        }
    }

    /// <summary>Frees the key.</summary>
    public void Dispose() => Key.Dispose();
}
