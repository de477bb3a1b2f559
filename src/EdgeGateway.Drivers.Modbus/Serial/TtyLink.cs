using System.Runtime.Versioning;
using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus.Serial;

/// <summary>A line over a serial port of Linux: a non-blocking descriptor in the wait of the bus thread.</summary>
[SupportedOSPlatform("linux")]
internal sealed class TtyLink(string name, PortSettings settings, BusMachine machine, ILogger log) : BusLink(name, machine, log)
{
    private Task<Tty>? _opening;
    private Tty? _tty;
    private Interest _interest;

    protected override void Open(long now)
    {
        // Drivers of adapters may take their time: no other line waits for it.
        _opening = Task.Run(() => Tty.Open(settings));
        _opening.ContinueWith(_ => Thread.Post(BusCommand.Prepared, this), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    protected override void TakePrepared(long now)
    {
        if (_opening is not { IsCompleted: true } opened) return;
        _opening = null;
        if (!opened.IsCompletedSuccessfully)
        {
            Fail(opened.Exception?.InnerException?.Message ?? "the port does not open", now);
            return;
        }
        _tty = opened.Result;
        _interest = Interest.Read;
        Thread.Lines.Add(_tty.Descriptor, Token, _interest);
        Succeed(now);
    }

    protected override int Receive(Span<byte> space, out string? error)
    {
        error = null;
        return _tty is null ? 0 : _tty.Read(space, out error);
    }

    protected override int Send(ReadOnlySpan<byte> bytes, out string? error) => _tty!.Write(bytes, out error);

    protected override void Want(Interest interest)
    {
        if (_interest == interest) return;
        _interest = interest;
        Thread.Lines.Change(_tty!.Descriptor, Token, interest);
    }

    protected override void CloseLine()
    {
        if (_opening is { } opening)
        {
            // Nobody waits for it any more.
            opening.ContinueWith(static o => o.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
            _opening = null;
        }
        if (_tty is not { } tty) return;
        _tty = null;
        Thread.Lines.Remove(tty.Descriptor);
        tty.Dispose();
    }
}
