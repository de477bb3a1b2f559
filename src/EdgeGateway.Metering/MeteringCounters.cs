namespace EdgeGateway.Metering;

/// <summary>What metering has met, for logs, metrics and page. Metering writes, anyone reads; not part of a checkpoint, so it counts from the start of the process.</summary>
public sealed class MeteringCounters
{
    /// <summary>Counter samples accepted.</summary>
    public long Accepted { get; internal set; }

    /// <summary>Samples without a value.</summary>
    public long Bad { get; internal set; }

    /// <summary>Counter samples set aside as suspects.</summary>
    public long Suspects { get; internal set; }

    /// <summary>Suspects that turned out to be glitches.</summary>
    public long Glitches { get; internal set; }

    /// <summary>Resets and discontinuities confirmed.</summary>
    public long Resets { get; internal set; }

    /// <summary>Resets taken back because the old line returned.</summary>
    public long Retracted { get; internal set; }

    /// <summary>Rollovers.</summary>
    public long Rollovers { get; internal set; }

    /// <summary>Gaps that ended.</summary>
    public long Gaps { get; internal set; }

    /// <summary>Samples older than what was already accepted.</summary>
    public long Late { get; internal set; }

    /// <summary>Of the late ones, those that were taken in between their neighbours.</summary>
    public long Refined { get; internal set; }

    /// <summary>Of the late ones, those that lie in no gap or do not fit between their neighbours: they change nothing.</summary>
    public long Unused { get; internal set; }

    /// <summary>Records stated for the first time.</summary>
    public long Closed { get; internal set; }

    /// <summary>Records stated before all data were there.</summary>
    public long Provisional { get; internal set; }

    /// <summary>Records stated again.</summary>
    public long Reissued { get; internal set; }
}
