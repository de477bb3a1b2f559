using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Time;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Simulation;

/// <summary>The simulated plant's PLC behind OPC UA: node-opcua in a process of its own answers, what it answers is dictated from here.</summary>
/// <remarks>
/// The gateway dials this relay. Before a request is handed on, the plant's values and the simulated time of that instant are written to the server and acknowledged by it, so the answer is that of the
/// instant although the server lives in real time. A message up is balanced by a message down; the simulated clock stands until then. What runs in real time on the server's side (timeouts of its
/// sessions, publishing) is not simulated, which is why the gateway polls here.
/// </remarks>
internal sealed class OpcUaPlc : IAsyncDisposable
{
    private static readonly string[] Registers = ["good-1", "scrap-1", "state-1", "good-2", "scrap-2", "state-2"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-plc-");
    private readonly CancellationTokenSource _stop = new();
    private readonly Lock _gate = new();
    private readonly List<Socket> _open = [];
    private readonly SemaphoreSlim _dictating = new(1);
    private readonly Plant _plant;
    private readonly LockStepClock _clock;
    private PeerProcess? _process;
    private TcpListener? _listener;
    private StreamReader? _answers;
    private Stream? _orders;
    private int _serverPort;
    private long _activity, _up, _down, _dictated = long.MinValue, _bytesUp, _bytesDown, _connections;

    private OpcUaPlc(Plant plant, LockStepClock clock)
    {
        (_plant, _clock) = (plant, clock);
        Party = new LockStepParty("plc", () => Interlocked.Read(ref _up) == Interlocked.Read(ref _down), () => Interlocked.Read(ref _activity));
    }

    public int Port { get; } = FreePort.Next();

    public LockStepParty Party { get; }

    /// <summary>Bytes of requests, counted once they count as under way.</summary>
    public long BytesReceived => Interlocked.Read(ref _bytesUp);

    /// <summary>Bytes of answers, counted before they are sent.</summary>
    public long BytesSent => Interlocked.Read(ref _bytesDown);

    public int OpenConnections
    {
        get
        {
            lock (_gate) return _open.Count;
        }
    }

    /// <summary>Connections so far.</summary>
    public long Connections => Interlocked.Read(ref _connections);

    public static async Task<OpcUaPlc> StartAsync(Plant plant, LockStepClock clock)
    {
        var plc = new OpcUaPlc(plant, clock);
        var (certificate, key) = OpcUaCertificates.Write(plc._folder.FullName, "plc", new OpcUaCertificates.Wish());
        plc._serverPort = FreePort.Next();
        var control = FreePort.Next();
        plc._process = await OpcUaServers.RunAsync("plant.js", string.Create(CultureInfo.InvariantCulture, $"{plc._serverPort}"), string.Create(CultureInfo.InvariantCulture, $"{control}"), certificate, key, plc._folder.FullName);
        var socket = new TcpClient { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, control);
        plc._orders = socket.GetStream();
        plc._answers = new StreamReader(plc._orders);
        plc.Allow();
        return plc;
    }

    /// <summary>Ends all connections and refuses new ones, as an unplugged cable would be told by a switch.</summary>
    public void Refuse()
    {
        lock (_gate)
        {
            _listener?.Dispose();
            _listener = null;
            foreach (var socket in _open) socket.Dispose();
        }
    }

    /// <summary>Takes connections again.</summary>
    public void Allow()
    {
        var listener = new TcpListener(IPAddress.Loopback, Port) { ExclusiveAddressUse = false };
        listener.Start();
        lock (_gate) _listener = listener;
        _ = AcceptAsync(listener);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Refuse();
        if (_orders is not null) await _orders.DisposeAsync();
        if (_process is not null) await _process.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = RelayAsync(await listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // No longer listening.
        }
    }

    private async Task RelayAsync(Socket gateway)
    {
        gateway.NoDelay = true;
        Interlocked.Increment(ref _activity);
        Interlocked.Increment(ref _connections);
        lock (_gate) _open.Add(gateway);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        var owed = new Owed();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, _serverPort);
            await Task.WhenAny(UpAsync(gateway, server, owed), DownAsync(server, gateway, owed));
        }
        catch (SocketException)
        {
            // The server hung up; so does this end.
        }
        finally
        {
            gateway.Dispose();
            // What will not be answered any more is no longer waited for.
            Interlocked.Add(ref _down, Interlocked.Exchange(ref owed.Count, 0));
            lock (_gate) _open.Remove(gateway);
            Interlocked.Increment(ref _activity);
        }
    }

    private async Task UpAsync(Socket from, Socket to, Owed owed)
    {
        var buffer = new byte[65_536];
        var messages = new MessageCount();
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                var asked = messages.Take(buffer.AsSpan(0, count));
                Interlocked.Add(ref _up, asked);
                Interlocked.Add(ref owed.Count, asked);
                Interlocked.Increment(ref _activity);
                Interlocked.Add(ref _bytesUp, count);
                await DictateAsync();
                await to.SendAsync(buffer.AsMemory(0, count));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
        {
            // One end is gone.
        }
    }

    private async Task DownAsync(Socket from, Socket to, Owed owed)
    {
        var buffer = new byte[65_536];
        var messages = new MessageCount();
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count)
            {
                var answered = messages.Take(buffer.AsSpan(0, count));
                Interlocked.Add(ref _bytesDown, count);
                await to.SendAsync(buffer.AsMemory(0, count));
                Interlocked.Add(ref owed.Count, -answered);
                Interlocked.Add(ref _down, answered);
                Interlocked.Increment(ref _activity);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // One end is gone.
        }
    }

    private async Task DictateAsync()
    {
        await _dictating.WaitAsync();
        try
        {
            var now = _clock.NowMicros;
            if (now == _dictated) return;
            // The server's dates have milliseconds: what it tells is what was then.
            var instant = now / 1000 * 1000;
            var line = string.Create(CultureInfo.InvariantCulture, $"{instant} {string.Join(' ', Registers.Select(r => _plant.RegisterBits("plc", r, instant)))}\n");
            await _orders!.WriteAsync(Encoding.ASCII.GetBytes(line));
            if (await _answers!.ReadLineAsync() != "OK") throw new IOException("The PLC's script is gone.");
            _dictated = now;
        }
        finally
        {
            _dictating.Release();
        }
    }

    private sealed class Owed
    {
        public long Count;
    }

    /// <summary>Counts whole messages in a stream cut anywhere (OPC 10000-6, 7.1.2): type, chunk flag, size. A close is answered by none.</summary>
    private sealed class MessageCount
    {
        private readonly byte[] _header = new byte[8];
        private int _have, _left;

        public int Take(ReadOnlySpan<byte> data)
        {
            var messages = 0;
            while (data.Length > 0)
            {
                if (_left > 0)
                {
                    var part = Math.Min(_left, data.Length);
                    _left -= part;
                    data = data[part..];
                }
                else
                {
                    _header[_have++] = data[0];
                    data = data[1..];
                    if (_have < 8) continue;
                    _have = 0;
                    _left = BitConverter.ToInt32(_header, 4) - 8;
                }
                if (_left == 0 && _have == 0 && _header[3] == 'F' && _header[0] != 'C') messages++;
            }
            return messages;
        }
    }
}
