using EdgeGateway.Diagnosis;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Storing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Composition;

/// <summary>The loops of a gateway as its watchdog sees them.</summary>
/// <param name="supervisor">Has all but the store's.</param>
/// <param name="store">The log.</param>
/// <param name="storePulse">Whether its thread moves.</param>
internal sealed class GatewayLoops(Supervisor supervisor, IStore store, LoopPulse storePulse)
{
    // Ingest has a tick each second. A disk may take its time over one commit, a bus over one connection.
    private static readonly TimeSpan IngestLimit = TimeSpan.FromSeconds(30), StoreLimit = TimeSpan.FromMinutes(5), LineLimit = TimeSpan.FromMinutes(2);

    /// <summary>Answers systemd's watchdog, where there is one, while every loop moves.</summary>
    public Task AnswerWatchdogAsync(TimeProvider time, ILoggerFactory log, CancellationToken cancellationToken) =>
        new Watchdog(new StillLoops(Now, StoreHolds, time), time, log.CreateLogger<Watchdog>())
            .RunAsync(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), Environment.GetEnvironmentVariable("WATCHDOG_USEC"), cancellationToken);

    private IEnumerable<WatchedLoop> Now() =>
    [
        new(StillLoops.Ingest, supervisor.Ingest.Pulse, IngestLimit),
        new("store", storePulse, StoreLimit),
        .. supervisor.Buses.Select(b => new WatchedLoop("bus " + b.Name, b.Pulse, LineLimit)),
        .. supervisor.Publishers.Select(p => new WatchedLoop("publisher " + p.Health.Name, p.Pulse, LineLimit)),
    ];

    private bool StoreHolds() => store.Fault is not null || !storePulse.Quiet;
}
