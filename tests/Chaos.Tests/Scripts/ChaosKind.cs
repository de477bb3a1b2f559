namespace Chaos.Tests.Scripts;

/// <summary>What a step of a script does.</summary>
internal enum ChaosKind
{
    /// <summary>kill -9 of the gateway; it is started again after a while.</summary>
    Kill,

    /// <summary>The gateway is killed again and again while it starts.</summary>
    Storm,

    /// <summary>The system clock of the gateway's machine is set to another time.</summary>
    Clock,

    /// <summary>SIGTERM to the gateway; it is started again after a while.</summary>
    Stop,

    /// <summary>The broker ends in good order, keeping its sessions, and comes back.</summary>
    Broker,

    /// <summary>kill -9 of the database, which comes back.</summary>
    Database,

    /// <summary>A link resets all its connections in the middle of what it carries and refuses new ones.</summary>
    Cut,

    /// <summary>A link carries a few bytes at a time, late.</summary>
    Slow,

    /// <summary>A link carries nothing, then goes on where it was.</summary>
    Stall,

    /// <summary>A link carries nothing and tells nobody; in the end its connections turn out to be dead.</summary>
    HalfOpen,

    /// <summary>The file system of the store is full to the last byte.</summary>
    Full,

    /// <summary>A fault of the simulated plant, in the words of its fault scripts.</summary>
    Device,

    /// <summary>An operator says that the meter of a line was replaced, and what both displays showed.</summary>
    Word,
}
