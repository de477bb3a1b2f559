using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Serial;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>One Modbus connection with its devices, served by a thread that it shares with others.</summary>
internal sealed class ModbusBus(BusLayout layout, BusServices services, BusThread thread, DialInPort? port, RegisterTap? tap) : IBus
{
    private readonly ILogger _log = services.Log.CreateLogger("EdgeGateway.Drivers.Modbus");
    private int _running;

    public string Name => layout.Name;

    public BusHealth Health => layout.Health;

    public LoopPulse Pulse => thread.Pulse;

    /// <summary>The thread that serves it; for tests.</summary>
    internal BusThread Thread => thread;

    public Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _running, 1) != 0) throw new InvalidOperationException($"The bus {Name} runs, or has run, already.");
        var machine = new BusMachine(layout, services.Sink, services.Random, _log, tap);
        return thread.RunAsync(Link(machine), cancellationToken);
    }

    private BusLink Link(BusMachine machine)
    {
        if (layout.Line.DialIn is { } dialIn) return new DialInLink(dialIn, port!, machine, Health, _log, Name);
        if (layout.Line.Serial is not { } serial) return new SocketLink(Name, layout.Line, machine, _log);
        return OperatingSystem.IsLinux() ? new TtyLink(Name, serial, machine, _log) : new PortLink(Name, serial, machine, _log);
    }
}
