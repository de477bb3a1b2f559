using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>The gateway's own certificate: made on first use, self-signed, RSA 2048, SHA-256 (OPC 10000-6, 6.2.2).</summary>
public static class OwnCertificate
{
    internal const string CertificateFile = "own.der", KeyFile = "own.key.pem";
    private const int KeyBits = 2048;
    private const int Years = 5;

    /// <summary>Days before its end from which on it should be renewed.</summary>
    public const int WarnDays = 60;

    private static readonly Lock Making = new();

    internal static LoadedIdentity Ensure(CertificateStore store, string applicationUri, DateTimeOffset now)
    {
        var folder = store.FolderOf(StoreFolder.Own);
        lock (Making)
        {
            if (!File.Exists(Path.Combine(folder, CertificateFile))) Make(store, applicationUri, now);
            return LoadedIdentity.Load(Path.Combine(folder, CertificateFile), Path.Combine(folder, KeyFile));
        }
    }

    /// <summary>Makes a new certificate and key in the place of the old ones. Servers must be told to trust it.</summary>
    /// <returns>Its fingerprint.</returns>
    /// <exception cref="OpcUaSetupException">The files cannot be written.</exception>
    public static string Make(CertificateStore store, string applicationUri, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(store);
        using var key = RSA.Create(KeyBits);
        var host = Dns.GetHostName();
        var request = new CertificateRequest($"CN=EdgeGateway, O=EdgeGateway, DC={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri(applicationUri));
        names.AddDnsName(host);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(
            X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1"), new Oid("1.3.6.1.5.5.7.3.2")], false));
        request.CertificateExtensions.Add(names.Build());
        // A day back: the clocks of controllers are often behind.
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(Years));
        try
        {
            var folder = store.FolderOf(StoreFolder.Own);
            Directory.CreateDirectory(folder);
            WriteSecret(Path.Combine(folder, KeyFile), key.ExportPkcs8PrivateKeyPem());
            File.WriteAllBytes(Path.Combine(folder, CertificateFile), certificate.RawData);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new OpcUaSetupException($"{store.Root}: the own certificate cannot be written: {e.Message}", e);
        }
        return CertificateStore.FingerprintOf(certificate.RawData);
    }

    private static void WriteSecret(string file, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        // For the owner's eyes from the first byte on.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(text);
    }
}
