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
        var shifted = reading with { Time = reading.Time - _plan.LagMicros };
        return _gaps?.Take(shifted, Line.PhysicsAt(shifted.Time));
    }

    /// <summary>Holds what it holds by the gaps that have taken readings in, and tells what stored records are to be stated again by.</summary>
    /// <param name="seq">Entry that says so.</param>
    public List<Amendment> Refined(long seq)
    {
        var all = new List<Amendment>();
        while (_gaps?.Tell(seq, _point.Id, _point.EffectiveMaxGapMicros, _plan.Modulus is not null && !_plan.NetCount) is { } told)
        {
            var end = told.Stretches[^1].To;
            if (told.Clear != WindowFlags.None)
            {
                _uncertain?.Remove(told.From, end.Time);
                Line.Raise(end.Time + _plan.LagMicros, told.Shift, told.DoubtShift);
            }
            if (told.IsReset)
            {
                Lost.Add(told.From, end.Time);
                if (end.Time > Settled * _base) _flags |= WindowFlags.Missing;
            }
            Rewrite(told, told.Clear == WindowFlags.None ? told.From : end.Time);
            // Cuts that come later must find its readings too, where the totals around them are still the newest.
            _ring.Refine(told.Stretches);
            all.Add(told);
        }
        return all;
    }

    /// <summary>True where a time is known not to lie between two readings that are too far from each other.</summary>
    public bool IsBracketed(long time) => _gaps is null || _gaps.IsBracketed(time, _point.EffectiveMaxGapMicros);

    private void Remember(in Anchor to, WindowFlags flags) => (_gaps ??= new PastGaps()).Add(new PastGap(_last, to, CountOf(to, flags)));

    private GapCount CountOf(in Anchor to, WindowFlags flags) => _last.Depth != 0 || to.Depth != 0 ? GapCount.Unsure
        : (flags & Untold) == 0 ? GapCount.Certain
        : (flags & Untold) == WindowFlags.Ambiguous && Line.RoundsOpen ? GapCount.RoundsOpen : GapCount.Unsure;

    private void LoadGaps(ref ByteReader r, byte version)
    {
        var gaps = new PastGaps();
        if (version > 5) gaps.Load(ref r, version);
        // Of another register nothing can be told by what this one said; up to version 5 gaps were not kept.
        if (version > 5 && !Line.Rebased) _gaps = gaps;
        else (_gaps = new PastGaps()).Forget(_last.Time);
    }
}
