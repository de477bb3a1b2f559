namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>How boot time becomes UTC: by one offset, or, while a time that ran ahead is given back, by one that falls at a tenth of the time that passes. Strictly ascending, so two instants never change places.</summary>
/// <param name="From">Boot time from which on the offset falls, microseconds.</param>
/// <param name="Offset">UTC of boot-monotonic zero up to there.</param>
/// <param name="Goal">The offset it falls to; equal to <paramref name="Offset"/> where it stands still.</param>
internal readonly record struct ClockLine(long From, long Offset, long Goal)
{
    /// <summary>A tenth: an hour ahead is given back in ten hours. Power seems to be a ninth too high meanwhile, which is still possible by 5.2's fifth above the rating.</summary>
    private const long Share = 10;

    /// <summary>A line that stands still.</summary>
    public static ClockLine At(long offset) => new(0, offset, offset);

    /// <summary>The offset at a boot time.</summary>
    public long OffsetAt(long boot) => Offset == Goal || boot <= From ? Offset : Math.Max(Goal, Offset - (boot - From) / Share);

    /// <summary>True while the offset falls.</summary>
    public bool FallsAt(long boot) => OffsetAt(boot) != Goal;
}
