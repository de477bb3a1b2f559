using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Readings that come long after the gap in which they were taken.</summary>
internal sealed partial class CounterTrack
{
    private const WindowFlags Untold = WindowFlags.Missing | WindowFlags.Ambiguous | WindowFlags.ZeroedByShift;
    private PastGaps? _gaps;

    /// <summary>Takes a reading in where it lies in a gap that has ended; null where it lies in none, false where it does not fit there. What is held and stored follows by <see cref="Refined"/>.</summary>
    public bool? TryTakeInGap(in Reading reading)
    {
        if (_gaps is null) return null;
        var shifted = reading with { Time = reading.Time - _plan.LagMicros };
        var isTaken = _gaps.Take(shifted, Line.PhysicsAt(shifted.Time), out var taken);
        if (isTaken != true) return isTaken;
        // Cuts that come later must find it too, where the totals around it are still the newest.
        var after = _ring.After(shifted.Time);
        if (after < 1) return true;
        var (from, (to, flags)) = (_ring[after - 1].Anchor, _ring[after]);
        _ring.Insert(after, taken, (flags & ~WindowFlags.Gap) | GapOf(from, taken));
        _ring.Reflag(to.Time, (flags & ~WindowFlags.Gap) | GapOf(taken, to));
        return true;
    }

    /// <summary>Holds what it holds by the gaps that have taken readings in, and tells what stored records are to be stated again by.</summary>
    /// <param name="seq">Entry that says so.</param>
    public List<Amendment> Refined(long seq)
    {
        if (_gaps is null) return [];
        var told = _gaps.Tell(seq, _point.Id, _point.EffectiveMaxGapMicros);
        foreach (var gap in told) Rewrite(gap, gap.From);
        return told;
    }

    /// <summary>True where a time is known not to lie between two readings that are too far from each other.</summary>
    public bool IsBracketed(long time) => _gaps is null || _gaps.IsBracketed(time, _point.EffectiveMaxGapMicros);

    private void Remember(in Anchor to, WindowFlags flags) => (_gaps ??= new PastGaps()).Add(new PastGap(_last, to, (flags & Untold) == 0 && _last.Depth == 0 && to.Depth == 0));

    private void LoadGaps(ref ByteReader r, byte version)
    {
        var gaps = new PastGaps();
        if (version > 5) gaps.Load(ref r, version);
        // Of another register nothing can be told by what this one said; up to version 5 gaps were not kept.
        if (version > 5 && !Line.Rebased) _gaps = gaps;
        else (_gaps = new PastGaps()).Forget(_last.Time);
    }
}
