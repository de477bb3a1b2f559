using System.Net;
using System.Net.Sockets;

namespace Chaos.Tests.Links;

/// <summary>One connection through a link: both directions, as the link's state allows.</summary>
internal sealed class Carriage(Link link, Socket near, IPEndPoint target) : IDisposable
{
    private const int SlowBytes = 64, PieceBytes = 512;
    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(40);
    private readonly Socket _far = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Ended => _ended.Task;

    public async Task RunAsync()
    {
        try
        {
            near.NoDelay = _far.NoDelay = true;
            if (link.Now.State == LinkState.Cut) return;
            await _far.ConnectAsync(target);
            await Task.WhenAny(CarryAsync(near, _far), CarryAsync(_far, near));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Reset by either side, by the link, or nobody listens behind it.
        }
        finally
        {
            Dispose();
            _ended.SetResult();
        }
    }

    /// <summary>Ends both sides with a reset: what is under way is lost.</summary>
    public void Dispose()
    {
        foreach (var socket in new[] { near, _far })
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                // It is gone already.
            }
            socket.Dispose();
        }
    }

    private async Task CarryAsync(Socket from, Socket to)
    {
        try
        {
            var buffer = new byte[16 * 1024];
            while (true)
            {
                await WhileStillAsync();
                var room = link.Now.State == LinkState.Slow ? SlowBytes : buffer.Length;
                var length = await from.ReceiveAsync(buffer.AsMemory(0, room));
                if (length == 0) return;
                await WhileStillAsync();
                if (link.Now is { State: LinkState.Slow } slow) await Task.WhenAny(Task.Delay(SlowPause), slow.Changed);
                // A cut comes in the middle of a message as often as between two.
                for (var sent = 0; sent < length;) sent += await to.SendAsync(buffer.AsMemory(sent, Math.Min(length - sent, PieceBytes)));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The other direction ends with it.
        }
    }

    private async Task WhileStillAsync()
    {
        while (link.Now is { State: LinkState.Still } still) await still.Changed;
    }
}
