namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>Counts of the server, in the order a lock-step clock needs. Thread-safe.</summary>
internal sealed class ServerTraffic
{
    private long _received, _sent, _requests, _activity;
    private int _busy, _open, _held;

    public long BytesReceived => Interlocked.Read(ref _received);

    public long BytesSent => Interlocked.Read(ref _sent);

    public long Requests => Interlocked.Read(ref _requests);

    public long Activity => Interlocked.Read(ref _activity);

    public int OpenConnections => Volatile.Read(ref _open);

    /// <summary>Sockets not yet closed, those hung up on included.</summary>
    public int Held => Volatile.Read(ref _held);

    public bool Quiet => Volatile.Read(ref _busy) == 0;

    public void Begin()
    {
        Interlocked.Increment(ref _activity);
        Interlocked.Increment(ref _busy);
    }

    public void End()
    {
        Interlocked.Decrement(ref _busy);
        Interlocked.Increment(ref _activity);
    }

    /// <summary>After they were dealt with and what follows was sent or scheduled.</summary>
    public void CountReceived(int bytes) => Interlocked.Add(ref _received, bytes);

    /// <summary>Before they are sent; negative if they could not be.</summary>
    public void CountSent(int bytes) => Interlocked.Add(ref _sent, bytes);

    public void CountRequest() => Interlocked.Increment(ref _requests);

    public void CountAccepted()
    {
        Interlocked.Increment(ref _held);
        Interlocked.Increment(ref _open);
    }

    /// <summary>Once a connection, as soon as either side ends it.</summary>
    public void CountEnded() => Interlocked.Decrement(ref _open);

    public void CountClosed() => Interlocked.Decrement(ref _held);
}
