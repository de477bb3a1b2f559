using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>Decides whose time is believed, and what is added to boot time to make it UTC. Owned by Ingest; single-threaded.</summary>
/// <remarks>
/// The first source that vouches is followed. Where it lies ahead, time steps to it at once; where it lies behind, time runs a tenth slower until they meet, and nothing is vouched for
/// meanwhile: no instant is passed twice, and time never falls.
/// </remarks>
/// <param name="stamps">Boot time.</param>
/// <param name="sources">Who may vouch, the best first.</param>
/// <param name="wait">How long to wait for one before going on unverified.</param>
/// <param name="notBefore">Time of the last commit: UTC never falls below it.</param>
internal sealed class ClockTrust(StampClock stamps, IReadOnlyList<IClockSource> sources, TimeSpan wait, long notBefore)
{
    /// <summary>The word where nobody vouches.</summary>
    public const string Nobody = "unverified";

    /// <summary>Less than this is no step, microseconds.</summary>
    public const long StepThreshold = UtcMicros.PerSecond;

    /// <summary>How long the monotonic clock keeps what a source vouched for last: a crystal that is off by 100 ppm is 9 s wrong by then.</summary>
    public const long Hold = 24 * UtcMicros.PerHour;

    private readonly long _start = stamps.Now;
    private readonly long _waitEnd = stamps.Now + UtcMicros.From(wait);
    private ClockLine? _line;
    private int _rank;
    private long _vouchedAt, _seenSystem;

    /// <summary>UTC of boot-monotonic zero as it holds now, or null before trust.</summary>
    public long? Offset => _line?.OffsetAt(stamps.Now);

    /// <summary>The line along which boot time becomes UTC; after trust only.</summary>
    public ClockLine Line => _line!.Value;

    /// <summary>True while the time in use is that of a source which vouches, or vouched within <see cref="Hold"/>.</summary>
    public bool Verified { get; private set; }

    /// <summary>Whose time it is: a source's name, or <c>unverified</c>.</summary>
    public string Source { get; private set; } = Nobody;

    /// <summary>How far the time in use is ahead of that source's, microseconds; 0 where they agree.</summary>
    public long Ahead => _line is { } line && stamps.Now is var now ? line.OffsetAt(now) - line.Goal : 0;

    /// <summary>Asks the sources, and says what has changed; about once a second.</summary>
    public ClockNews Look()
    {
        var now = stamps.Now;
        var rank = 0;
        long? vouched = null;
        for (; rank < sources.Count; rank++)
        {
            if ((vouched = sources[rank].Vouched(stamps)) is not null) break;
        }
        var source = rank < sources.Count ? sources[rank] : null;
        if (_line is not { } line) return Gain(source?.Name, rank, vouched, now);
        // What a better source said within a day is nearer than what a lesser one says now.
        if (vouched is not { } target || (rank > _rank && now - _vouchedAt <= Hold)) return Unvouched(now);
        (_rank, _vouchedAt, _seenSystem) = (rank, now, stamps.SystemOffset);
        var step = target - line.Goal;
        if (Math.Abs(step) < StepThreshold) return Agree(source!.Name, line.OffsetAt(now) - line.Goal);
        Source = source!.Name;
        var ahead = line.OffsetAt(now) - target;
        _line = ahead <= 0 ? ClockLine.At(target) : line.FallsAt(now) ? line with { Goal = target } : new ClockLine(now, target + ahead, target);
        Verified = ahead < StepThreshold;
        return new ClockNews(ahead <= 0 ? ClockChange.SteppedAhead : ClockChange.SteppedBack, step);
    }

    private ClockNews Gain(string? source, int rank, long? vouched, long now)
    {
        if (vouched is null)
        {
            if (now < _waitEnd) return default;
            // A clock that was never set dates nothing; one that stands behind the last commit goes on from there.
            if (Math.Max(now + stamps.SystemOffset, notBefore) < ClockLimits.Set) return default;
        }
        var target = vouched ?? stamps.SystemOffset;
        var offset = FloorAt(target);
        _line = vouched is null ? ClockLine.At(offset) : new ClockLine(now, offset, target);
        (Source, Verified) = (source ?? Nobody, vouched is not null && offset - target < StepThreshold);
        (_rank, _vouchedAt, _seenSystem) = (rank, now, stamps.SystemOffset);
        return new ClockNews(ClockChange.Gained, offset - target);
    }

    private ClockNews Agree(string source, long ahead)
    {
        var verified = ahead < StepThreshold;
        if (verified == Verified && source == Source) return default;
        (Source, Verified) = (source, verified);
        return new ClockNews(ClockChange.Vouched, ahead);
    }

    private ClockNews Unvouched(long now)
    {
        if (Source != Nobody && now - _vouchedAt > Hold)
        {
            (Source, Verified, _rank) = (Nobody, false, sources.Count);
            return new ClockNews(ClockChange.Doubted, 0);
        }
        // Along the line to its end: what was vouched for then still holds.
        if (Source != Nobody && !Verified && Ahead < StepThreshold)
        {
            Verified = true;
            return new ClockNews(ClockChange.Vouched, 0);
        }
        var moved = stamps.SystemOffset - _seenSystem;
        if (Math.Abs(moved) < StepThreshold) return default;
        _seenSystem += moved;
        return new ClockNews(ClockChange.Ignored, moved);
    }

    /// <summary>Raised where the clock lies behind the last commit; measured from the start of this run, because what was read since then waits for the offset.</summary>
    private long FloorAt(long offset) => notBefore == long.MinValue ? offset : offset + Math.Max(0, notBefore - (_start + offset));
}

/// <summary>What has changed about the clock.</summary>
internal enum ClockChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>There is a time now, vouched for or not.</summary>
    Gained,

    /// <summary>The followed source lies ahead, and time stepped to it.</summary>
    SteppedAhead,

    /// <summary>The followed source lies behind, and time runs slower until they meet.</summary>
    SteppedBack,

    /// <summary>Another source vouches, or one does again.</summary>
    Vouched,

    /// <summary>Nobody has vouched for too long.</summary>
    Doubted,

    /// <summary>The system clock moved and nobody vouches for it: it is not followed.</summary>
    Ignored,
}

/// <summary>News of the clock.</summary>
/// <param name="Change">What has changed.</param>
/// <param name="Micros">By how much the source's time moved; for a gained one, how far the time in use is ahead of it.</param>
internal readonly record struct ClockNews(ClockChange Change, long Micros);
