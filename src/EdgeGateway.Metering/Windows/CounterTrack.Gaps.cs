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
    /// <param name="reading">The reading.</param>
    /// <param name="contradicted">The gap, where with it enough readings contradict what was counted that none says anything any more.</param>
    public bool? TryTakeInGap(in Reading reading, out PastGap? contradicted)
    {
        contradicted = null;
        var shifted = reading with { Time = reading.Time - _plan.LagMicros };
        return _gaps?.Take(shifted, Line.PhysicsAt(shifted.Time), out contradicted);
    }

    /// <summary>True where gaps have something to tell. While windows over a long stretch are still stated from its two ends, it waits.</summary>
    public bool HasRefined => _gaps is { HasChanged: true };

    /// <summary>Holds what it holds by the gaps that have taken readings in, and tells what stored records are to be stated again by.</summary>
    /// <param name="seq">Entry that says so.</param>
    public List<Amendment> Refined(long seq)
    {
        var all = new List<Amendment>();
        while (_spans.Count == 0 && _gaps?.Tell(seq, _point.Id, _point.EffectiveMaxGapMicros, _plan.Modulus is not null && !_plan.NetCount) is { } told)
        {
            var end = told.Stretches[^1].To;
            if (told.Clear != WindowFlags.None)
            {
                _uncertain?.Remove(told.From, end.Time);
                Line.Raise(end.Time + _plan.LagMicros, told.Shift, told.DoubtShift);
            }
            Rewrite(told, told.Clear == WindowFlags.None ? told.From : end.Time);
            if (end.Time > Settled * _base) _flags |= told.Stretches[^1].Flags & WindowFlags.Rollover;
            // Cuts that come later must find its readings too, where the totals around them are still the newest.
            _ring.Refine(told.Stretches);
            all.Add(told);
        }
        return all;
    }

    /// <summary>True where a time is known not to lie between two readings that are too far from each other.</summary>
    public bool IsBracketed(long time) => _gaps is null || _gaps.IsBracketed(time, _point.EffectiveMaxGapMicros);

    private void Remember(in Anchor to, WindowFlags flags) => (_gaps ??= new PastGaps()).Add(new PastGap(_last, to, CountOf(to, flags)));

    private GapCount CountOf(in Anchor to, WindowFlags flags)
    {
        var untold = flags & Untold;
        if (_last.Depth != 0 || to.Depth != 0) return GapCount.Unsure;
        return untold == WindowFlags.None && Line.NewestCount == GapCount.Certain ? GapCount.Certain
            : untold == WindowFlags.Ambiguous && Line.NewestCount == GapCount.RoundsOpen ? GapCount.RoundsOpen : GapCount.Unsure;
    }

    private void LoadGaps(ref ByteReader r, byte version)
    {
        var gaps = new PastGaps();
        if (version > 5) gaps.Load(ref r, version);
        // Of another register nothing can be told by what this one said; up to version 5 gaps were not kept.
        if (version > 5 && !Line.Rebased) _gaps = gaps;
        else (_gaps = new PastGaps()).Forget(_last.Time);
    }
}
