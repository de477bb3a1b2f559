using System.Security.Cryptography;

namespace EdgeGateway.OpcUa.Security;

/// <summary>Symmetric keys of one direction under one token; zeroed when disposed.</summary>
internal sealed class ChannelKeys : IDisposable
{
    private readonly byte[] _material;
    private readonly Aes _aes = Aes.Create();

    /// <summary>Derives them: signing key, encryption key, IV, in this order.</summary>
    public ChannelKeys(SecurityPolicy policy, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed)
    {
        _material = new byte[SecurityPolicy.SigningKeyLength + policy.EncryptingKeyLength + SecurityPolicy.BlockLength];
        KeyDerivation.PSha256(secret, seed, _material);
        _aes.Key = _material.AsSpan(SecurityPolicy.SigningKeyLength, policy.EncryptingKeyLength).ToArray();
    }

    private ReadOnlySpan<byte> SigningKey => _material.AsSpan(0, SecurityPolicy.SigningKeyLength);

    private ReadOnlySpan<byte> Iv => _material.AsSpan(_material.Length - SecurityPolicy.BlockLength);

    public void Sign(ReadOnlySpan<byte> data, Span<byte> signature) => HMACSHA256.HashData(SigningKey, data, signature);

    public bool Verify(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        Span<byte> expected = stackalloc byte[SecurityPolicy.SymmetricSignatureLength];
        HMACSHA256.HashData(SigningKey, data, expected);
        return CryptographicOperations.FixedTimeEquals(expected, signature);
    }

    /// <summary>Encrypts in place; the IV is that of the token for every chunk (OPC 10000-6, 6.7.2.5).</summary>
    public void Encrypt(Span<byte> data) => _aes.EncryptCbc(data, Iv, data, PaddingMode.None);

    public void Decrypt(Span<byte> data) => _aes.DecryptCbc(data, Iv, data, PaddingMode.None);

    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(_material);
        _aes.Dispose();
    }
}
