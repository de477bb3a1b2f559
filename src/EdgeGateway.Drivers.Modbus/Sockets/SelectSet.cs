using System.Net;
using System.Net.Sockets;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary><see cref="Socket.Select(System.Collections.IList, System.Collections.IList, System.Collections.IList, TimeSpan)"/> with a datagram to itself to wake it: for systems without epoll.</summary>
internal sealed class SelectSet : ReadinessSet
{
    private readonly Socket _wake;
    private readonly Dictionary<Socket, (int Token, Interest Interest)> _sockets = [];
    private readonly List<Socket> _read = [], _write = [], _error = [];
    private readonly byte[] _datagram = new byte[1];

    public SelectSet()
    {
        _wake = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp) { Blocking = false };
        _wake.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        // Connected to itself, it takes no datagram of others.
        _wake.Connect(_wake.LocalEndPoint!);
    }

    public override void Add(Socket socket, int token, Interest interest) => _sockets.Add(socket, (token, interest));

    public override void Change(Socket socket, int token, Interest interest) => _sockets[socket] = (token, interest);

    public override void Remove(Socket socket) => _sockets.Remove(socket);

    public override int Wait(long micros, Span<Readiness> ready)
    {
        _read.Clear();
        _write.Clear();
        _error.Clear();
        _read.Add(_wake);
        foreach (var (socket, (_, interest)) in _sockets)
        {
            if ((interest & Interest.Read) != 0) _read.Add(socket);
            if ((interest & Interest.Write) != 0) _write.Add(socket);
            _error.Add(socket);
        }
        Socket.Select(_read, _write, _error, micros < 0 ? Timeout.InfiniteTimeSpan : TimeSpan.FromMicroseconds(micros));
        if (_read.Remove(_wake)) Drain();
        var found = 0;
        Report(_error, Interest.Read | Interest.Write, ready, ref found);
        Report(_write, Interest.Write, ready, ref found);
        Report(_read, Interest.Read, ready, ref found);
        return found;
    }

    public override void Wake()
    {
        // A full buffer holds a wake already.
        _wake.Send([1], SocketFlags.None, out _);
    }

    public override void Dispose() => _wake.Dispose();

    private void Report(List<Socket> sockets, Interest state, Span<Readiness> ready, ref int found)
    {
        foreach (var socket in sockets)
        {
            if (found < ready.Length) ready[found++] = new Readiness(_sockets[socket].Token, state);
        }
    }

    private void Drain()
    {
        while (_wake.Receive(_datagram, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
        {
        }
    }
}
