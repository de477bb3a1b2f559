using System.Threading.Channels;

namespace EdgeGateway.Dashboard.Live;

/// <summary>The readers of the live stream. Each has a short queue of its own; whoever does not keep up is ended and counted, and holds up nobody. Thread-safe.</summary>
internal sealed class LiveStreams
{
    /// <summary>Messages that may wait for one reader: a few seconds.</summary>
    public const int QueueLength = 8;

    /// <summary>Readers at a time; one more is refused.</summary>
    public const int MostClients = 64;

    private readonly Lock _gate = new();
    private readonly List<Channel<ReadOnlyMemory<byte>>> _clients = [];
    private long _dropped;

    /// <summary>Readers now.</summary>
    public int Clients
    {
        get
        {
            lock (_gate) return _clients.Count;
        }
    }

    /// <summary>Readers ended because they were too slow.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>A queue for a new reader, or null where there are too many.</summary>
    public Channel<ReadOnlyMemory<byte>>? Join()
    {
        var client = Channel.CreateBounded<ReadOnlyMemory<byte>>(new BoundedChannelOptions(QueueLength) { SingleReader = true, SingleWriter = true });
        lock (_gate)
        {
            if (_clients.Count >= MostClients) return null;
            _clients.Add(client);
        }
        return client;
    }

    /// <summary>A reader is gone.</summary>
    public void Leave(Channel<ReadOnlyMemory<byte>> client)
    {
        lock (_gate) _clients.Remove(client);
    }

    /// <summary>Hands one message to everybody; whose queue is full is ended.</summary>
    public void Send(ReadOnlyMemory<byte> message)
    {
        lock (_gate)
        {
            for (var i = _clients.Count - 1; i >= 0; i--)
            {
                if (_clients[i].Writer.TryWrite(message)) continue;
                _clients[i].Writer.TryComplete();
                _clients.RemoveAt(i);
                Interlocked.Increment(ref _dropped);
            }
        }
    }
}
