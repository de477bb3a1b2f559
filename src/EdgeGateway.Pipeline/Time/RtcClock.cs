using System.Globalization;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Time;

/// <summary>
/// The second source: a battery clock that has gone on since the newest commit vouches for the system clock, which the system set from it at boot. A clock whose battery is empty begins at
/// some early date and so lies before that commit. What a file saved at shutdown (fake-hwclock) puts into the system clock is no battery clock: the device itself is read.
/// </summary>
/// <param name="folder">The battery clock as the kernel shows it, such as <c>/sys/class/rtc/rtc0</c>; may be missing.</param>
/// <param name="time">The system clock.</param>
/// <param name="lastCommit">Time of the newest commit, UTC microseconds, or <see cref="long.MinValue"/>: without one there is nothing to check against.</param>
/// <param name="lastVerified">Whether that time was vouched for: an unverified one may have been written into the battery clock.</param>
public sealed class RtcClock(string folder, TimeProvider time, long lastCommit, bool lastVerified) : IClockSource
{
    /// <summary>Greatest difference to the system clock, microseconds.</summary>
    public const long Agreement = 30 * UtcMicros.PerSecond;

    /// <summary>Longest rest since the newest commit that is believed, microseconds: a year. What stood in a store room for longer needs another source.</summary>
    public const long LongestRest = 366L * 24 * UtcMicros.PerHour;

    private const long AskAgain = 10;
    private long _askedAt;
    private volatile bool _asked, _vouches;

    /// <inheritdoc/>
    public string Name => "rtc";

    /// <inheritdoc/>
    public bool IsSynchronised
    {
        get
        {
            if (!lastVerified || lastCommit == long.MinValue) return false;
            // The device may hang on a slow bus: it is not asked every second.
            var now = time.GetTimestamp();
            if (_asked && time.GetElapsedTime(Interlocked.Read(ref _askedAt), now).TotalSeconds < AskAgain) return _vouches;
            Interlocked.Exchange(ref _askedAt, now);
            _vouches = Read() is { } rtc && rtc >= lastCommit - UtcMicros.PerSecond && rtc <= lastCommit + LongestRest && Math.Abs(rtc - UtcMicros.From(time.GetUtcNow())) <= Agreement;
            _asked = true;
            return _vouches;
        }
    }

    /// <summary>What it shows, UTC microseconds; null where there is none.</summary>
    private long? Read()
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "since_epoch")).Trim();
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds < long.MaxValue / UtcMicros.PerSecond ? seconds * UtcMicros.PerSecond : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
