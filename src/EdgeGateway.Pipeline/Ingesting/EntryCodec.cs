namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>The codec byte of an entry: how its body is encoded, and in which time the entry speaks.</summary>
/// <remarks>Until the clock is trusted, entries and their samples hold boot-monotonic time; the boot's row later gets the one offset that makes it UTC, and nothing is rewritten.</remarks>
public static class EntryCodec
{
    /// <summary>Times are boot-monotonic.</summary>
    public const byte BootTime = 0x80;

    /// <summary>Times are UTC of a clock that nobody vouched for.</summary>
    public const byte Unverified = 0x40;

    private const byte BodyMask = 0x3F;

    /// <summary>The body's codec alone.</summary>
    public static byte Body(byte codec) => (byte)(codec & BodyMask);

    /// <summary>True where the entry speaks boot-monotonic time.</summary>
    public static bool IsBootTime(byte codec) => (codec & BootTime) != 0;

    /// <summary>True where nobody vouched for the clock.</summary>
    public static bool IsUnverified(byte codec) => (codec & Unverified) != 0;
}
