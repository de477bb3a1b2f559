namespace EdgeGateway.Pipeline.Time;

/// <summary>Somebody who may vouch for the time. Asked about once a second by Ingest, and by whoever wants to show it: any thread.</summary>
public interface IClockSource
{
    /// <summary>Word for boots, events, metrics and page: <c>ntp</c>, <c>rtc</c>, <c>device</c>, <c>operator</c>.</summary>
    string Name { get; }

    /// <summary>True while the source vouches, for the system clock or for its own.</summary>
    bool IsSynchronised { get; }

    /// <summary>True where the source has a clock of its own, in <see cref="Offset"/>, and says nothing of the system clock.</summary>
    bool HasOwnTime => false;

    /// <summary>UTC of boot-monotonic zero by its own clock, microseconds; null while it does not vouch, or has none.</summary>
    long? Offset => null;

    /// <summary>UTC of boot-monotonic zero that it vouches for, microseconds; null while it does not.</summary>
    /// <param name="stamps">Boot time, and the system clock.</param>
    long? Vouched(StampClock stamps)
    {
        ArgumentNullException.ThrowIfNull(stamps);
        return HasOwnTime ? Offset : IsSynchronised ? stamps.SystemOffset : null;
    }
}
