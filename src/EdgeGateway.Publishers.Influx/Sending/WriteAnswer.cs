namespace EdgeGateway.Publishers.Influx.Sending;

/// <summary>What the database did with a write.</summary>
internal enum WriteVerdict
{
    /// <summary>It has every point.</summary>
    Taken,

    /// <summary>It does not want some or all of the points; it has the others.</summary>
    Refused,

    /// <summary>The body is too large for it.</summary>
    TooLarge,

    /// <summary>It cannot just now.</summary>
    Busy,
}

/// <summary>What the database did with a write, and why.</summary>
/// <param name="Verdict">What.</param>
/// <param name="Reason">Its own words, or "".</param>
internal readonly record struct WriteAnswer(WriteVerdict Verdict, string Reason = "")
{
    /// <summary>Where it refused: how many points it says it dropped, or -1.</summary>
    public int Dropped { get; init; } = -1;

    /// <summary>Where it refused: the lines that it names, counted from 0, each with its reason; null where it names none.</summary>
    public IReadOnlyList<(int Line, string Reason)>? Lines { get; init; }

    /// <summary>Where it is busy: when to come again.</summary>
    public TimeSpan After { get; init; }
}
