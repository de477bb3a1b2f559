using System.Net.Sockets;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Modbus;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>One client: a thread that blocks on its socket, the cheapest way for the few a plant has. Thread-safe.</summary>
/// <remarks>
/// The server never closes first: to drop a client it hangs up its own direction and reads on until the client has closed, so that every byte the client counted as sent is counted as received.
/// </remarks>
internal sealed class PlantConnection
{
    private readonly Socket _socket;
    private readonly PlantStation _station;
    private readonly ServerTraffic _traffic;
    private readonly PlantClock _clock;
    private readonly Action<PlantConnection> _closed;
    private readonly Lock _sending = new();
    private readonly List<DelayedAnswer> _later = [];
    private readonly byte[] _input = new byte[4 * Mbap.MaxFrame];
    private readonly byte[] _reply = new byte[Mbap.MaxFrame];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _filled;
    private bool _hungUp, _gone;

    public PlantConnection(Socket socket, PlantStation station, ServerTraffic traffic, PlantClock clock, Action<PlantConnection> closed)
    {
        (_socket, _station, _traffic, _clock, _closed) = (socket, station, traffic, clock, closed);
        socket.NoDelay = true;
    }

    /// <summary>Completes when the thread has ended.</summary>
    public Task Ended => _ended.Task;

    public void Start() => new Thread(Run, 256 * 1024) { IsBackground = true, Name = "plant connection" }.Start();

    /// <summary>Sends nothing more; what comes in is read and forgotten.</summary>
    public void HangUp()
    {
        lock (_sending)
        {
            if (_gone || _hungUp) return;
            _hungUp = true;
            CancelLater();
            // Counted before the client can see it: a lock-step clock waits until it has.
            _traffic.CountEnded();
            try
            {
                _socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The client was faster.
            }
        }
    }

    /// <summary>Ends it at once, at the end of the server.</summary>
    public void Abort()
    {
        lock (_sending) CancelLater();
        _socket.Dispose();
    }

    private void Run()
    {
        try
        {
            while (true)
            {
                var received = _socket.Receive(_input.AsSpan(_filled));
                if (received == 0) break;
                _traffic.Begin();
                try
                {
                    _filled += received;
                    Handle();
                }
                finally
                {
                    _traffic.CountReceived(received);
                    _traffic.End();
                }
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // A client that resets its connection has closed it.
        }
        finally
        {
            Leave();
        }
    }

    private void Leave()
    {
        _traffic.Begin();
        lock (_sending)
        {
            _gone = true;
            CancelLater();
            if (!_hungUp) _traffic.CountEnded();
        }

        _socket.Dispose();
        _traffic.CountClosed();
        _traffic.End();
        _closed(this);
        _ended.SetResult();
    }

    private void Handle()
    {
        var done = 0;
        while (!Volatile.Read(ref _hungUp))
        {
            var status = _station.Scan(_input.AsSpan(done, _filled - done), out var length);
            if (status == MbapStatus.Malformed) HangUp();
            if (status != MbapStatus.Frame) break;
            Reply(_input.AsSpan(done, length));
            done += length;
        }

        if (Volatile.Read(ref _hungUp)) done = _filled;
        _input.AsSpan(done, _filled - done).CopyTo(_input);
        _filled -= done;
    }

    private void Reply(ReadOnlySpan<byte> frame)
    {
        _traffic.CountRequest();
        var length = _station.Answer(frame, _reply, _clock.Now, out var effect);
        if (length == 0) return;
        var atOnce = effect.SplitAfter == 0 ? length : Math.Min(effect.SplitAfter, length);
        Send(_reply.AsSpan(0, atOnce), effect.Delay);
        if (atOnce < length) Send(_reply.AsSpan(atOnce, length - atOnce), effect.Delay + effect.SplitDelay);
    }

    private void Send(ReadOnlySpan<byte> bytes, TimeSpan delay)
    {
        if (delay <= TimeSpan.Zero)
        {
            lock (_sending) SendNow(bytes);
            return;
        }

        lock (_sending)
        {
            if (!_gone && !_hungUp) _later.Add(new DelayedAnswer(this, bytes.ToArray(), delay));
        }
    }

    private void SendNow(ReadOnlySpan<byte> bytes)
    {
        if (_gone || _hungUp) return;
        _traffic.CountSent(bytes.Length);
        var sent = 0;
        try
        {
            while (sent < bytes.Length) sent += _socket.Send(bytes[sent..]);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            _traffic.CountSent(sent - bytes.Length);
        }
    }

    private void CancelLater()
    {
        foreach (var answer in _later) answer.Dispose();
        _later.Clear();
    }

    /// <summary>An answer, or the rest of one, that waits for its time. Made and ended under the connection's lock.</summary>
    private sealed class DelayedAnswer : IDisposable
    {
        private readonly PlantConnection _connection;
        private readonly byte[] _bytes;
        private readonly ITimer _timer;

        public DelayedAnswer(PlantConnection connection, byte[] bytes, TimeSpan delay)
        {
            (_connection, _bytes) = (connection, bytes);
            _timer = connection._clock.Provider.CreateTimer(static answer => ((DelayedAnswer)answer!).Fire(), this, delay, Timeout.InfiniteTimeSpan);
        }

        public void Dispose() => _timer.Dispose();

        private void Fire()
        {
            lock (_connection._sending)
            {
                if (!_connection._later.Remove(this)) return;
                Dispose();
                _connection.SendNow(_bytes);
            }
        }
    }
}
