using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>A revocation list of an authority (RFC 5280, 5). The platform's own check would fetch lists from the network, so it is read here.</summary>
internal sealed class RevocationList
{
    private readonly HashSet<string> _serials = [];
    private readonly SignedDer _signed;

    private RevocationList(SignedDer signed) => _signed = signed;

    /// <summary>Name of the authority, DER.</summary>
    public byte[] Issuer { get; private set; } = [];

    /// <summary>When the next one is due, or null.</summary>
    public DateTimeOffset? NextUpdate { get; private set; }

    /// <summary>Reads a list; null where it is malformed or not signed with RSA and SHA-2.</summary>
    public static RevocationList? Read(byte[] der)
    {
        try
        {
            if (SignedDer.Read(der) is not { } signed) return null;
            var list = new RevocationList(signed);
            var tbs = new AsnReader(signed.Content, AsnEncodingRules.DER).ReadSequence();
            if (tbs.PeekTag() == Asn1Tag.Integer) tbs.ReadInteger();
            tbs.ReadSequence();
            list.Issuer = tbs.ReadEncodedValue().ToArray();
            ReadTime(tbs);
            if (tbs.HasData && tbs.PeekTag().TagValue is (int)UniversalTagNumber.UtcTime or (int)UniversalTagNumber.GeneralizedTime) list.NextUpdate = ReadTime(tbs);
            if (!tbs.HasData || tbs.PeekTag() != Asn1Tag.Sequence) return list;
            var revoked = tbs.ReadSequence();
            while (revoked.HasData) list._serials.Add(Convert.ToHexString(revoked.ReadSequence().ReadIntegerBytes().Span));
            return list;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>True where the authority signed it.</summary>
    public bool IsSignedBy(X509Certificate2 authority) => _signed.IsSignedBy(authority);

    /// <summary>True where it lists the certificate.</summary>
    public bool Revokes(X509Certificate2 certificate) => _serials.Contains(Convert.ToHexString(certificate.SerialNumberBytes.Span));

    private static DateTimeOffset ReadTime(AsnReader reader) =>
        reader.PeekTag().TagValue == (int)UniversalTagNumber.UtcTime ? reader.ReadUtcTime() : reader.ReadGeneralizedTime();
}
