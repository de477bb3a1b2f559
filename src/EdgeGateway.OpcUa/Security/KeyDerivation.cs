using System.Security.Cryptography;

namespace EdgeGateway.OpcUa.Security;

/// <summary>P_SHA256, the pseudo-random function of TLS 1.2 (RFC 5246, 5) that makes channel keys of nonces (OPC 10000-6, 6.7.5).</summary>
internal static class KeyDerivation
{
    public static void PSha256(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        var block = new byte[32 + seed.Length];
        Span<byte> a = stackalloc byte[32];
        Span<byte> piece = stackalloc byte[32];
        HMACSHA256.HashData(secret, seed, a);
        seed.CopyTo(block.AsSpan(32));
        while (!output.IsEmpty)
        {
            a.CopyTo(block);
            HMACSHA256.HashData(secret, block, piece);
            var n = Math.Min(32, output.Length);
            piece[..n].CopyTo(output);
            output = output[n..];
            HMACSHA256.HashData(secret, block.AsSpan(0, 32), a);
        }
        CryptographicOperations.ZeroMemory(block);
        CryptographicOperations.ZeroMemory(a);
        CryptographicOperations.ZeroMemory(piece);
    }
}
