using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>A certificate with its private key, out of files.</summary>
internal sealed class LoadedIdentity : IDisposable
{
    public LoadedIdentity(byte[] certificate, RSA key, DateTimeOffset notAfter)
    {
        Identity = new ApplicationIdentity(certificate, key);
        NotAfter = notAfter;
    }

    public ApplicationIdentity Identity { get; }

    public DateTimeOffset NotAfter { get; }

    /// <summary>Loads certificate and key out of one PEM file, or out of two.</summary>
    /// <exception cref="OpcUaSetupException">They cannot be read or do not belong together.</exception>
    public static LoadedIdentity Load(string certificateFile, string? keyFile = null)
    {
        try
        {
            var text = File.ReadAllText(keyFile ?? certificateFile);
            using var certificate = X509CertificateLoader.LoadCertificateFromFile(certificateFile);
            var key = RSA.Create();
            key.ImportFromPem(text);
            using var open = certificate.GetRSAPublicKey() ?? throw new OpcUaSetupException($"{certificateFile}: the certificate's key is not RSA");
            if (!open.ExportRSAPublicKey().AsSpan().SequenceEqual(key.ExportRSAPublicKey())) throw new OpcUaSetupException($"{keyFile ?? certificateFile}: the private key does not belong to the certificate");
            return new LoadedIdentity(certificate.RawData, key, new DateTimeOffset(certificate.NotAfter.ToUniversalTime()));
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new OpcUaSetupException($"{certificateFile}: certificate and private key (PEM, not encrypted) cannot be read: {e.Message}", e);
        }
    }

    public void Dispose() => Identity.Key.Dispose();
}
