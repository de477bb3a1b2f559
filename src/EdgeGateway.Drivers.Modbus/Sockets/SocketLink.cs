using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A line over a TCP connection or over UDP datagrams.</summary>
internal sealed class SocketLink(string name, LineSettings line, BusMachine machine, ILogger log) : BusLink(name, machine, log)
{
    private Socket? _socket;
    private IPAddress[] _addresses = [];
    private int _tried;
    private bool _resolving;
    private Interest _interest;
    private Task<IPAddress[]>? _resolved;

    protected override void Open(long now)
    {
        if (IPAddress.TryParse(line.Host, out var address))
        {
            _addresses = [address];
            _tried = 0;
            Connect("no address", now);
            return;
        }
        _resolving = true;
        _resolved = Dns.GetHostAddressesAsync(line.Host!);
        _resolved.ContinueWith(_ => Thread.Post(BusCommand.Prepared, this), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    protected override void TakePrepared(long now)
    {
        // An answer that came after connect_timeout finds nobody waiting.
        if (!_resolving || _resolved is not { IsCompleted: true } resolved) return;
        _resolving = false;
        if (resolved.IsCompletedSuccessfully)
        {
            _addresses = resolved.Result;
            _tried = 0;
            Connect("the name has no address", now);
            return;
        }
        Fail(resolved.Exception?.InnerException is SocketException e ? $"the name cannot be resolved ({e.Message})" : "the name cannot be resolved", now);
    }

    protected override void GoOnOpening(Interest ready, long now)
    {
        if (_socket is null || (ready & Interest.Write) == 0) return;
        var error = (SocketError)(int)_socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error == SocketError.Success)
        {
            // A readiness left over from another address decides nothing.
            if (_socket.Poll(0, SelectMode.SelectWrite)) Succeed(now);
            return;
        }
        CloseSocket();
        Connect(Text(error), now);
    }

    protected override int Receive(Span<byte> space, out string? error)
    {
        error = null;
        if (_socket is null) return 0;
        var count = _socket.Receive(space, SocketFlags.None, out var code);
        if (code == SocketError.Success)
        {
            // An empty datagram is no end.
            if (count == 0 && !line.Datagrams) error = "closed by the other side";
            return count;
        }
        if (code is not (SocketError.WouldBlock or SocketError.Interrupted or SocketError.MessageSize)) error = Text(code);
        return 0;
    }

    protected override int Send(ReadOnlySpan<byte> bytes, out string? error)
    {
        error = null;
        var count = _socket!.Send(bytes, SocketFlags.None, out var code);
        if (code == SocketError.Success) return count;
        if (code is not (SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable or SocketError.Interrupted)) error = Text(code);
        return 0;
    }

    protected override void Want(Interest interest)
    {
        if (_interest == interest) return;
        _interest = interest;
        Thread.Lines.Change(_socket!, Token, interest);
    }

    protected override void CloseLine()
    {
        _resolving = false;
        CloseSocket();
    }

    // Tries the addresses in turn.
    private void Connect(string why, long now)
    {
        while (_tried < _addresses.Length)
        {
            var address = _addresses[_tried++];
            var socket = line.Datagrams
                ? new Socket(address.AddressFamily, SocketType.Dgram, ProtocolType.Udp) { Blocking = false }
                : new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
            _socket = socket;
            try
            {
                socket.Connect(new IPEndPoint(address, line.Port));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
            {
                _interest = Interest.Write;
                Thread.Lines.Add(socket, Token, _interest);
                return;
            }
            catch (SocketException e)
            {
                why = e.Message;
                socket.Dispose();
                _socket = null;
                continue;
            }
            _interest = Interest.Read;
            Thread.Lines.Add(socket, Token, _interest);
            Succeed(now);
            return;
        }
        Fail(why, now);
    }

    private void CloseSocket()
    {
        if (_socket is not { } socket) return;
        _socket = null;
        if (_interest != Interest.None) Thread.Lines.Remove(socket);
        _interest = Interest.None;
        socket.Dispose();
    }

    private static string Text(SocketError error) => new SocketException((int)error).Message;
}
