using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>Judges server certificates by the stores (OPC 10000-4, 6.1.3). Downloads nothing. Thread-safe.</summary>
/// <param name="store">The stores; a certificate refused for want of trust is kept in <c>rejected</c>.</param>
/// <param name="host">Host of the endpoint as it is dialled.</param>
/// <param name="verifyHost">Whether the certificate must name it.</param>
/// <param name="requireCrl">Whether every authority must have a current revocation list.</param>
/// <param name="time">For validity.</param>
public sealed class CertificateJudge(CertificateStore store, string host, bool verifyHost, bool requireCrl, TimeProvider time) : ICertificateJudge
{
    private const int LeastKey = 2048, MostKey = 4096;

    /// <inheritdoc/>
    public string? Judge(ReadOnlyMemory<byte> chain, string? applicationUri) => Refuse(chain, applicationUri)?.ToString();

    /// <summary>Null where the certificate is trusted; else why not.</summary>
    public CertificateRefusal? Refuse(ReadOnlyMemory<byte> chain, string? applicationUri)
    {
        List<X509Certificate2> sent = [];
        var trusted = store.List(StoreFolder.Trusted);
        var issuers = store.List(StoreFolder.Issuer);
        try
        {
            sent.AddRange(Thumbprints.Split(chain.Span).Select(X509CertificateLoader.LoadCertificate));
            if (sent.Count == 0) return new CertificateRefusal(RefusalReason.Unreadable, "the server sent no certificate", "give the server a certificate");
            return Refuse(sent, trusted, issuers, applicationUri);
        }
        catch (CryptographicException)
        {
            return new CertificateRefusal(RefusalReason.Unreadable, "the server's certificate cannot be read", "give the server an X.509 certificate");
        }
        finally
        {
            foreach (var certificate in sent) certificate.Dispose();
            foreach (var certificate in trusted.Concat(issuers)) certificate.Dispose();
        }
    }

    private CertificateRefusal? Refuse(List<X509Certificate2> sent, IReadOnlyList<StoredCertificate> trusted, IReadOnlyList<StoredCertificate> issuers, string? applicationUri)
    {
        var leaf = sent[0];
        var (chain, incomplete) = ChainOf(leaf, sent, [.. trusted.Concat(issuers).Select(s => s.Certificate)]);
        foreach (var certificate in chain)
        {
            if (Weakness(certificate) is { } weak) return new CertificateRefusal(RefusalReason.Weak, $"{Named(certificate)} is too weak: {weak}", "give the server a certificate with RSA of 2048 to 4096 bits and SHA-256");
        }
        if (!chain.Any(c => trusted.Any(t => t.Certificate.RawDataMemory.Span.SequenceEqual(c.RawDataMemory.Span))))
        {
            var unkept = store.Reject(leaf.RawDataMemory.Span);
            var fingerprint = CertificateStore.FingerprintOf(leaf.RawDataMemory.Span);
            return new CertificateRefusal(RefusalReason.Untrusted, $"{Named(leaf)} is not trusted (SHA-256 {fingerprint})", unkept is null
                ? $"compare the fingerprint with the one the server shows, then run: edgegateway certs trust {fingerprint[..16]} --pki {Quoted(Path.GetFullPath(store.Root))}"
                : $"it cannot be kept for trusting ({unkept}); make {Path.GetFullPath(store.Root)} writable");
        }
        if (incomplete) return new CertificateRefusal(RefusalReason.ChainIncomplete, $"the authority \"{chain[^1].Issuer}\" above {Named(leaf)} is missing", $"put its certificate into {store.FolderOf(StoreFolder.Issuer)}");
        if (!SignaturesHold(chain)) return new CertificateRefusal(RefusalReason.ChainInvalid, $"the chain of {Named(leaf)} does not hold: a signature is wrong or an authority may not sign", "give the server a valid certificate");
        return Times(chain) ?? Names(leaf, applicationUri) ?? Uses(leaf) ?? Revocations(chain);
    }

    /// <summary>From the leaf up to a self-signed authority, or as far as authorities are known. Guarded against loops by its length.</summary>
    private static (List<X509Certificate2> Chain, bool Incomplete) ChainOf(X509Certificate2 leaf, List<X509Certificate2> sent, List<X509Certificate2> known)
    {
        List<X509Certificate2> chain = [leaf];
        while (chain.Count < Thumbprints.MaxChain)
        {
            var last = chain[^1];
            if (IsSelfIssued(last)) return (chain, false);
            var above = known.Concat(sent).FirstOrDefault(c => c.SubjectName.RawData.AsSpan().SequenceEqual(last.IssuerName.RawData) && !chain.Contains(c) && IsSignedBy(last, c));
            if (above is null) return (chain, true);
            chain.Add(above);
        }
        return (chain, true);
    }

    private static bool IsSelfIssued(X509Certificate2 certificate) => certificate.SubjectName.RawData.AsSpan().SequenceEqual(certificate.IssuerName.RawData);

    private static bool IsSignedBy(X509Certificate2 certificate, X509Certificate2 authority) => SignedDer.Read(certificate.RawDataMemory)?.IsSignedBy(authority) == true;

