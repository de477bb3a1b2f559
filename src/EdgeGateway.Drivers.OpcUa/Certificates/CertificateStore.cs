using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>Which folder a certificate lies in.</summary>
public enum StoreFolder
{
    /// <summary>The gateway's own.</summary>
    Own,
    /// <summary>Trusted: peers themselves, or authorities whose peers are trusted.</summary>
    Trusted,
    /// <summary>Authorities that complete chains and grant no trust.</summary>
    Issuer,
    /// <summary>Peers that were refused, kept to be looked at and perhaps trusted.</summary>
    Rejected,
}

/// <summary>A certificate in a store.</summary>
/// <param name="Folder">Its folder.</param>
/// <param name="File">Path of its file.</param>
/// <param name="Certificate">The certificate; the caller disposes it.</param>
public sealed record StoredCertificate(StoreFolder Folder, string File, X509Certificate2 Certificate) : IDisposable
{
    /// <summary>SHA-256 of the certificate, hexadecimal: what an operator compares before trusting it.</summary>
    public string Fingerprint { get; } = CertificateStore.FingerprintOf(Certificate.RawData);

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();
}

/// <summary>Certificates in folders: <c>own</c>, <c>trusted/{certs,crl}</c>, <c>issuer/{certs,crl}</c>, <c>rejected</c>. Files are read anew each time, so a command's change counts at the next attempt. Thread-safe.</summary>
/// <param name="root">Folder of the folders; made on first write.</param>
public sealed class CertificateStore(string root)
{
    private const int MostRejected = 100;
    private const long MostBytes = 65_536;

    /// <summary>Folder of the folders.</summary>
    public string Root => root;

    /// <summary>SHA-256 of a certificate, hexadecimal.</summary>
    public static string FingerprintOf(ReadOnlySpan<byte> der) => Convert.ToHexString(SHA256.HashData(der));

    /// <summary>Certificates of a folder; what cannot be read is passed over.</summary>
    public IReadOnlyList<StoredCertificate> List(StoreFolder folder)
    {
        var list = new List<StoredCertificate>();
        foreach (var file in Files(FolderOf(folder), "*.der", "*.crt", "*.cer", "*.pem"))
        {
            if (folder == StoreFolder.Own && Path.GetFileName(file) == OwnCertificate.KeyFile) continue;
            if (TryLoad(file) is { } certificate) list.Add(new StoredCertificate(folder, file, certificate));
        }
        return list;
    }

    /// <summary>Revocation lists, DER, of the trusted and issuer folders.</summary>
    public IReadOnlyList<byte[]> RevocationLists() =>
        [.. Files(Path.Combine(root, "trusted", "crl"), "*.crl", "*.der").Concat(Files(Path.Combine(root, "issuer", "crl"), "*.crl", "*.der")).Where(f => new FileInfo(f).Length <= 16 * 1024 * 1024).Select(File.ReadAllBytes)];

    /// <summary>Keeps a refused certificate, and drops the oldest beyond a hundred.</summary>
    /// <returns>Null, or why it could not be kept.</returns>
    public string? Reject(ReadOnlySpan<byte> der)
    {
        var folder = FolderOf(StoreFolder.Rejected);
        try
        {
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, FingerprintOf(der) + ".der");
            if (File.Exists(file)) return null;
            File.WriteAllBytes(file, der.ToArray());
            foreach (var old in Files(folder, "*.der").OrderByDescending(File.GetLastWriteTimeUtc).Skip(MostRejected)) File.Delete(old);
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return e.Message;
        }
    }

    /// <summary>Copies a certificate out of a file (DER or PEM) into a folder.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Add(string file, StoreFolder to)
    {
        using var certificate = TryLoad(file);
        if (certificate is null) return $"{file} is no certificate (DER or PEM)";
        Directory.CreateDirectory(FolderOf(to));
        File.WriteAllBytes(Path.Combine(FolderOf(to), FingerprintOf(certificate.RawData) + ".der"), certificate.RawData);
        return null;
    }

    /// <summary>Moves the certificate with this fingerprint (or an unambiguous beginning of it, at least 8 digits) to another folder.</summary>
    /// <returns>Null, or what is wrong.</returns>
    public string? Move(string fingerprint, StoreFolder from, StoreFolder to)
    {
        if (Find(fingerprint, [from], out var found) is { } wrong) return wrong;
        using (found)
        {
            Directory.CreateDirectory(FolderOf(to));
            // Written anew rather than moved: a PEM file must not end as a .der file.
            File.WriteAllBytes(Path.Combine(FolderOf(to), found!.Fingerprint + ".der"), found.Certificate.RawData);
            File.Delete(found.File);
            return null;
        }
    }

    /// <summary>Finds the one certificate with this fingerprint, or an unambiguous beginning of it of at least 8 digits.</summary>
    /// <returns>Null, or what is wrong; the caller disposes what was found.</returns>
    public string? Find(string fingerprint, IReadOnlyList<StoreFolder> folders, out StoredCertificate? found)
    {
        found = null;
        var wanted = fingerprint.Replace(":", "", StringComparison.Ordinal).ToUpperInvariant();
        if (wanted.Length < 8) return "give at least the first 8 digits of the fingerprint";
        var listed = folders.SelectMany(List).ToArray();
        var fitting = listed.Where(c => c.Fingerprint.StartsWith(wanted, StringComparison.Ordinal)).DistinctBy(c => c.Fingerprint).ToArray();
        if (fitting.Length == 1) found = fitting[0];
        foreach (var other in listed) if (other != found) other.Dispose();
        return found is not null ? null : string.Create(CultureInfo.InvariantCulture, $"{fitting.Length} certificates in {string.Join(", ", folders.Select(WordOf))} begin with {fingerprint}");
    }

    /// <summary>Path of a folder's certificates.</summary>
    public string FolderOf(StoreFolder folder) => folder switch
    {
        StoreFolder.Own => Path.Combine(root, "own"),
        StoreFolder.Trusted => Path.Combine(root, "trusted", "certs"),
        StoreFolder.Issuer => Path.Combine(root, "issuer", "certs"),
        _ => Path.Combine(root, "rejected"),
    };

    /// <summary>The folder's word.</summary>
    public static string WordOf(StoreFolder folder) => folder.ToString().ToLowerInvariant();

    private static IEnumerable<string> Files(string folder, params string[] patterns) =>
        Directory.Exists(folder) ? patterns.SelectMany(p => Directory.EnumerateFiles(folder, p)).Order(StringComparer.Ordinal) : [];

    private static X509Certificate2? TryLoad(string file)
    {
        try
        {
            if (new FileInfo(file).Length > MostBytes) return null;
            return X509CertificateLoader.LoadCertificateFromFile(file);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
