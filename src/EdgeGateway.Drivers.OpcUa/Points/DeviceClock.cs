using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>Turns times of a device into boot time, or refuses them.</summary>
/// <remarks>
/// Samples leave a bus in boot-monotonic microseconds, and Ingest adds one offset to all of them. A device stamps in UTC; so its stamp is reduced by the offset that the system clock has
/// just now (<see cref="StampClock.SystemOffset"/>). While the system clock agrees with the trusted one, Ingest's addition gives the device's own UTC back; where the system clock is not set
/// yet, or the device's clock is wrong (a PLC that fell back to 2000-01-01), the two disagree by more than <see cref="Tolerance"/>, and the gateway's own time is used instead.
/// </remarks>
internal sealed class DeviceClock(TimeOrigin origin, StampClock stamps, DeviceHealth? health = null)
{
    /// <summary>Greatest difference of clocks that is believed, microseconds.</summary>
    public const long Tolerance = 5_000_000;

    private long _offset;
    private long _serverAhead;
    private bool _known;

    /// <summary>Whose clock stamps.</summary>
    public TimeOrigin Origin => origin;

    /// <summary>How far the server's clock is ahead of the gateway's, microseconds; 0 while it is not known.</summary>
    public long ServerAhead => _serverAhead;

    /// <summary>What leads from the gateway's time to that of the clock in use, microseconds.</summary>
    public long Ahead => origin == TimeOrigin.Gateway || !IsUsable ? 0 : _serverAhead;

    /// <summary>False where the server's clock is too far off to be used.</summary>
    public bool IsUsable => Math.Abs(_serverAhead) <= Tolerance;

    /// <summary>Notes the server's time in a message that has just arrived; called before its values are stamped.</summary>
    public void Note(long serverUtc, long now)
    {
        _offset = stamps.SystemOffset;
        if (serverUtc == UaTime.None) return;
        _serverAhead = serverUtc - _offset - now;
        _known = true;
        health?.NoteClock(serverUtc - now, now);
    }

    /// <summary>Boot time of UTC, by the system clock of the message that was noted last.</summary>
    public long BootOf(long utc) => utc - _offset;

    /// <summary>The device's time of a value in boot time; false where the gateway's is to be used.</summary>
    public bool TryTime(in DataValue value, long now, out long time)
    {
        time = 0;
        if (origin == TimeOrigin.Gateway) return false;
        if (!IsUsable) return Replaced();
        var utc = origin == TimeOrigin.Source && value.SourceTime != UaTime.None ? value.SourceTime : value.ServerTime;
        if (utc == UaTime.None) return false;
        time = utc - _offset;
        // Without any server time only the future gives a wrong clock away.
        if (time > now + Tolerance) return Replaced();
        return _known || time > now - 86_400_000_000;
    }

    private bool Replaced()
    {
        health?.CountReplacedTime();
        return false;
    }
}
