using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Polling;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>The socket of one bus machine: makes the line what the machine wants, and carries its bytes. Touched by the bus thread alone.</summary>
internal sealed class BusLink(string name, string host, int port, ModbusTcpBusMachine machine, ILogger log)
{
    private const long FaultPause = 1_000_000;

    private readonly ModbusTcpBusMachine _machine = machine;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private BusThread _thread = null!;
    private Socket? _socket;
    private IPAddress[] _addresses = [];
    private int _tried, _token;
    private bool _opening, _resolving;
    private Interest _interest;
    private Task<IPAddress[]>? _resolved;

    /// <summary>Completes when the link was removed from its thread.</summary>
    public Task Ended => _ended.Task;

    /// <summary>When it wants to be advanced.</summary>
    public long Deadline { get; private set; } = long.MinValue;

    /// <summary>Begins to live on a thread.</summary>
    public void Join(BusThread thread, int token) => (_thread, _token, Deadline) = (thread, token, long.MinValue);

    /// <summary>Time went on to the deadline.</summary>
    public void Advance(long now) => Guarded(now, static (link, at, _) => link._machine.Advance(at), Interest.None);

    /// <summary>The socket is ready.</summary>
    public void Ready(Interest ready, long now) => Guarded(now, static (link, at, state) => link.Move(state, at), ready);

    /// <summary>The host's name was resolved, or not.</summary>
    public void Resolved(long now) => Guarded(now, static (link, at, _) => link.TakeAddresses(at), Interest.None);

    /// <summary>Closes what is open and ends.</summary>
    public void Leave()
    {
        _machine.Stop();
        Close();
        _ended.TrySetResult();
    }

    // A fault of the gateway's own costs one connection, never the thread with all its others.
    private void Guarded(long now, Action<BusLink, long, Interest> act, Interest ready)
    {
        try
        {
            act(this, now, ready);
            Settle(now);
        }
        catch (Exception fault)
        {
            Recover(fault, now);
            return;
        }
        Deadline = _machine.Deadline;
    }

    private void Recover(Exception fault, long now)
    {
        log.OwnFault(fault, name);
        Close();
        try
        {
            _machine.Lost("a fault in the gateway itself", now);
            Deadline = _machine.Deadline;
        }
        catch (Exception again)
        {
            log.OwnFault(again, name);
            _machine.Stop();
            Deadline = now + FaultPause;
        }
    }

    private void Move(Interest ready, long now)
    {
        if (_socket is null) return;
        if (_opening)
        {
            if ((ready & Interest.Write) != 0) FinishConnect(now);
            return;
        }
        if ((ready & Interest.Read) != 0) Receive(now);
    }

    private void Receive(long now)
    {
        var count = _socket!.Receive(_machine.Space, SocketFlags.None, out var error);
        if (error == SocketError.Success && count > 0) _machine.Received(count, now);
        else if (error == SocketError.Success) _machine.Lost("closed by the other side", now);
        else if (error is not (SocketError.WouldBlock or SocketError.Interrupted)) _machine.Lost(Text(error), now);
    }

    private void Settle(long now)
    {
        while (_machine.Line == LineState.Opening && !_opening) Open(now);
        if (_machine.Line == LineState.Down) Close();
        while (_machine.Line == LineState.Up && !_machine.Output.IsEmpty)
        {
            var count = _socket!.Send(_machine.Output, SocketFlags.None, out var error);
            if (error == SocketError.Success) _machine.Sent(count);
            else if (error is SocketError.WouldBlock or SocketError.NoBufferSpaceAvailable or SocketError.Interrupted) break;
            else
            {
                _machine.Lost(Text(error), now);
                Close();
            }
        }
        if (_machine.Line == LineState.Up) Want(_machine.Output.IsEmpty ? Interest.Read : Interest.Read | Interest.Write);
    }

    private void Open(long now)
    {
        // Until it is decided, the thread must not look quiet: nothing counts the bytes of a handshake.
        _thread.Pulse.Give();
        _opening = true;
        if (IPAddress.TryParse(host, out var address))
        {
            _addresses = [address];
            _tried = 0;
            Connect("no address", now);
            return;
        }
        _resolving = true;
        _resolved = Dns.GetHostAddressesAsync(host);
        _resolved.ContinueWith(_ => _thread.Post(BusCommand.Resolved, this), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private void TakeAddresses(long now)
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

    // Tries the addresses in turn.
    private void Connect(string why, long now)
    {
        while (_tried < _addresses.Length)
        {
            var address = _addresses[_tried++];
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
            _socket = socket;
            try
            {
                socket.Connect(new IPEndPoint(address, port));
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress or SocketError.AlreadyInProgress)
            {
                _interest = Interest.Write;
                _thread.Sockets.Add(socket, _token, _interest);
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
            _thread.Sockets.Add(socket, _token, _interest);
            Succeed(now);
            return;
        }
        Fail(why, now);
    }

    private void FinishConnect(long now)
    {
        var error = (SocketError)(int)_socket!.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!;
        if (error == SocketError.Success)
        {
            // A readiness left over from another address decides nothing.
            if (_socket.Poll(0, SelectMode.SelectWrite)) Succeed(now);
            return;
        }
        CloseSocket();
        Connect(Text(error), now);
    }

    private void Succeed(long now)
    {
        _machine.Opened(now);
        EndOpening();
    }

    private void Fail(string why, long now)
    {
        _machine.OpenFailed(why, now);
        EndOpening();
    }

    private void EndOpening()
    {
        if (!_opening) return;
        _opening = _resolving = false;
        _thread.Pulse.Done();
    }

    private void Want(Interest interest)
    {
        if (_interest == interest) return;
        _interest = interest;
        _thread.Sockets.Change(_socket!, _token, interest);
    }

    private void Close()
    {
        CloseSocket();
        EndOpening();
    }

    private void CloseSocket()
    {
        if (_socket is not { } socket) return;
        _socket = null;
        if (_interest != Interest.None) _thread.Sockets.Remove(socket);
        _interest = Interest.None;
        socket.Dispose();
    }

    private static string Text(SocketError error) => new SocketException((int)error).Message;
}
