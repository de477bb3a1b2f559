using System.Globalization;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>A certificate in lines for people: what an operator compares before trusting it.</summary>
public static class CertificateText
{
    /// <summary>The lines. Names come from the certificate as they are: a terminal must be shielded from them.</summary>
    public static IEnumerable<string> Lines(StoredCertificate stored)
    {
        ArgumentNullException.ThrowIfNull(stored);
        var certificate = stored.Certificate;
        var names = AlternativeNames.Of(certificate);
        using var key = certificate.GetRSAPublicKey();
        yield return $"folder       {CertificateStore.WordOf(stored.Folder)}";
        yield return $"file         {Path.GetFullPath(stored.File)}";
        yield return $"SHA-256      {stored.Fingerprint}";
        yield return $"SHA-1        {certificate.Thumbprint}";
        yield return $"subject      {certificate.Subject}";
        yield return $"issuer       {(certificate.Issuer == certificate.Subject ? "itself" : certificate.Issuer)}";
        yield return string.Create(CultureInfo.InvariantCulture, $"valid        {certificate.NotBefore.ToUniversalTime():yyyy-MM-dd} to {certificate.NotAfter.ToUniversalTime():yyyy-MM-dd}");
        yield return $"application  {string.Join(", ", names.Uris)}";
        yield return $"hosts        {string.Join(", ", names.Hosts)}";
        yield return key is null ? "key          not RSA" : string.Create(CultureInfo.InvariantCulture, $"key          RSA {key.KeySize}, signed with {certificate.SignatureAlgorithm.FriendlyName ?? certificate.SignatureAlgorithm.Value}");
    }
}
