using EdgeGateway.Dashboard;
using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Composition;

/// <summary>A running gateway as the page sees it.</summary>
internal sealed class GatewayView(Gateway gateway, TimeProvider time) : IGatewayView
{
    public string Version => ProductVersion.Text;

    public long StartedAt { get; } = UtcMicros.From(time.GetUtcNow());

    public TimeProvider Time => time;

    public CompiledPlant Plant => gateway.Plant;

    public IReadOnlyList<IBus> Buses => gateway.Supervisor.Buses;

    public LatestValues Latest => gateway.Supervisor.Ingest.Latest;

    public LoopPulse IngestPulse => gateway.Supervisor.Ingest.Pulse;

    public MeteringCounters? Metering => gateway.Supervisor.Ingest.Metering;

    public bool IsTimed => gateway.Supervisor.Ingest.IsTimed;

    public long Utc(long bootMicros) => bootMicros == 0 || Clock.UtcOffset is not { } offset ? 0 : bootMicros + offset;

    public ClockState Clock => gateway.Supervisor.Ingest.Clock;

    public string? HoldReason => gateway.Hold.Reason;

    public IReadOnlyList<PublisherHealth> Publishers => [.. gateway.Supervisor.Publishers.Select(p => p.Health)];

    public IStore Store => gateway.Store;
}
