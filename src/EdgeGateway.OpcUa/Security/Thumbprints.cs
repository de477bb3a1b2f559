using System.Formats.Asn1;
using System.Security.Cryptography;

namespace EdgeGateway.OpcUa.Security;

/// <summary>Splits DER chains and names certificates.</summary>
public static class Thumbprints
{
    /// <summary>Most certificates of a chain that are looked at.</summary>
    public const int MaxChain = 10;

    /// <summary>SHA-1 of a DER certificate.</summary>
    public static byte[] Of(ReadOnlySpan<byte> certificate)
    {
        // CA5350: the standard names certificates by SHA-1; it protects nothing here.
#pragma warning disable CA5350
        return SHA1.HashData(certificate);
#pragma warning restore CA5350
    }

    /// <summary>The first certificate of a chain.</summary>
    /// <exception cref="CryptographicException">It is no DER sequence.</exception>
    public static ReadOnlySpan<byte> FirstOf(ReadOnlySpan<byte> chain)
    {
        try
        {
            AsnDecoder.ReadSequence(chain, AsnEncodingRules.DER, out _, out _, out var length);
            return chain[..length];
        }
        catch (AsnContentException e)
        {
            throw new CryptographicException("No DER sequence.", e);
        }
    }

    /// <summary>All certificates of a chain, leaf first, at most <see cref="MaxChain"/>.</summary>
    /// <exception cref="CryptographicException">One of them is no DER sequence.</exception>
    public static IReadOnlyList<byte[]> Split(ReadOnlySpan<byte> chain)
    {
        var list = new List<byte[]>();
        while (!chain.IsEmpty && list.Count < MaxChain)
        {
            var first = FirstOf(chain);
            list.Add(first.ToArray());
            chain = chain[first.Length..];
        }
        return list;
    }
}
