using System.Net.Sockets;

namespace EdgeGateway.Control;

/// <summary>One line of bytes from a socket, bounded.</summary>
internal static class ControlLine
{
    /// <summary>Longest request or answer, bytes.</summary>
    public const int Longest = 1024 * 1024;

    /// <summary>The bytes before the next line feed, or null where the peer ended before it or wrote more than <see cref="Longest"/>.</summary>
    public static async Task<byte[]?> ReadAsync(Socket socket, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        var length = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (read == 0) return null;
            var end = buffer.AsSpan(length, read).IndexOf((byte)'\n');
            if (end >= 0) return buffer[..(length + end)];
            length += read;
            if (length == Longest) return null;
            if (length == buffer.Length) Array.Resize(ref buffer, Math.Min(Longest, buffer.Length * 2));
        }
    }

    /// <summary>Sends <paramref name="line"/> and a line feed.</summary>
    public static async Task WriteAsync(Socket socket, byte[] line, CancellationToken cancellationToken)
    {
        byte[] whole = [.. line, (byte)'\n'];
        for (var sent = 0; sent < whole.Length;) sent += await socket.SendAsync(whole.AsMemory(sent), cancellationToken);
    }
}
