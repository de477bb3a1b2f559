using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>What was not counted when it passed, and became known later.</summary>
internal sealed partial class CounterTrack
{
    /// <summary>Between two accepted totals <paramref name="steps"/> more have passed than was counted, some of them before a time in between.</summary>
    /// <param name="seq">Entry that says so.</param>
    /// <param name="left">The line that was left.</param>
    /// <param name="at">When its meter was taken off.</param>
    /// <param name="rest">Steps counted by then since its last reading.</param>
    /// <param name="steps">Steps more than was counted.</param>
    /// <param name="whole">True where nothing is missing any more.</param>
    /// <param name="ratio">The new meter's ratio, where it is another one; else null.</param>
    /// <returns>What stored records are to be stated again by.</returns>
    public Amendment Lift(long seq, in LeftLine left, long at, long rest, long steps, bool whole, RatioChange? ratio)
    {
        var flags = whole ? WindowFlags.None : WindowFlags.Missing;
        var from = new Anchor(left.Line.Time - _plan.LagMicros, left.Line.Spread, left.Total, left.Line.Value, 0, left.Doubt);
        var to = new Anchor(left.First.Time - _plan.LagMicros, left.First.Spread, left.Total + left.Counted * CounterLine.One, left.First.Value, 0, left.Doubt);
        var off = new Anchor(Math.Clamp(at - _plan.LagMicros, from.Time + 1, to.Time - 1), 0, left.Total + rest * CounterLine.One, left.Line.Value + rest, 0, left.Doubt);
        if (to.Time - from.Time > _point.EffectiveMaxGapMicros) flags |= WindowFlags.Gap;
        var until = Lost.EndOf(from.Time);
        if (whole) Lost.Remove(from.Time, until);
        var told = new Amendment
        {
            Seq = seq, Point = _point.Id, From = from.Time, To = long.MaxValue, Shift = steps * CounterLine.One, ShiftFrom = to.Time + 1, Epoch = Epoch,
            Clear = whole ? WindowFlags.Missing : WindowFlags.None, Ratio = ratio?.Told(_point.Id, new Stretch(from, off, flags).At(off.Time, _cutting)),
        };
        told.Stretches.Add(new Stretch(from, off, flags));
        told.Stretches.Add(new Stretch(off, to, flags));
        Rewrite(told, until);
        return told;
    }

    /// <summary>What may have passed unseen from a time up to the first accepted sample; 0 where that is not behind it.</summary>
    public long UnseenBound(long time) => time < _first.Time ? _cutting.UnseenBound(_first, time) : 0;

    /// <summary>Holds what it holds by an amendment: edges inside its stretches anew, those behind lifted.</summary>
    private void Rewrite(Amendment told, long until)
    {
        // A long gap that the amendment reaches into is told edge by edge, or by its parts where it lies behind.
        var held = _edges.All().ToList();
        for (var i = _spans.Count - 1; i >= 0; i--)
        {
            var span = _spans[i];
            if (span.Last * _base <= told.From) continue;
            if (span.From.Time >= told.ShiftFrom - 1) _spans[i] = span with { From = Lifted(span.From, told), To = Lifted(span.To, told) };
            else
            {
                for (var b = span.First; b <= span.Last; b++) held.Add((b, span.At(b, _cutting, _base)));
                _spans.RemoveAt(i);
            }
        }
        held.Sort(static (a, b) => a.Boundary.CompareTo(b.Boundary));
        if (held.Count > 0) _edges.DropFrom(held[0].Boundary);
        foreach (var (boundary, edge) in held)
        {
            var time = boundary * _base;
            var told0 = told.EdgeAt(time, _cutting) is { } moved ? moved with { Hole = edge.Hole, Flags = (edge.Flags & ~Cleared(told.Clear, time - _base, time)) | moved.Flags } : edge with { Bound = told.Widened(edge.Bound, time) };
            if (time >= told.ShiftFrom) told0 = Lifted(told0, told);
            if (told.Stretches.Count > 0 && time - _base < told.Stretches[^1].To.Time) told0 = told0 with { Flags = told0.Flags | (told.FlagsOf(time - _base, time, _base) & WindowFlags.Rollover) };
            // The slices up to the new line's first step were flagged too, and their edges had no bound.
            if (time > told.From && time - _base < until) told0 = told0 with { Flags = told0.Flags & ~Cleared(told.Clear, time - _base, time), Bound = told0.Bound == long.MaxValue && (told.Clear & WindowFlags.Missing) != 0 ? _cutting.ExactBound(_point.EffectiveMaxGapMicros, _last, time - _base, time) : told0.Bound };
            _edges.Append(boundary, told0);
        }
        if (Settled * _base < until) _flags &= ~Cleared(told.Clear, Settled * _base, (Settled + 1) * _base);
        _last = Lifted(_last, told);
        _ring.Change(anchor => Lifted(anchor, told));
        if (told.Shift != 0 || told.DoubtShift != 0) _gaps?.Change(anchor => Lifted(anchor, told));
        for (var i = 0; i < (_cuts?.Count ?? 0); i++)
        {
            var time = _cuts!.TimeOf(i);
            if (!_cuts.IsKnown(i)) continue;
            if (told.EdgeAt(time, _cutting) is { } moved) _cuts.Settle(i, moved with { Flags = WindowFlags.None });
            else if (time >= told.ShiftFrom) _cuts.Settle(i, Lifted(_cuts[i], told) with { Bound = told.Widened(_cuts[i].Bound, time) });
        }
        if (_first.Time >= told.ShiftFrom - 1) _first = Lifted(_first, told);
    }

    private static Anchor Lifted(in Anchor anchor, Amendment told) => anchor.Time >= told.ShiftFrom - 1 ? anchor with { Total = anchor.Total + told.Shift, Doubt = anchor.Doubt + told.DoubtShift } : anchor;

    private static Edge Lifted(in Edge edge, Amendment told) => edge with { Total = edge.Total + told.Shift, Doubt = edge.Doubt.Lifted(told.DoubtShift) };
}
