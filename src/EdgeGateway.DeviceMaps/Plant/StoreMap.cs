namespace EdgeGateway.DeviceMaps.Plant;

/// <summary>The section <c>store</c>.</summary>
public sealed record StoreMap
{
    /// <summary>Path of the database file, relative to the map's folder, or null for the default.</summary>
    public string? Path { get; init; }

    /// <summary>Interval of commits.</summary>
    public required TimeSpan Commit { get; init; }

    /// <summary>Age of samples.</summary>
    public required TimeSpan KeepSamples { get; init; }

    /// <summary>Bytes of samples, in 10^6.</summary>
    public required long SampleMegabytes { get; init; }

    /// <summary>Age of records of the base window.</summary>
    public required TimeSpan KeepShort { get; init; }

    /// <summary>Age of 15m records.</summary>
    public required TimeSpan KeepQuarter { get; init; }

    /// <summary>Age of events.</summary>
    public required TimeSpan KeepEvents { get; init; }

    /// <summary>Bytes of records, in 10^6.</summary>
    public required long RecordMegabytes { get; init; }
}

/// <summary>Kind of disk.</summary>
public enum StoreProfile
{
    /// <summary>A disk that bears a commit every two seconds.</summary>
    Ssd,

    /// <summary>A card or flash chip that wears out by many small writes: a commit every ten seconds.</summary>
    SdCard,
}
