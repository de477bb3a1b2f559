using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Peers;

/// <summary>Certificates with chosen faults.</summary>
public static class OpcUaCertificates
{
    public sealed record Wish
    {
        public string Name { get; init; } = "peer";
        public string Uri { get; init; } = "urn:peer";
        public string Host { get; init; } = "127.0.0.1";
        public int Bits { get; init; } = 2048;
        public DateTimeOffset From { get; init; } = DateTimeOffset.UtcNow.AddDays(-2);
        public DateTimeOffset To { get; init; } = DateTimeOffset.UtcNow.AddDays(300);
        public X509KeyUsageFlags Usage { get; init; } = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;
        public bool Authority { get; init; }
        public X509Certificate2? Issuer { get; init; }
    }

    /// <summary>Made once: a key takes long to find.</summary>
    private static readonly Dictionary<int, RSA> Keys = [];

    public static RSA Key(int bits, bool fresh = false)
    {
        lock (Keys)
        {
            if (fresh) return RSA.Create(bits);
            return Keys.TryGetValue(bits, out var key) ? key : Keys[bits] = RSA.Create(bits);
        }
    }

    /// <summary>A certificate with its key attached.</summary>
    public static X509Certificate2 Make(Wish wish, RSA? key = null)
    {
        key ??= Key(wish.Bits);
        var request = new CertificateRequest("CN=" + wish.Name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(wish.Authority, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(wish.Authority ? X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign : wish.Usage, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        if (!wish.Authority)
        {
            var names = new SubjectAlternativeNameBuilder();
            names.AddUri(new Uri(wish.Uri));
            if (IPAddress.TryParse(wish.Host, out var address)) names.AddIpAddress(address);
            else names.AddDnsName(wish.Host);
            request.CertificateExtensions.Add(names.Build());
            request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        }
        if (wish.Issuer is null) return request.CreateSelfSigned(wish.From, wish.To);
        var serial = RandomNumberGenerator.GetBytes(8);
        serial[0] &= 0x7F;
        using var signed = request.Create(wish.Issuer, wish.From, wish.To, serial);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Writes certificate and key as PEM.</summary>
    public static (string Certificate, string Key) Write(string folder, string name, Wish wish)
    {
        Directory.CreateDirectory(folder);
        using var certificate = Make(wish);
        var (c, k) = (Path.Combine(folder, name + ".pem"), Path.Combine(folder, name + ".key.pem"));
        File.WriteAllText(c, certificate.ExportCertificatePem());
        File.WriteAllText(k, Key(wish.Bits).ExportPkcs8PrivateKeyPem());
        return (c, k);
    }
}
