using EdgeGateway.Peers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Chains, authorities and revocation lists, each against stores of its own.</summary>
public sealed class JudgeTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("edge-judge-").FullName;
    private readonly CertificateStore _store;

    public JudgeTests() => _store = new CertificateStore(_root);

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private static readonly X509Certificate2 Authority = OpcUaCertificates.Make(new OpcUaCertificates.Wish { Name = "Plant CA", Authority = true });
    private static readonly RSA LeafKey = OpcUaCertificates.Key(2048, fresh: true);
    private static readonly X509Certificate2 Issued = OpcUaCertificates.Make(new OpcUaCertificates.Wish { Name = "plc", Issuer = Authority }, LeafKey);

    private CertificateRefusal? Judge(X509Certificate2 leaf, bool crl = true, string? uri = "urn:peer", byte[]? chain = null) =>
        new CertificateJudge(_store, "127.0.0.1", verifyHost: true, crl, TimeProvider.System).Refuse(chain ?? leaf.RawData, uri);

    private void Put(StoreFolder folder, X509Certificate2 certificate)
    {
        Directory.CreateDirectory(_store.FolderOf(folder));
        File.WriteAllBytes(Path.Combine(_store.FolderOf(folder), CertificateStore.FingerprintOf(certificate.RawData) + ".der"), certificate.RawData);
    }

    private void PutCrl(params X509Certificate2[] revoked)
    {
        var builder = new CertificateRevocationListBuilder();
        foreach (var certificate in revoked) builder.AddEntry(certificate);
        Directory.CreateDirectory(Path.Combine(_root, "issuer", "crl"));
        var crl = builder.Build(Authority.SubjectName, X509SignatureGenerator.CreateForRSA(OpcUaCertificates.Key(2048), RSASignaturePadding.Pkcs1), 1, DateTimeOffset.UtcNow.AddDays(10),
            HashAlgorithmName.SHA256, X509AuthorityKeyIdentifierExtension.CreateFromSubjectKeyIdentifier(Authority.Extensions.OfType<X509SubjectKeyIdentifierExtension>().Single()));
        File.WriteAllBytes(Path.Combine(_root, "issuer", "crl", "ca.crl"), crl);
    }

    [Fact]
    public void An_authority_in_issuer_completes_a_chain_and_grants_no_trust()
    {
        Put(StoreFolder.Issuer, Authority);
        PutCrl();
        Assert.Equal(RefusalReason.Untrusted, Judge(Issued)!.Reason);
        Put(StoreFolder.Trusted, Issued);
        Assert.Null(Judge(Issued));
    }

    [Fact]
    public void A_trusted_authority_makes_its_certificates_trusted()
    {
        Put(StoreFolder.Trusted, Authority);
        PutCrl();
        Assert.Null(Judge(Issued));
        Assert.Null(Judge(Issued, chain: [.. Issued.RawData, .. Authority.RawData]));
    }

    [Fact]
    public void A_sent_authority_is_not_trusted_because_it_was_sent()
    {
        Assert.Equal(RefusalReason.Untrusted, Judge(Issued, chain: [.. Issued.RawData, .. Authority.RawData])!.Reason);
    }

    [Fact]
    public void A_trusted_certificate_without_its_authority_is_incomplete()
    {
        Put(StoreFolder.Trusted, Issued);
        Assert.Equal(RefusalReason.ChainIncomplete, Judge(Issued)!.Reason);
    }

    [Fact]
    public void A_revoked_certificate_is_refused()
    {
        Put(StoreFolder.Trusted, Authority);
        PutCrl(Issued);
        Assert.Equal(RefusalReason.Revoked, Judge(Issued)!.Reason);
    }

    [Fact]
    public void Without_a_list_revocation_is_unknown_unless_that_is_allowed()
    {
        Put(StoreFolder.Trusted, Authority);
        Assert.Equal(RefusalReason.RevocationUnknown, Judge(Issued)!.Reason);
        Assert.Null(Judge(Issued, crl: false));
    }

    [Fact]
    public void A_namesake_of_the_authority_signs_nothing()
    {
        using var impostor = OpcUaCertificates.Make(new OpcUaCertificates.Wish { Name = "Plant CA", Authority = true }, OpcUaCertificates.Key(2048, fresh: true));
        Put(StoreFolder.Trusted, impostor);
        Assert.Equal(RefusalReason.Untrusted, Judge(Issued)!.Reason);
    }

    [Fact]
    public void A_tampered_certificate_is_refused()
    {
        using var own = OpcUaCertificates.Make(new OpcUaCertificates.Wish());
        var bytes = own.RawData;
        bytes[^5] ^= 1;
        using var tampered = X509CertificateLoader.LoadCertificate(bytes);
        Put(StoreFolder.Trusted, tampered);
        Assert.Equal(RefusalReason.ChainInvalid, Judge(tampered)!.Reason);
    }

    [Fact]
    public void A_key_for_signing_only_is_refused()
    {
        using var leaf = OpcUaCertificates.Make(new OpcUaCertificates.Wish { Usage = X509KeyUsageFlags.DigitalSignature });
        Put(StoreFolder.Trusted, leaf);
        Assert.Equal(RefusalReason.WrongUse, Judge(leaf)!.Reason);
    }

    [Fact]
    public void A_certificate_of_tomorrow_says_that_clocks_differ()
    {
        using var leaf = OpcUaCertificates.Make(new OpcUaCertificates.Wish { From = DateTimeOffset.UtcNow.AddDays(1) });
        Put(StoreFolder.Trusted, leaf);
        Assert.Equal(RefusalReason.NotYetValid, Judge(leaf)!.Reason);
    }

    [Fact]
    public void A_short_key_is_refused()
    {
        using var leaf = OpcUaCertificates.Make(new OpcUaCertificates.Wish { Bits = 1024 });
        Put(StoreFolder.Trusted, leaf);
        Assert.Equal(RefusalReason.Weak, Judge(leaf)!.Reason);
    }

    [Theory]
    [InlineData(new byte[0])]
    [InlineData(new byte[] { 0x30, 0x84, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0x30, 0x03, 1, 2, 3 })]
    public void Rubbish_is_unreadable(byte[] bytes) => Assert.Equal(RefusalReason.Unreadable, Judge(Issued, chain: bytes)!.Reason);

    [Fact]
    public void The_own_certificate_has_what_servers_ask_for()
    {
        using var own = OwnCertificate.Ensure(_store, "urn:edge-gateway:test", DateTimeOffset.UtcNow);
        using var certificate = X509CertificateLoader.LoadCertificate(own.Identity.Certificate.Span);
        Assert.Contains("urn:edge-gateway:test", AlternativeNames.Of(certificate).Uris);
        Assert.Equal(X509KeyUsageFlags.DigitalSignature | X509KeyUsageFlags.NonRepudiation | X509KeyUsageFlags.KeyEncipherment | X509KeyUsageFlags.DataEncipherment,
            certificate.Extensions.OfType<X509KeyUsageExtension>().Single().KeyUsages);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(_root, "own", "own.key.pem")));
        var first = CertificateStore.FingerprintOf(own.Identity.Certificate.Span);
        Assert.NotEqual(first, OwnCertificate.Make(_store, "urn:edge-gateway:test", DateTimeOffset.UtcNow));
    }
}
