using System.Net.Sockets;
using System.Threading.Channels;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Drivers.OpcUa.Lines;

/// <summary>Work that is done on a line's time, under its gate.</summary>
internal interface ILineWork
{
    /// <summary>When <see cref="Advance"/> must be called at the latest.</summary>
    long NextDeadline { get; }

    /// <summary>Lets time pass.</summary>
    void Advance(long now);
}

/// <summary>The pump of one client: its socket, its timer, its gate. Everything that touches the client happens under <see cref="Gate"/>; nothing under it waits.</summary>
internal sealed class UaLine(ClientSetup setup, TimeSpan connectTimeout, TimeProvider time, StampClock stamps, BusHealth health, LoopPulse pulse)
{
    private const int ReceiveBuffer = 65_536;
    private static readonly TimeSpan CloseLimit = TimeSpan.FromSeconds(1), StopLimit = TimeSpan.FromSeconds(3);

    private readonly Channel<bool> _demand = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Channel<bool> _output = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly byte[] _received = GC.AllocateUninitializedArray<byte>(ReceiveBuffer, pinned: true);
    private UaWriter _filling = new(), _sending = new();
    private CancellationTokenSource? _session;
    private ITimer? _timer;
    private ILineWork? _work;
    private CancellationTokenSource? _over;
    private Exception? _fault;
    // Counted on the pulse: a line to be opened, bytes to be sent.
    private bool _closing, _dialling, _owing;

    /// <summary>Held around every call into the client.</summary>
    public Lock Gate { get; } = new();

    /// <summary>The client.</summary>
    public UaClient Client { get; private set; } = null!;

