using EdgeGateway.Metering;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Dashboard;

/// <summary>All that page, API, health and metrics see of a running gateway: read only, from any thread, and without a way to hold it up.</summary>
public interface IGatewayView
{
    /// <summary>Version of the program.</summary>
    string Version { get; }

    /// <summary>When it started, UTC microseconds of the system clock.</summary>
    long StartedAt { get; }

    /// <summary>The clock of the process.</summary>
    TimeProvider Time { get; }

    /// <summary>The plan in force.</summary>
    CompiledPlant Plant { get; }

    /// <summary>The buses that run.</summary>
    IReadOnlyList<IBus> Buses { get; }

    /// <summary>Newest samples by slot of the plan in force.</summary>
    LatestValues Latest { get; }

    /// <summary>Whether Ingest moves.</summary>
    LoopPulse IngestPulse { get; }

    /// <summary>Counters of metering, or null while the clock is awaited.</summary>
    MeteringCounters? Metering { get; }

    /// <summary>True once the clock is trusted or its wait ran out.</summary>
    bool IsTimed { get; }

    /// <summary>UTC of a time as buses stamp it, microseconds; 0 where there is none, or the clock is not trusted yet.</summary>
    long Utc(long bootMicros);

    /// <summary>What the gateway's time rests on.</summary>
    ClockState Clock { get; }

    /// <summary>Why nothing is published, or null.</summary>
    string? HoldReason { get; }

    /// <summary>Counters of each publisher.</summary>
    IReadOnlyList<PublisherHealth> Publishers { get; }

    /// <summary>The store, for its readers and counters.</summary>
    IStore Store { get; }
}
