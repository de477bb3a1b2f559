using System.Text;

namespace EdgeGateway.Control;

/// <summary>Where the control socket of a store is.</summary>
internal static class ControlPath
{
    // sun_path of Linux holds 108 bytes, with a zero at the end.
    private const int Longest = 107;

    /// <summary>The socket beside the store, or null where its path would be too long for a socket.</summary>
    public static string? Of(string storePath)
    {
        var path = Path.GetFullPath(storePath) + ".sock";
        return Encoding.UTF8.GetByteCount(path) <= Longest ? path : null;
    }
}
