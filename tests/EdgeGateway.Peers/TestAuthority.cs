using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Peers;

/// <summary>A certificate authority of its own for a test; writes PEM files.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;
    private readonly DateTimeOffset _begin;

    /// <param name="directory">Where files go.</param>
    /// <param name="name">Of the authority and its file.</param>
    /// <param name="expired">Whether it was valid until yesterday only.</param>
    public TestAuthority(string directory, string name = "ca", bool expired = false)
    {
        _begin = DateTimeOffset.UtcNow.AddDays(expired ? -31 : -1);
        Directory = directory;
        CaFile = Path.Combine(directory, name + ".pem");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test authority " + name, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        _certificate = request.CreateSelfSigned(_begin, _begin.AddDays(30));
        File.WriteAllText(CaFile, _certificate.ExportCertificatePem());
    }

    public string Directory { get; }

    public string CaFile { get; }

    /// <summary>Issues a certificate for names or addresses; returns the paths of certificate and key.</summary>
    public (string Certificate, string Key) Issue(string name, params string[] hosts) => Issue(name, TimeSpan.FromDays(20), hosts);

    /// <summary>Issues one that is valid for so long from the authority's own begin, a day ago.</summary>
    public (string Certificate, string Key) Issue(string name, TimeSpan valid, params string[] hosts)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=" + name, key, HashAlgorithmName.SHA256);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var host in hosts)
        {
            if (IPAddress.TryParse(host, out var address)) alternatives.AddIpAddress(address);
            else alternatives.AddDnsName(host);
        }
        if (hosts.Length > 0) request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var issued = request.Create(_certificate, _begin, _begin + valid, RandomNumberGenerator.GetBytes(8));
        var paths = (Certificate: Path.Combine(Directory, name + ".pem"), Key: Path.Combine(Directory, name + ".key"));
        File.WriteAllText(paths.Certificate, issued.ExportCertificatePem());
        File.WriteAllText(paths.Key, key.ExportPkcs8PrivateKeyPem());
        return paths;
    }

    public void Dispose() => _certificate.Dispose();
}
