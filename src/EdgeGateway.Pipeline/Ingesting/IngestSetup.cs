using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Recovery;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>All that the Ingest loop is made of.</summary>
public sealed record IngestSetup
{
    /// <summary>The plant that runs.</summary>
    public required CompiledPlant Plant { get; init; }

    /// <summary>Id of its effective map in the store.</summary>
    public required int PlanId { get; init; }

    /// <summary>The log.</summary>
    public required IStore Store { get; init; }

    /// <summary>Rebuilds metering from the log.</summary>
    public required MeteringReplay Replay { get; init; }

    /// <summary>For the tick.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Boot time, shared with the buses.</summary>
    public required StampClock Stamps { get; init; }

    /// <summary>Who may vouch for the time, the best first.</summary>
    public required IReadOnlyList<IClockSource> ClockSources { get; init; }

    /// <summary>The one of them that takes the text of the map's clock point, or null.</summary>
    public DeviceTime? DeviceTime { get; init; }

    /// <summary>How long to wait for the clock before going on unverified.</summary>
    public required TimeSpan ClockWait { get; init; }

    /// <summary>The machine's boot id.</summary>
    public required string BootId { get; init; }

    /// <summary>For the few lines worth saying.</summary>
    public required ILoggerFactory Log { get; init; }

    /// <summary>Samples a block holds.</summary>
    public int BlockCapacity { get; init; } = 256;

    /// <summary>Blocks that may wait for the loop.</summary>
    public int MailboxCapacity { get; init; } = 256;
}
