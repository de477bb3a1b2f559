using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Storage.Bounds;

namespace EdgeGateway.Storage;

/// <summary>How a store is opened. Immutable.</summary>
public sealed record SqliteStoreOptions
{
    /// <summary>The database file. Its directory is made where it is missing; <c>-wal</c>, <c>-shm</c> and <c>.lock</c> stand beside it.</summary>
    public required string Path { get; init; }

    /// <summary>A commit is due when an entry's time is this far past the last commit. Default 2 s.</summary>
    public TimeSpan CommitInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Entries that may wait for the disk, those of the running commit included; posting waits beyond. A commit is due at half of it. Default 65 536.</summary>
    public int QueueCapacity { get; init; } = 65_536;

    /// <summary>Memory of entries that may wait for the disk, likewise. Default 48 MiB.</summary>
    public long QueueBytes { get; init; } = 48L << 20;

    /// <summary>How much of the log is kept.</summary>
    public StoreBounds Bounds { get; init; } = new();

    /// <summary>How long the check for rotten pages may take at the start; what it has not reached by then is not checked. Default 200 ms.</summary>
    public TimeSpan CheckTime { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Wait after a first failed commit; doubled with each further failure. Default 250 ms.</summary>
    public TimeSpan RetryFirst { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>Longest wait between two tries. Default 30 s.</summary>
    public TimeSpan RetryMost { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>For the waits above and the name of a file set aside; never for what is stored.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told when the store's thread moves and waits; null for nobody.</summary>
    public LoopPulse? Pulse { get; init; }
}