    private static bool SignaturesHold(List<X509Certificate2> chain)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            var authority = i + 1 < chain.Count ? chain[i + 1] : chain[i];
            if (i + 1 < chain.Count && !MaySign(authority)) return false;
            if (!IsSignedBy(chain[i], authority)) return false;
        }
        return true;
    }

    private static bool MaySign(X509Certificate2 authority) =>
        authority.Extensions.OfType<X509BasicConstraintsExtension>().Any(b => b.CertificateAuthority) &&
        authority.Extensions.OfType<X509KeyUsageExtension>().All(u => u.KeyUsages.HasFlag(X509KeyUsageFlags.KeyCertSign));

    private static string? Weakness(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPublicKey();
        if (key is null) return "its key is not RSA";
        if (key.KeySize is < LeastKey or > MostKey) return string.Create(CultureInfo.InvariantCulture, $"its key has {key.KeySize} bits");
        return SignedDer.Read(certificate.RawDataMemory) is null ? $"it is signed with {certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value}" : null;
    }

    private CertificateRefusal? Times(List<X509Certificate2> chain)
    {
        var now = time.GetUtcNow();
        foreach (var certificate in chain)
        {
            var (from, to) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
            if (now > to) return new CertificateRefusal(RefusalReason.Expired, string.Create(CultureInfo.InvariantCulture, $"{Named(certificate)} expired on {to:yyyy-MM-dd}"), "renew it at the server, then trust the new one");
            if (now < from) return new CertificateRefusal(RefusalReason.NotYetValid, string.Create(CultureInfo.InvariantCulture, $"{Named(certificate)} is valid only from {from:yyyy-MM-dd HH:mm} UTC on; here it is {now:yyyy-MM-dd HH:mm}"), "check the clocks of gateway and server");
        }
        return null;
    }

    private CertificateRefusal? Names(X509Certificate2 leaf, string? applicationUri)
    {
        var names = AlternativeNames.Of(leaf);
        if (!names.Uris.Contains(applicationUri ?? ""))
        {
            return new CertificateRefusal(RefusalReason.WrongUri, $"{Named(leaf)} is for application \"{string.Join("\", \"", names.Uris)}\", but the server calls itself \"{applicationUri}\"",
                "give the server a certificate whose subject alternative name holds its ApplicationUri");
        }
        if (!verifyHost || names.Hosts.Contains(host, StringComparer.OrdinalIgnoreCase) || names.HasAddress(host)) return null;
        return new CertificateRefusal(RefusalReason.WrongHost, $"{Named(leaf)} names {(names.Hosts.Count == 0 ? "no host" : string.Join(", ", names.Hosts))}, but {host} is dialled",
            "use a name of the certificate in endpoint, or set verify_host: false for this connection");
    }

    private static CertificateRefusal? Uses(X509Certificate2 leaf)
    {
        const X509KeyUsageFlags needed = X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment;
        var usage = leaf.Extensions.OfType<X509KeyUsageExtension>().FirstOrDefault();
        var extended = leaf.Extensions.OfType<X509EnhancedKeyUsageExtension>().FirstOrDefault();
        if (usage is not null && (usage.KeyUsages & needed) != needed)
            return new CertificateRefusal(RefusalReason.WrongUse, $"the key of {Named(leaf)} may only be used for {usage.KeyUsages}", "give the server a certificate with digitalSignature, keyEncipherment and dataEncipherment");
        if (extended is not null && extended.EnhancedKeyUsages.Cast<Oid>().All(o => o.Value is not ("1.3.6.1.5.5.7.3.1" or "2.5.29.37.0")))
            return new CertificateRefusal(RefusalReason.WrongUse, $"{Named(leaf)} is not for servers", "give the server a certificate with the extended key usage serverAuth");
        return null;
    }

    private CertificateRefusal? Revocations(List<X509Certificate2> chain)
    {
        if (chain.Count < 2) return null;
        var lists = store.RevocationLists().Select(RevocationList.Read).OfType<RevocationList>().ToArray();
        for (var i = 0; i + 1 < chain.Count; i++)
        {
            var authority = chain[i + 1];
            var own = lists.Where(l => l.Issuer.AsSpan().SequenceEqual(authority.SubjectName.RawData) && l.IsSignedBy(authority)).ToArray();
            if (own.Any(l => l.Revokes(chain[i]))) return new CertificateRefusal(RefusalReason.Revoked, $"{Named(chain[i])} was revoked by {Named(authority)}", "give the server a new certificate");
            if (!requireCrl || own.Any(l => l.NextUpdate is null || l.NextUpdate > time.GetUtcNow())) continue;
            return new CertificateRefusal(RefusalReason.RevocationUnknown, $"there is no {(own.Length == 0 ? "" : "current ")}revocation list of {Named(authority)}",
                $"put it into {Path.Combine(store.Root, "issuer", "crl")}, or set require_crl: false for this connection");
        }
        return null;
    }

    /// <summary>For a shell to take as one word.</summary>
    private static string Quoted(string path) => path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '.' or '-' or '_') ? path : "'" + path.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    private static string Named(X509Certificate2 certificate) => $"certificate \"{certificate.GetNameInfo(X509NameType.SimpleName, false)}\"";
}
