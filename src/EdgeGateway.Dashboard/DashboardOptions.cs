using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Dashboard.Access;

namespace EdgeGateway.Dashboard;

/// <summary>How page and API are served.</summary>
public sealed record DashboardOptions
{
    /// <summary>Where to listen.</summary>
    public required IPEndPoint Listen { get; init; }

    /// <summary>Names of this box in requests, beside its addresses and localhost.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>PEM file of the certificate, or null for plain HTTP on loopback.</summary>
    public string? Certificate { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? Key { get; init; }

    /// <summary>File of users and tokens; read anew where it has changed.</summary>
    public required string Users { get; init; }

    /// <summary>What is wrong with these options, in one sentence that says what to do, or null. Beyond loopback there must be TLS and somebody who may log in.</summary>
    public string? Problem()
    {
        try
        {
            LoadCertificate()?.Dispose();
            if (IPAddress.IsLoopback(Listen.Address)) return null;
            if (Certificate is null) return $"The page listens on {Listen}, where other machines reach it, and has no certificate: set dashboard.certificate and dashboard.key, or listen on 127.0.0.1.";
            return UserFile.Load(Users).Users.Count > 0 ? null
                : $"The page listens on {Listen}, where other machines reach it, and nobody may log in: add a user with 'edgegateway users add NAME --file {Users}', or listen on 127.0.0.1.";
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or CryptographicException or InvalidDataException)
        {
            return $"The page cannot be opened: {problem.Message}";
        }
    }

    /// <summary>The certificate with its key, or null where there is none.</summary>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="CryptographicException">A file holds no PEM, or the key is another's.</exception>
    internal X509Certificate2? LoadCertificate()
    {
        if (Certificate is null) return null;
        using var pem = X509Certificate2.CreateFromPemFile(Certificate, Key);
        // A key that lives in memory alone is refused by some systems' TLS.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), null);
    }
}
