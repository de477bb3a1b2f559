using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>PEM files of a publisher's line. They are read at every connection, so that a renewed certificate is taken up by the next one.</summary>
public static class PublisherTls
{
    /// <summary>The certificate authorities in a file.</summary>
    /// <param name="option">Key of the option that names it, for messages.</param>
    /// <param name="file">Path.</param>
    /// <param name="now">Of this machine's clock.</param>
    /// <exception cref="PublisherException">The file cannot be read, holds none, or none that is valid now.</exception>
    public static X509Certificate2Collection Authorities(string option, string file, DateTimeOffset now)
    {
        var authorities = Read(option, file, () =>
        {
            var found = new X509Certificate2Collection();
            found.ImportFromPemFile(file);
            return found;
        });
        if (authorities.Count == 0) throw new PublisherException($"{option}: there is no PEM certificate in '{file}'.");
        var wrong = authorities.Select(a => OutOfTime(a, now)).ToArray();
        return wrong.Contains(null) ? authorities : throw new PublisherException($"{option}: the authority in '{file}' {wrong[0]}");
    }

    /// <summary>A certificate with its private key.</summary>
    /// <exception cref="PublisherException">A file cannot be read, or the certificate is not valid now.</exception>
    public static X509Certificate2 Certificate(string certificateOption, string certificate, string keyOption, string key, DateTimeOffset now)
    {
        var found = Read($"{certificateOption} and {keyOption}", $"{certificate}' and '{key}", () => X509Certificate2.CreateFromPemFile(certificate, key));
        if (OutOfTime(found, now) is not { } wrong) return found;
        found.Dispose();
        throw new PublisherException($"{certificateOption}: '{certificate}' {wrong}");
    }

    /// <summary>Trust in the given authorities and no others. Private authorities seldom offer revocation lists, and a box behind a firewall could not fetch them: they are not asked for.</summary>
    public static X509ChainPolicy OnlyTrust(X509Certificate2Collection authorities)
    {
        ArgumentNullException.ThrowIfNull(authorities);
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }

    /// <summary>What the runtime has against a peer's certificate, in its own words; "" where it has nothing.</summary>
    public static string Complaint(SslPolicyErrors errors, X509Chain? chain)
    {
        var words = Enum.GetValues<SslPolicyErrors>().Where(e => e != SslPolicyErrors.None && errors.HasFlag(e)).Select(e => e.ToString());
        return string.Join(", ", words.Concat(errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? chain?.ChainStatus.Select(s => s.Status.ToString()) ?? [] : []));
    }

    /// <summary>A peer's certificate that was refused, in plain words, and what to look at.</summary>
    /// <param name="complaint">What the runtime says, be it a message or <see cref="Complaint"/>.</param>
    /// <param name="host">Name that was expected.</param>
    /// <param name="now">Of this machine's clock.</param>
    public static string NotTrusted(string complaint, string host, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(complaint);
        return complaint.Contains(nameof(X509ChainStatusFlags.NotTimeValid), StringComparison.Ordinal)
            ? $"its TLS certificate, or that of an authority above it, has expired or is not valid yet; the clock of this machine says {Time(now)}. Renew the certificate, or check ca_file and the clock."
            : $"its TLS certificate is not trusted or does not belong to '{host}': {complaint.TrimEnd('.')}. Check url, server_name and ca_file.";
    }

    private static string? OutOfTime(X509Certificate2 certificate, DateTimeOffset now) =>
        now > certificate.NotAfter ? $"expired on {Time(certificate.NotAfter)}."
        : now < certificate.NotBefore ? $"is valid from {Time(certificate.NotBefore)} only; is the clock of this machine right ({Time(now)})?" : null;

    private static string Time(DateTimeOffset time) => time.ToUniversalTime().ToString("yyyy-MM-dd HH:mm'Z'", System.Globalization.CultureInfo.InvariantCulture);

    private static T Read<T>(string option, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            throw new PublisherException($"{option}: cannot read '{file}': {e.Message}", e);
        }
    }
}
