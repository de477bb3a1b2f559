using System.Buffers;
using System.Globalization;
using System.Text;

namespace EdgeGateway.Drivers.Modbus.Options;

/// <summary>A fixed packet as maps write it: text, or <c>0x</c> and hexadecimal digits, of at most 64 bytes.</summary>
internal static class PacketText
{
    public const int MaxBytes = 64;

    private const string Hex = "0x";

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Fault(string written) => Parse(written) switch
    {
        null => $"'{written}' is no packet: after 0x an even number of hexadecimal digits is expected.",
        { Length: 0 } => "a packet has at least one byte.",
        { Length: > MaxBytes } => string.Create(CultureInfo.InvariantCulture, $"a packet has at most {MaxBytes} bytes."),
        _ => null,
    };

    /// <summary>Its bytes; null where it cannot be read.</summary>
    public static byte[]? Parse(string written)
    {
        if (!written.StartsWith(Hex, StringComparison.OrdinalIgnoreCase)) return Encoding.UTF8.GetBytes(written);
        var bytes = new byte[(written.Length - Hex.Length) / 2];
        return Convert.FromHexString(written.AsSpan(Hex.Length), bytes, out _, out _) == OperationStatus.Done ? bytes : null;
    }

    /// <summary>Bytes for a message: as text where they are printable, else as a map would write them.</summary>
    public static string Show(ReadOnlySpan<byte> bytes) =>
        bytes.ContainsAnyExceptInRange((byte)' ', (byte)'~') ? Hex + Convert.ToHexString(bytes) : Encoding.ASCII.GetString(bytes);
}
