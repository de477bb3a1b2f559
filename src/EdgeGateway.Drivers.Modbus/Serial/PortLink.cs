using System.IO.Ports;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Serial;

/// <summary>A line over <see cref="SerialPort"/> alone, for systems whose ports cannot be waited for beside sockets: a task reads, and hands over to the bus thread.</summary>
internal sealed class PortLink(string name, PortSettings settings, BusMachine machine, ILogger log) : BusLink(name, machine, log)
{
    private const int WriteTimeoutMilliseconds = 1_000;

    private readonly Lock _gate = new();
    private readonly byte[] _held = new byte[4_096];
    private Task<SerialPort>? _opening;
    private SerialPort? _port;
    private CancellationTokenSource? _stop;
    private string? _end;
    private int _count;

    protected override void Open(long now)
    {
        _opening = Task.Run(() => Opened(settings));
        _opening.ContinueWith(_ => Thread.Post(BusCommand.Prepared, this), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    protected override void TakePrepared(long now)
    {
        if (_port is not null)
        {
            TakeBytes(now);
            return;
        }
        if (_opening is not { IsCompleted: true } opened) return;
        _opening = null;
        if (!opened.IsCompletedSuccessfully)
        {
            Fail(opened.Exception?.InnerException?.Message ?? "the port does not open", now);
            return;
        }
        _port = opened.Result;
        (_count, _end, _stop) = (0, null, new CancellationTokenSource());
        var (stream, stop) = (_port.BaseStream, _stop.Token);
        Task.Run(() => ReadAsync(stream, stop), stop);
        Succeed(now);
    }

    protected override int Receive(Span<byte> space, out string? error)
    {
        lock (_gate)
        {
            error = _count == 0 ? _end : null;
            var count = Math.Min(_count, space.Length);
            _held.AsSpan(0, count).CopyTo(space);
            _held.AsSpan(count, _count - count).CopyTo(_held);
            _count -= count;
            return count;
        }
    }

    protected override int Send(ReadOnlySpan<byte> bytes, out string? error)
    {
        error = null;
        try
        {
            _port!.BaseStream.Write(bytes);
            return bytes.Length;
        }
        catch (Exception e) when (e is IOException or TimeoutException or InvalidOperationException or UnauthorizedAccessException)
        {
            error = e.Message;
            return 0;
        }
    }

    protected override void Want(Interest interest)
    {
        // The task reads always, and writing waits by itself.
    }

    protected override void CloseLine()
    {
        if (_opening is { } opening)
        {
            opening.ContinueWith(static o => o.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            _opening = null;
        }
        if (_port is not { } port) return;
        _port = null;
        _stop!.Cancel();
        port.Dispose();
    }

    private static SerialPort Opened(PortSettings settings)
    {
        var port = settings.Port();
        try
        {
            port.WriteTimeout = WriteTimeoutMilliseconds;
            port.Open();
            return port;
        }
        catch
        {
            port.Dispose();
            throw;
        }
    }

    private async Task ReadAsync(Stream stream, CancellationToken stop)
    {
        var buffer = new byte[512];
        string? end = null;
        while (end is null)
        {
            var count = 0;
            try
            {
                count = await stream.ReadAsync(buffer, stop);
                if (count == 0) end = "the port is gone";
            }
            catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException or UnauthorizedAccessException)
            {
                end = e.Message;
            }
            if (stop.IsCancellationRequested) return;
            lock (_gate)
            {
                // What nobody took while so much more came is noise.
                if (_count + count > _held.Length) _count = 0;
                buffer.AsSpan(0, count).CopyTo(_held.AsSpan(_count));
                _count += count;
                _end = end;
            }
            Thread.Post(BusCommand.Prepared, this);
        }
    }
}