    /// <summary>Boot time.</summary>
    public long Now => stamps.Now;

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled; then closes session, channel and socket.</summary>
    public async Task RunAsync(IClientListener listener, ILineWork? work, CancellationToken cancellationToken)
    {
        Client = new UaClient(setup, listener);
        _work = work;
        using var over = new CancellationTokenSource();
        _over = over;
        _timer = time.CreateTimer(static line => ((UaLine)line!).Tick(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        var stop = cancellationToken.Register(() =>
        {
            Enter(static (client, now) => client.Stop(now));
            _demand.Writer.TryWrite(true);
            over.CancelAfter(StopLimit);
        });
        try
        {
            Enter(static (client, now) => client.Start(now));
            while (Client.Phase != ClientPhase.Stopped && !over.IsCancellationRequested)
            {
                if (Client.Demand == LineDemand.Open) await ConnectAsync(cancellationToken, over.Token);
                else await _demand.Reader.ReadAsync(over.Token);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested)
        {
            // The server did not let go in time, or the client itself failed; the socket is closed all the same.
        }
        finally
        {
            await stop.DisposeAsync();
            await _timer.DisposeAsync();
            lock (Gate)
            {
                _over = null;
                Client.Dispose();
                Dialled();
                Forgive();
            }
        }
        if (_fault is { } fault) throw new InvalidOperationException("The client failed.", fault);
    }

    /// <summary>Does something with the client and carries out what follows from it.</summary>
    public void Enter(Action<UaClient, long> act) => Turn(act, static (a, client, now, _) => a(client, now), default);

    private delegate void Step<in T>(T argument, UaClient client, long now, ReadOnlySpan<byte> data);

    /// <summary>One turn of the line under its gate. A fault of ours ends the line, on whatever thread it happens, and is told by <see cref="RunAsync"/>.</summary>
    private void Turn<T>(T argument, Step<T> step, ReadOnlySpan<byte> data)
    {
        pulse.Give();
        lock (Gate)
        {
            pulse.Move();
            try
            {
                Client.UtcOffset = stamps.SystemOffset;
                step(argument, Client, stamps.Now, data);
                Settle();
            }
            catch (Exception e)
            {
                _fault ??= e;
                _over?.Cancel();
            }
            finally
            {
                pulse.Park();
            }
        }
        pulse.Done();
    }

    /// <summary>Breaks the connection as a pulled cable would, for tests.</summary>
    internal void Break()
    {
        lock (Gate) _session?.Cancel();
    }

    /// <summary>Carries out what the client wants: bytes out, line opened or closed, timer set.</summary>
    private void Settle()
    {
        if (Client.Output.Length > 0)
        {
            _filling.Raw(Client.Output.Written);
            Client.Output.Clear();
            if (!_owing) pulse.Give();
            _owing = true;
            _output.Writer.TryWrite(true);
        }
        if (Client.Demand == LineDemand.Close && !_closing)
        {
            _closing = true;
            _output.Writer.TryWrite(true);
            // A peer that no longer reads must not hold the socket.
            _session?.CancelAfter(CloseLimit);
        }
        if (Client.Demand == LineDemand.Open && !_dialling)
        {
            _dialling = true;
            pulse.Give();
        }
        if (Client.Demand == LineDemand.Open || Client.Phase == ClientPhase.Stopped) _demand.Writer.TryWrite(true);
        Arm();
    }

    private void Arm()
    {
        var next = Math.Min(Client.NextDeadline, _work?.NextDeadline ?? long.MaxValue);
        var wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : TimeSpan.FromMicroseconds(Math.Clamp(next - stamps.Now, 0, 3_600_000_000L));
        _timer?.Change(wait, Timeout.InfiniteTimeSpan);
    }

    private void Tick()
    {
        // The timer of a line that has ended may fire once more.
        if (_over is null || Client.Phase == ClientPhase.Stopped) return;
        Turn(this, static (line, client, now, _) =>
        {
            client.Advance(now);
            line._work?.Advance(now);
        }, default);
    }

    private async Task ConnectAsync(CancellationToken stop, CancellationToken over)
    {
        var uri = new Uri(setup.EndpointUrl);
        var port = uri.Port > 0 ? uri.Port : 4840;
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        string? failed = null;
        using (var limit = CancellationTokenSource.CreateLinkedTokenSource(stop, over))
        using (var timer = time.CreateTimer(static l => ((CancellationTokenSource)l!).Cancel(), limit, connectTimeout, Timeout.InfiniteTimeSpan))
        {
            try
            {
                await socket.ConnectAsync(uri.IdnHost, port, limit.Token);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                failed = e is SocketException s ? Words(s) : $"no connection within {connectTimeout.TotalSeconds:0.#} s";
            }
        }
        if (failed is not null || stop.IsCancellationRequested)
        {
            Enter((client, now) =>
            {
                client.LineClosed(now, $"{uri.Host}:{port}: {failed ?? "stopped"}");
                Dialled();
            });
            return;
        }
        health.CountConnect();
        using var session = CancellationTokenSource.CreateLinkedTokenSource(over);
        lock (Gate)
        {
            _session = session;
            _closing = false;
            _filling.Clear();
            Forgive();
        }
        while (_output.Reader.TryRead(out _)) { }
        Enter((client, now) =>
        {
            client.LineOpened(now);
            Dialled();
        });
        var sender = SendAsync(socket, session.Token);
        var why = await ReceiveAsync(socket, session.Token);
        lock (Gate) _session = null;
        await session.CancelAsync();
        await sender;
        // The client drops its channel here, so what it still wanted to send is gone with the line.
        Enter((client, now) => client.LineClosed(now, why));
        lock (Gate) Forgive();
    }

    /// <summary>The attempt to open the line is over.</summary>
    private void Dialled()
    {
        if (_dialling) pulse.Done();
        _dialling = false;
    }

    /// <summary>What waits to be sent will not be.</summary>
    private void Forgive()
    {
        if (_owing) pulse.Done();
        _owing = false;
    }

    private async Task<string> ReceiveAsync(Socket socket, CancellationToken token)
    {
        try
        {
            while (true)
            {
                var count = await socket.ReceiveAsync(_received, SocketFlags.None, token);
                if (count == 0) return "the server closed the connection";
                Take(_received.AsSpan(0, count));
                // Counted once all that follows from them is visible.
                health.CountReceived(count);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            return e is SocketException s ? Words(s) : "the connection was closed";
        }
    }

    private void Take(ReadOnlySpan<byte> data) => Turn(this, static (_, client, now, bytes) => client.Receive(bytes, now), data);

    private async Task SendAsync(Socket socket, CancellationToken token)
    {
        var owing = false;
        try
        {
            while (true)
            {
                bool closing;
                lock (Gate)
                {
                    (_filling, _sending) = (_sending, _filling);
                    closing = _closing;
                    (owing, _owing) = (_owing, false);
                }
                if (_sending.Length > 0)
                {
                    health.CountRequest(_sending.Length);
                    for (var sent = 0; sent < _sending.Length;) sent += await socket.SendAsync(_sending.Memory[sent..], SocketFlags.None, token);
                    _sending.Clear();
                    if (owing) pulse.Done();
                    owing = false;
                    continue;
                }
                if (closing)
                {
                    socket.Shutdown(SocketShutdown.Both);
                    return;
                }
                await _output.Reader.ReadAsync(token);
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The receiving side sees the same end and reports it.
        }
        finally
        {
            _sending.Clear();
            if (owing) pulse.Done();
        }
    }

    private static string Words(SocketException e) => e.SocketErrorCode switch
    {
        SocketError.ConnectionRefused => "connection refused; is the server running, and is the port right?",
        SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the host's name cannot be resolved; use its address in the endpoint",
        SocketError.HostUnreachable or SocketError.NetworkUnreachable => "no way to the host; check network and address",
        SocketError.ConnectionReset => "the server reset the connection",
        _ => e.SocketErrorCode.ToString(),
    };
}
