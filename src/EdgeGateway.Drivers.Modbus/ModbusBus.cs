using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Serial;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>One Modbus connection with its devices, served by a thread that it shares with others.</summary>
internal sealed class ModbusBus(BusLayout layout, BusServices services, BusThread thread, DialInPort? port, RegisterTap? tap) : IWritableBus
{
    private readonly ILogger _log = services.Log.CreateLogger("EdgeGateway.Drivers.Modbus");
    private int _running;
    private BusMachine? _machine;
    private BusLink? _link;

    public string Name => layout.Name;

    public BusHealth Health => layout.Health;

    public LoopPulse Pulse => thread.Pulse;

    /// <summary>Its map, planned; for tests.</summary>
    internal BusLayout Layout => layout;

    /// <summary>The thread that serves it; for tests.</summary>
    internal BusThread Thread => thread;

    public RawReading? Raw(string path) => layout.Last.Of(path);

    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0) throw new InvalidOperationException($"The bus {Name} runs, or has run, already.");
        _machine = new BusMachine(layout, services.Sink, services.Random, _log, tap, writes: services.Writes is not null);
        Volatile.Write(ref _link, Link(_machine));
        return thread.RunAsync(_link, cancellationToken);
    }

    public async Task<WriteOutcome> WriteAsync(WriteOrder order, CancellationToken cancellationToken)
    {
        if (services.Writes is null) return new WriteOutcome(false, "This gateway only reads; nothing was written.", null);
        if (!layout.Writable.TryGetValue(order.Slot, out var point)) return new WriteOutcome(false, "The point is not marked writable; nothing was written.", null);
        if (Volatile.Read(ref _link) is not { } link || link.Ended.IsCompleted) return new WriteOutcome(false, "The bus does not run; nothing was written.", null);
        if (point.Plan(order.Value, out var fault) is not { } job) return new WriteOutcome(false, fault!, null);
        _machine!.Write(job);
        thread.Post(BusCommand.Advance, link);
        // A link that ended just now takes nothing any more.
        if (link.Ended.IsCompleted && job.TryWithdraw()) return new WriteOutcome(false, "The bus does not run; nothing was written.", null);
        try
        {
            return await job.Outcome.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (job.TryWithdraw())
        {
            return new WriteOutcome(false, "It was withdrawn before the bus came to it; nothing was written.", null);
        }
    }

    private BusLink Link(BusMachine machine)
    {
        if (layout.Line.DialIn is { } dialIn) return new DialInLink(dialIn, port!, machine, Health, _log, Name);
        if (layout.Line.Serial is not { } serial) return new SocketLink(Name, layout.Line, machine, _log);
        return OperatingSystem.IsLinux() ? new TtyLink(Name, serial, machine, _log) : new PortLink(Name, serial, machine, _log);
    }
}
