using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>PEM files of a publisher's line. They are read at every connection, so that a renewed certificate is taken up by the next one.</summary>
public static class PublisherTls
{
    /// <summary>The certificate authorities in a file.</summary>
    /// <param name="option">Key of the option that names it, for messages.</param>
    /// <param name="file">Path.</param>
    /// <exception cref="PublisherException">The file cannot be read, or holds none.</exception>
    public static X509Certificate2Collection Authorities(string option, string file)
    {
        var authorities = Read(option, file, () =>
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found;
        });
        return authorities.Count > 0 ? authorities : throw new PublisherException($"{option}: there is no PEM certificate in '{file}'.");
    }

    /// <summary>A certificate with its private key.</summary>
    /// <exception cref="PublisherException">A file cannot be read.</exception>
    public static X509Certificate2 Certificate(string certificateOption, string certificate, string keyOption, string key) =>
        Read($"{certificateOption} and {keyOption}", $"{certificate}' and '{key}", () => X509Certificate2.CreateFromPemFile(certificate, key));

    /// <summary>Trust in the given authorities and no others. Private authorities seldom offer revocation lists, and a box behind a firewall could not fetch them: they are not asked for.</summary>
    public static X509ChainPolicy OnlyTrust(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new PublisherException($"{option}: cannot read '{file}': {e.Message}", e);
        }
    }
}
