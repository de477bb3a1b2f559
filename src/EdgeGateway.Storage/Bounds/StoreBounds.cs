using EdgeGateway.Records.Windows;

namespace EdgeGateway.Storage.Bounds;

/// <summary>How much of the log is kept and for how long, by stream and kind of window. Samples go first, short windows next, windows of an hour and longer never. Immutable.</summary>
/// <remarks>
/// Ages count back from the newest entry whose time somebody vouched for: where nobody does, only bytes bound the log. What metering needs to recover, the entries from the older checkpoint on, stays whatever the bounds say.
/// A publisher that is behind pins nothing; what leaves before it was sent is counted by publisher.
/// </remarks>
public sealed record StoreBounds
{
    /// <summary>Bytes of the input log, which holds the samples. Default 2 GB.</summary>
    public long SampleBytes { get; init; } = 2_000_000_000;

    /// <summary>Age of entries of the input log. Default 14 days.</summary>
    public TimeSpan SampleAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Age of records of base windows: 1m, or a divisor of it. Default 14 days.</summary>
    public TimeSpan ShortAge { get; init; } = TimeSpan.FromDays(14);

    /// <summary>Age of 15m records. Default two years.</summary>
    public TimeSpan QuarterAge { get; init; } = TimeSpan.FromDays(731);

    /// <summary>Age of events. Default two years.</summary>
    public TimeSpan EventAge { get; init; } = TimeSpan.FromDays(731);

    /// <summary>Bytes of all records; beyond, the oldest base windows go, then the oldest of 15m. Default 4 GB.</summary>
    public long RecordBytes { get; init; } = 4_000_000_000;

    /// <summary>Base windows: a minute, and its whole divisors.</summary>
    internal static readonly WindowKind[] ShortKinds = [WindowKind.Minute, .. Enumerable.Range(1, 30).Where(s => 60 % s == 0).Select(WindowKind.OfSeconds)];

    /// <summary>Kinds between a minute and an hour.</summary>
    internal static readonly WindowKind[] QuarterKinds = [WindowKind.QuarterHour];
}
