using EdgeGateway.Identity;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Pipeline.Writing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Composition;

/// <summary>What a gateway is made of.</summary>
internal sealed record GatewayOptions
{
    /// <summary>The validated map.</summary>
    public required LoadedMap Map { get; init; }

    /// <summary>Overrides the map's store path.</summary>
    public string? StorePath { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>Who vouches for it first; battery clock, device and operator follow.</summary>
    public required IClockSource ClockSource { get; init; }

    /// <summary>The machine, for its battery clock and for whose the store is; null: neither is asked.</summary>
    public HostFiles? Host { get; init; }

    /// <summary>Overrides the map's clock_wait.</summary>
    public TimeSpan? ClockWait { get; init; }

    /// <summary>The machine's boot id; null: the kernel's, or a new one where there is none.</summary>
    public string? BootId { get; init; }

    /// <summary>Jitter; null: the system's.</summary>
    public Func<double>? Random { get; init; }

    /// <summary>Whether the map's files are watched and SIGHUP reads them again.</summary>
    public bool Watch { get; init; }

    /// <summary>Whether publishers run; a simulated clock drains them afterwards.</summary>
    public bool Publish { get; init; } = true;

    /// <summary>The capability to write to devices, or null: the gateway only reads.</summary>
    public WritePermit? Writes { get; init; }

    /// <summary>Whether the control socket is opened.</summary>
    public bool Control { get; init; } = true;

    /// <summary>Where log lines go.</summary>
    public required ILoggerFactory Log { get; init; }
}
