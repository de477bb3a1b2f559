using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.FirmwareSim.Serving;

/// <summary>One listening port with its connections. Thread-safe.</summary>
/// <remarks>
/// A second socket is bound to the port and never listens: while connections are refused, nobody else can be given the port, and a connection attempt meets a refusal instead of itself
/// (a client's own free port may be the one it connects to).
/// </remarks>
internal sealed class PlantPort : IAsyncDisposable
{
    private static readonly TimeSpan AcceptPause = TimeSpan.FromMilliseconds(10);

    private readonly PlantStation _station;
    private readonly ServerTraffic _traffic;
    private readonly PlantClock _clock;
    private readonly int _maxConnections;
    private readonly Lock _lock = new();
    private readonly HashSet<PlantConnection> _connections = [];
    private readonly Socket _holder;
    private readonly EndPoint _endPoint;
    private Socket? _listener;
    private Task _accepting = Task.CompletedTask;
    private int _refusals;
    private bool _disposed;

    public PlantPort(PlantStation station, PlantServerOptions options, int port, ServerTraffic traffic, PlantClock clock)
    {
        (_station, _traffic, _clock, _maxConnections) = (station, traffic, clock, options.MaxConnections);
        _holder = NewSocket(new IPEndPoint(options.Address, port));
        _endPoint = _holder.LocalEndPoint!;
        try
        {
            Listen();
        }
        catch
        {
            _holder.Dispose();
            throw;
        }
    }

    public int Number => ((IPEndPoint)_endPoint).Port;

    /// <summary>Hangs up on everyone and refuses connections until <see cref="Allow"/> was called as often.</summary>
    public void Refuse()
    {
        PlantConnection[] connections;
        lock (_lock)
        {
            if (_refusals++ > 0 || _disposed) return;
            _listener?.Dispose();
            _listener = null;
            connections = [.. _connections];
        }

        foreach (var connection in connections) connection.HangUp();
    }

    public void Allow()
    {
        lock (_lock)
        {
            if (--_refusals == 0 && !_disposed) Listen();
        }
    }

    public async ValueTask DisposeAsync()
    {
        PlantConnection[] connections;
        lock (_lock)
        {
            _disposed = true;
            _listener?.Dispose();
            _holder.Dispose();
            connections = [.. _connections];
        }

        await _accepting;
        foreach (var connection in connections) connection.Abort();
        foreach (var connection in connections) await connection.Ended;
    }

    private void Listen()
    {
        var listener = NewSocket(_endPoint);
        listener.Listen(64);
        _listener = listener;
        _accepting = AcceptAsync(listener);
    }

    private async Task AcceptAsync(Socket listener)
    {
        while (true)
        {
            try
            {
                Admit(await listener.AcceptAsync());
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                lock (_lock)
                {
                    if (_listener != listener || _disposed) return;
                }

                // A client that was gone before it was accepted, or no free descriptor: not a reason to go round in a circle.
                await Task.Delay(AcceptPause, _clock.Provider);
            }
        }
    }

    private void Admit(Socket socket)
    {
        _traffic.Begin();
        lock (_lock)
        {
            if (_disposed || _refusals > 0 || _traffic.Held >= _maxConnections)
            {
                socket.Dispose();
            }
            else
            {
                _traffic.CountAccepted();
                var connection = new PlantConnection(socket, _station, _traffic, _clock, Forget);
                _connections.Add(connection);
                connection.Start();
            }
        }

        _traffic.End();
    }

    private void Forget(PlantConnection connection)
    {
        lock (_lock) _connections.Remove(connection);
    }

    private static Socket NewSocket(EndPoint endPoint)
    {
        var socket = new Socket(endPoint.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            // The runtime sets SO_REUSEADDR by itself: two sockets may be bound while one listens. Its ReuseAddress option would add SO_REUSEPORT, and two plants could share a port unawares.
            socket.Bind(endPoint);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
