using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace EdgeGateway.Dashboard.Access;

/// <summary>Passwords at rest: PBKDF2 with HMAC-SHA-256, a salt of their own, and the count of rounds beside them, so that it can be raised.</summary>
/// <remarks>600 000 rounds: OWASP Password Storage Cheat Sheet, PBKDF2-HMAC-SHA256.</remarks>
public static class PasswordHash
{
    /// <summary>Rounds of new hashes.</summary>
    public const int Rounds = 600_000;

    /// <summary>Fewest characters of a password.</summary>
    public const int MinLength = 10;

    private const string Scheme = "pbkdf2-sha256";
    private const int SaltSize = 16, HashSize = 32, MostRounds = 10_000_000;

    /// <summary>Hashes a password with a new salt.</summary>
    public static string Make(string password)
    {
        var salt = RandomNumberGenerator.GetBytes(SaltSize);
        return string.Create(CultureInfo.InvariantCulture, $"{Scheme}${Rounds}${Convert.ToBase64String(salt)}${Convert.ToBase64String(Derive(password, salt, Rounds))}");
    }

    /// <summary>True where the password is the one that was hashed; false too for a hash that makes no sense. Takes the same time for every wrong password.</summary>
    public static bool Verify(string password, string hash)
    {
        var parts = hash.Split('$');
        if (parts.Length != 4 || parts[0] != Scheme || !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var rounds) || rounds is < 1 or > MostRounds) return false;
        Span<byte> salt = stackalloc byte[64], expected = stackalloc byte[64];
        if (!Convert.TryFromBase64String(parts[2], salt, out var saltSize) || !Convert.TryFromBase64String(parts[3], expected, out var size) || size != HashSize) return false;
        return CryptographicOperations.FixedTimeEquals(Derive(password, salt[..saltSize], rounds), expected[..size]);
    }

    private static byte[] Derive(string password, ReadOnlySpan<byte> salt, int rounds) => Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(password), salt, rounds, HashAlgorithmName.SHA256, HashSize);
}
