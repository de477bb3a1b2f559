using System.Security.Cryptography;

namespace EdgeGateway.OpcUa.Security;

/// <summary>RSA over data longer than a block: block by block.</summary>
internal static class RsaBlocks
{
    /// <summary>Bytes of plain text in a block.</summary>
    public static int PlainBlock(RSA key, SecurityPolicy policy) => key.KeySize / 8 - policy.EncryptionOverhead;

    /// <summary>Bytes that <paramref name="plain"/> bytes become.</summary>
    public static int CipherLength(int plain, RSA key, SecurityPolicy policy)
    {
        var block = PlainBlock(key, policy);
        return (plain + block - 1) / block * (key.KeySize / 8);
    }

    public static void Encrypt(ReadOnlySpan<byte> plain, RSA key, SecurityPolicy policy, Span<byte> cipher)
    {
        var (block, size) = (PlainBlock(key, policy), key.KeySize / 8);
        while (!plain.IsEmpty)
        {
            var n = Math.Min(block, plain.Length);
            key.Encrypt(plain[..n], cipher, policy.EncryptionPadding);
            plain = plain[n..];
            cipher = cipher[size..];
        }
    }

    /// <summary>Decrypts in place of the caller's buffer; -1 where a block does not open.</summary>
    public static int Decrypt(ReadOnlySpan<byte> cipher, RSA key, SecurityPolicy policy, Span<byte> plain)
    {
        var size = key.KeySize / 8;
        if (cipher.Length % size != 0) return -1;
        var length = 0;
        try
        {
            for (; !cipher.IsEmpty; cipher = cipher[size..])
            {
                if (!key.TryDecrypt(cipher[..size], plain[length..], policy.EncryptionPadding, out var n)) return -1;
                length += n;
            }
        }
        catch (CryptographicException)
        {
            return -1;
        }
        return length;
    }
}
