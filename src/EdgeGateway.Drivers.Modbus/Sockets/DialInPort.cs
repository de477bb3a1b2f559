using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.Modbus.Options;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Sockets;

/// <summary>A port that devices dial. It listens while links have a seat at it, reads the registration of whoever comes, and hands the line to the link that waits for it. Thread-safe.</summary>
/// <param name="place">Address and port.</param>
/// <param name="time">For the patience with devices that do not register.</param>
/// <param name="log">For the devices it refuses.</param>
internal sealed class DialInPort(IPEndPoint place, TimeProvider time, ILogger log)
{
    // Whoever scans the port costs a few sockets and lines in the log, never more.
    private const int MostUnregistered = 32, MostSaid = 20;

    private readonly Lock _gate = new();
    private readonly List<DialInLink> _seats = [];
    private readonly HashSet<string> _said = [];
    private Action? _stop;
    private int _unregistered;

    /// <summary>Gives a link its seat and begins to listen with the first.</summary>
    /// <returns>Why there is none, or null.</returns>
    public string? Seat(DialInLink link)
    {
        lock (_gate)
        {
            foreach (var other in _seats)
            {
                if (link.Registration.Length == 0 || other.Registration.Length == 0) return $"connection {other.Name} listens on {place} too: each needs a registration";
                if (link.Registration.AsSpan().StartsWith(other.Registration) || other.Registration.AsSpan().StartsWith(link.Registration)) return $"connection {other.Name} has a registration that begins alike: they cannot be told apart";
            }
            if (_stop is null && Listen() is { } why) return why;
            _seats.Add(link);
            return null;
        }
    }

    /// <summary>Takes a seat away and stops to listen with the last.</summary>
    public void Leave(DialInLink link)
    {
        lock (_gate)
        {
            if (!_seats.Remove(link) || _seats.Count > 0) return;
            _stop!();
            _stop = null;
        }
    }

    private string? Listen()
    {
        var listener = new Socket(place.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            listener.Bind(place);
            listener.Listen(MostUnregistered);
        }
        catch (SocketException e)
        {
            listener.Dispose();
            return $"cannot listen on {place}: {e.Message}";
        }
        var stop = new CancellationTokenSource();
        _stop = stop.Cancel;
        Task.Run(() => AcceptAsync(listener, stop));
        return null;
    }

    private async Task AcceptAsync(Socket listener, CancellationTokenSource end)
    {
        using var both = end;
        using var port = listener;
        var stop = end.Token;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var socket = await listener.AcceptAsync(stop);
                if (Volatile.Read(ref _unregistered) >= MostUnregistered) Refuse(socket, [], "too many devices are about to register");
                else _ = WelcomeAsync(socket, stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                // Out of descriptors, or a device that hung up at once: the next one may do better.
                log.AcceptFailed(place.ToString(), e.Message);
                await Task.Delay(TimeSpan.FromMilliseconds(100), time, CancellationToken.None);
            }
        }
    }

    private async Task WelcomeAsync(Socket socket, CancellationToken stop)
    {
        var held = new byte[PacketText.MaxBytes];
        var count = 0;
        Interlocked.Increment(ref _unregistered);
        try
        {
            using var patience = new CancellationTokenSource(Patience(), time);
            using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            while (true)
            {
                var (link, missing) = Find(held.AsSpan(0, count));
                if (link is not null)
                {
                    socket.NoDelay = true;
                    socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.KeepAlive, true);
                    socket.Blocking = false;
                    link.Hand(socket);
                    return;
                }
                if (missing == 0)
                {
                    Refuse(socket, held.AsSpan(0, count), "no connection has this registration");
                    return;
                }
                // Never a byte more than the packet: what follows belongs to the line.
                var more = await socket.ReceiveAsync(held.AsMemory(count, missing), both.Token);
                if (more == 0)
                {
                    Refuse(socket, held.AsSpan(0, count), "it hung up before it had registered");
                    return;
                }
                count += more;
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The last connection of the port has ended.
            socket.Dispose();
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Refuse(socket, held.AsSpan(0, count), e is OperationCanceledException ? "it did not register in time" : e.Message);
        }
        finally
        {
            Interlocked.Decrement(ref _unregistered);
        }
    }

    private TimeSpan Patience()
    {
        lock (_gate) return _seats.Count == 0 ? TimeSpan.FromSeconds(1) : _seats.Max(s => s.Patience);
    }

    // The link whose registration this is, or how many bytes of the shortest one it may still become are missing.
    private (DialInLink? Link, int Missing) Find(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            var missing = 0;
            foreach (var seat in _seats)
            {
                if (bytes.StartsWith(seat.Registration)) return (seat, 0);
                if (!seat.Registration.AsSpan().StartsWith(bytes)) continue;
                var left = seat.Registration.Length - bytes.Length;
                missing = missing == 0 ? left : Math.Min(missing, left);
            }
            return (null, missing);
        }
    }

    private void Refuse(Socket socket, ReadOnlySpan<byte> bytes, string why)
    {
        var from = (socket.RemoteEndPoint as IPEndPoint)?.Address.ToString() ?? "somewhere";
        var sent = bytes.IsEmpty ? "nothing" : $"'{PacketText.Show(bytes)}'";
        socket.Dispose();
        var say = false;
        lock (_gate)
        {
            foreach (var seat in _seats) seat.CountRefused();
            say = _said.Count < MostSaid && _said.Add($"{from} {sent} {why}");
        }
        if (say) log.Refused(place.ToString(), from, why, sent);
    }
}
