using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography.X509Certificates;

namespace EdgeGateway.Drivers.OpcUa.Certificates;

/// <summary>Subject alternative names of a certificate (RFC 5280, 4.2.1.6).</summary>
internal sealed class AlternativeNames
{
    private readonly List<IPAddress> _addresses = [];

    public List<string> Uris { get; } = [];

    /// <summary>DNS names and addresses, as text.</summary>
    public List<string> Hosts { get; } = [];

    public static AlternativeNames Of(X509Certificate2 certificate)
    {
        var names = new AlternativeNames();
        if (certificate.Extensions["2.5.29.17"] is not { } extension) return names;
        try
        {
            var reader = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (reader.HasData) names.Read(reader);
        }
        catch (AsnContentException)
        {
            // What cannot be read names nothing, and the certificate is refused for that.
        }
        return names;
    }

    /// <summary>True where <paramref name="host"/> is an address the certificate names.</summary>
    public bool HasAddress(string host) => IPAddress.TryParse(host, out var address) && _addresses.Contains(address);

    private void Read(AsnReader reader)
    {
        var tag = reader.PeekTag();
        switch (tag.TagClass == TagClass.ContextSpecific ? tag.TagValue : -1)
        {
            case 2:
                Hosts.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                break;
            case 6:
                Uris.Add(reader.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                break;
            case 7:
                var octets = reader.ReadOctetString(tag);
                if (octets.Length is not (4 or 16)) break;
                _addresses.Add(new IPAddress(octets));
                Hosts.Add(_addresses[^1].ToString());
                break;
            default:
                reader.ReadEncodedValue();
                break;
        }
    }
}
