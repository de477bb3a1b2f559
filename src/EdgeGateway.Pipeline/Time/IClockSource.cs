namespace EdgeGateway.Pipeline.Time;

/// <summary>Somebody who may vouch for the time. Asked about once a second by Ingest, and by whoever wants to show it: any thread.</summary>
public interface IClockSource
{
    /// <summary>Word for boots, events, metrics and page: <c>ntp</c>, <c>rtc</c>, <c>device</c>, <c>operator</c>.</summary>
    string Name { get; }

    /// <summary>True while the source vouches: for the system clock, or for the time of its own in <see cref="Offset"/>.</summary>
    bool IsSynchronised { get; }

    /// <summary>UTC of boot-monotonic zero by a clock of the source's own, microseconds; null where it vouches for the system clock.</summary>
    long? Offset => null;
}
