using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>The signature of a certificate or revocation list (RFC 5280, 4.1.1 and 5.1.1), checked against one key: no store of the machine, no network, no time.</summary>
internal sealed class SignedDer
{
    private readonly byte[] _signed, _signature;
    private readonly HashAlgorithmName _hash;

    private SignedDer(byte[] signed, byte[] signature, HashAlgorithmName hash) => (_signed, _signature, _hash) = (signed, signature, hash);

    /// <summary>What is signed, DER.</summary>
    public ReadOnlyMemory<byte> Content => _signed;

    /// <summary>Reads the three parts; null where malformed or not signed with RSA and SHA-2.</summary>
    public static SignedDer? Read(ReadOnlyMemory<byte> der)
    {
        try
        {
            var outer = new AsnReader(der, AsnEncodingRules.DER).ReadSequence();
            var signed = outer.ReadEncodedValue().ToArray();
            HashAlgorithmName? hash = outer.ReadSequence().ReadObjectIdentifier() switch
            {
                "1.2.840.113549.1.1.11" => HashAlgorithmName.SHA256,
                "1.2.840.113549.1.1.12" => HashAlgorithmName.SHA384,
                "1.2.840.113549.1.1.13" => HashAlgorithmName.SHA512,
                _ => null,
            };
            return hash is { } known ? new SignedDer(signed, outer.ReadBitString(out _), known) : null;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>True where the authority's key made the signature.</summary>
    public bool IsSignedBy(X509Certificate2 authority)
    {
        using var key = authority.GetRSAPublicKey();
        return key is not null && key.VerifyData(_signed, _signature, _hash, RSASignaturePadding.Pkcs1);
    }
}
