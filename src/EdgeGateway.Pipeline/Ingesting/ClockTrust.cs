using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>Decides when the system clock is believed, and what is added to boot time to make it UTC. Owned by Ingest; single-threaded.</summary>
/// <param name="stamps">Boot time.</param>
/// <param name="source">Who vouches for the system clock.</param>
/// <param name="wait">How long to wait for it before going on unverified.</param>
/// <param name="notBefore">Time of the last commit: UTC never falls below it.</param>
internal sealed class ClockTrust(StampClock stamps, IClockSource source, TimeSpan wait, long notBefore)
{
    private const long StepThreshold = UtcMicros.PerSecond;
    private readonly long _start = stamps.Now;
    private readonly long _waitEnd = stamps.Now + UtcMicros.From(wait);
    private long _reported;

    /// <summary>UTC of boot-monotonic zero, or null before trust.</summary>
    public long? Offset { get; private set; }

    /// <summary>False where <c>wait</c> ran out, or before trust.</summary>
    public bool Verified { get; private set; }

    /// <summary>What the trust rests on: the source's name, or <c>unverified</c>.</summary>
    public string Source => Verified ? source.Name : "unverified";

    /// <summary>Asks the source; true once when trust has just been gained, verified or not.</summary>
    public bool TryGain()
    {
        if (Offset is not null) return false;
        if (source.IsSynchronised) Verified = true;
        else if (stamps.Now < _waitEnd) return false;
        Offset = FloorAt(stamps.SystemOffset);
        return true;
    }

    /// <summary>
    /// Looks whether the system clock has moved otherwise than time passed; true where it has, by <paramref name="step"/> microseconds since it was last looked at.
    /// A step ahead is followed while the source vouches for the clock. A step back never is: no interval is counted twice.
    /// </summary>
    public bool TryStep(out long step, out bool followed)
    {
        (step, followed) = (0, false);
        if (Offset is not { } offset) return false;
        var synchronised = source.IsSynchronised;
        Verified |= synchronised && Math.Abs(stamps.SystemOffset - offset) < StepThreshold;
        var drift = stamps.SystemOffset - offset;
        if (Math.Abs(drift) < StepThreshold || Math.Abs(drift - _reported) < StepThreshold) return false;
        step = drift;
        if (drift > 0 && synchronised)
        {
            Offset = offset + drift;
            Verified = true;
            followed = true;
            _reported = 0;
        }
        else _reported = drift;
        return true;
    }

    /// <summary>Raised where the clock lies behind the last commit; measured from the start of this run, because what was read since then waits for the offset.</summary>
    private long FloorAt(long offset)
    {
        if (notBefore == long.MinValue) return offset;
        return offset + Math.Max(0, notBefore - (_start + offset));
    }
}
