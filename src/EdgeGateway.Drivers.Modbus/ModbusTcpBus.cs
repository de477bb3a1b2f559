using EdgeGateway.Drivers.Modbus.Polling;
using EdgeGateway.Drivers.Modbus.Sockets;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Drivers.Modbus;

/// <summary>One Modbus TCP connection with its devices, served by a thread that it shares with others.</summary>
internal sealed class ModbusTcpBus(BusLayout layout, BusServices services, BusThread thread, RegisterTap? tap) : IBus
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
        var machine = new ModbusTcpBusMachine(layout, services.Sink, services.Random, _log, tap);
        return thread.RunAsync(new BusLink(Name, layout.Host, layout.Port, machine, _log), cancellationToken);
    }
}
