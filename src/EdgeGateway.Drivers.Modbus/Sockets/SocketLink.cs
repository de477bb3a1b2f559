using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A line over a TCP connection or over UDP datagrams.</summary>
internal sealed class SocketLink(string name, LineSettings line, BusMachine machine, ILogger log) : StreamLink(name, machine, log, line.Datagrams)
{
    private IPAddress[] _addresses = [];
    private int _tried;
    private bool _resolving;
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
        if (Socket is null || (ready & Interest.Write) == 0) return;
        var error = (SocketError)(int)Socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error == SocketError.Success)
        {
            // A readiness left over from another address decides nothing.
            if (Socket.Poll(0, SelectMode.SelectWrite)) Connected(now);
            return;
        }
        base.CloseLine();
        Connect(Text(error), now);
    }

    protected override void CloseLine()
    {
        _resolving = false;
        base.CloseLine();
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
            Hold(socket);
            try
            {
                socket.Connect(new IPEndPoint(address, line.Port));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
            {
                Watch(Interest.Write);
                return;
            }
            catch (SocketException e)
            {
                why = e.Message;
                Discard();
                continue;
            }
            Watch(Interest.Read);
            Connected(now);
            return;
        }
        Fail(why, now);
    }
}
