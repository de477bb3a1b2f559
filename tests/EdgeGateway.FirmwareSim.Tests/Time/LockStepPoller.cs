using System.Buffers.Binary;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.FirmwareSim.Registers;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.FirmwareSim.Tests.Serving;
using EdgeGateway.FirmwareSim.Time;

namespace EdgeGateway.FirmwareSim.Tests.Time;

/// <summary>A crude bus: one connection, a timer for each device, one answer at a time, and a log of everything that was said. Keeps a loop's side of the bargain with the clock.</summary>
internal sealed class LockStepPoller : IDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5), Patience = TimeSpan.FromSeconds(2);

    private readonly LockStepClock _clock;
    private readonly int _port;
    private readonly Action<string>? _log;
    private readonly Lock _lock = new();
    private readonly List<IDisposable> _parts = [];
    private readonly ITimer _patience;
    private Socket? _socket;
    private ushort _transaction, _awaited;
    private long _sent, _received, _activity;
    private int _open, _moving;

    public LockStepPoller(LockStepClock clock, PlantServer server, Action<string>? log)
    {
        (_clock, _port, _log) = (clock, server.PortOf("plc"), log);
        _parts.Add(clock.Register(server.Party));
        _parts.Add(clock.Register(new LockStepParty("poller", () => Volatile.Read(ref _moving) == 0, () => Interlocked.Read(ref _activity))));
        _parts.Add(clock.Register(new LockStepBalance("requests", () => Interlocked.Read(ref _sent), () => server.BytesReceived)));
        _parts.Add(clock.Register(new LockStepBalance("answers", () => server.BytesSent, () => Interlocked.Read(ref _received))));
        _parts.Add(clock.Register(new LockStepBalance("connections", () => Volatile.Read(ref _open), () => server.OpenConnections)));
        _patience = clock.CreateTimer(_ => GiveUp(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var phase = TimeSpan.FromMilliseconds(100);
        foreach (var device in RegisterMap.Devices)
        {
            _parts.Add(clock.CreateTimer(_ => Poll(device), null, phase, Period));
            phase += TimeSpan.FromMilliseconds(1150);
        }
    }

    public long Requests { get; private set; }

    public void Dispose()
    {
        _patience.Dispose();
        foreach (var part in _parts) part.Dispose();
        _socket?.Dispose();
    }

    private void Poll(DeviceSpec device)
    {
        lock (_lock)
        {
            if (_socket is null && !Connect()) return;
            if (_awaited != 0)
            {
                Note($"busy {device.Name}");
                return;
            }

            _awaited = ++_transaction == 0 ? ++_transaction : _transaction;
            var request = RawMaster.Request(_awaited, device.UnitId, (byte)(device.Tables.HasFlag(RegisterTables.Holding) ? 3 : 4), 0, (ushort)Math.Min(device.Size, 100));
            Requests++;
            Note("> " + Convert.ToHexString(request));
            _patience.Change(Patience, Timeout.InfiniteTimeSpan);
            Interlocked.Add(ref _sent, request.Length);
            _socket!.Send(request);
        }
    }

    private bool Connect()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Connect(IPAddress.Loopback, _port);
        }
        catch (SocketException e)
        {
            Note(e.SocketErrorCode.ToString());
            socket.Dispose();
            return false;
        }

        Note("connected");
        _socket = socket;
        Interlocked.Increment(ref _activity);
        Interlocked.Increment(ref _open);
        new Thread(() => Receive(socket)) { IsBackground = true }.Start();
        return true;
    }

    private void Receive(Socket socket)
    {
        var buffer = new byte[600];
        var filled = 0;
        try
        {
            while (true)
            {
                var count = socket.Receive(buffer.AsSpan(filled));
                Move();
                lock (_lock)
                {
                    if (count == 0)
                    {
                        Note("hung up on");
                        (_socket, _awaited) = (null, 0);
                        socket.Dispose();
                        Interlocked.Decrement(ref _open);
                        Park();
                        return;
                    }

                    filled += count;
                    filled = Take(buffer, filled);
                }

                Interlocked.Add(ref _received, count);
                Park();
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The end of the test.
        }
    }

    private int Take(byte[] buffer, int filled)
    {
        while (filled >= 6 && filled >= 6 + buffer[5])
        {
            var length = 6 + buffer[5];
            Note("< " + Convert.ToHexString(buffer.AsSpan(0, length)));
            if (BinaryPrimitives.ReadUInt16BigEndian(buffer) == _awaited)
            {
                _awaited = 0;
                _patience.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            }

            buffer.AsSpan(length, filled - length).CopyTo(buffer);
            filled -= length;
        }

        return filled;
    }

    private void GiveUp()
    {
        lock (_lock)
        {
            Note("no answer");
            _awaited = 0;
        }
    }

    private void Move()
    {
        Interlocked.Increment(ref _activity);
        Volatile.Write(ref _moving, 1);
    }

    private void Park()
    {
        Volatile.Write(ref _moving, 0);
        Interlocked.Increment(ref _activity);
    }

    private void Note(string what) => _log?.Invoke(string.Create(CultureInfo.InvariantCulture, $"{_clock.NowMicros} {what}"));
}
