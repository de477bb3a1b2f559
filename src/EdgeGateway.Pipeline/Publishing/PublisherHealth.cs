namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Counters of one publisher. Its loop writes, anyone reads.</summary>
/// <param name="name">Its name in the map.</param>
/// <param name="bytes">Bytes sent so far; thread-safe.</param>
public sealed class PublisherHealth(string name, Func<long> bytes)
{
    private long _accepted, _retried, _rejected, _skipped, _failures;

    /// <summary>Name in the map.</summary>
    public string Name { get; } = name;

    /// <summary>True while the line to the target stands.</summary>
    public bool Connected { get; set; }

    /// <summary>What went wrong last, or null.</summary>
    public string? LastError { get; set; }

    /// <summary>Items the target has.</summary>
    public long Accepted => Interlocked.Read(ref _accepted);

    /// <summary>Times an item had to be tried again.</summary>
    public long Retried => Interlocked.Read(ref _retried);

    /// <summary>Items quarantined.</summary>
    public long Rejected => Interlocked.Read(ref _rejected);

    /// <summary>Items passed over: superseded by a newer revision, or not chosen by the map.</summary>
    public long Skipped => Interlocked.Read(ref _skipped);

    /// <summary>Lines lost or not established.</summary>
    public long Failures => Interlocked.Read(ref _failures);

    /// <summary>Bytes sent to the target since the start.</summary>
    public long BytesSent => bytes();

    internal void Count(OutcomeKind kind) => Interlocked.Increment(ref kind == OutcomeKind.Accepted ? ref _accepted : ref kind == OutcomeKind.Rejected ? ref _rejected : ref _retried);

    internal void CountSkipped() => Interlocked.Increment(ref _skipped);

    internal void CountFailure() => Interlocked.Increment(ref _failures);
}
