using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Samples that come behind newer ones.</summary>
internal sealed partial class CounterTrack
{
    private const WindowFlags Unsure = WindowFlags.Missing | WindowFlags.Ambiguous | WindowFlags.ZeroedByShift | WindowFlags.Rollover;

    /// <summary>Takes a late reading in between the two accepted ones around it, if it lies on their line: T there is known better than by a straight line, and all beyond stays as it was.</summary>
    /// <returns>False where it is too late or not on the line: it changes nothing.</returns>
    public bool TryTakeLate(in Reading reading)
    {
        if (!Begun || Line.Suspects.Count > 0) return false;
        var time = reading.Time - _plan.LagMicros;
        var after = _ring.After(time);
        if (after < 1) return false;
        var (from, (to, flags)) = (_ring[after - 1].Anchor, _ring[after]);
        if (time <= from.Time || time >= to.Time || (flags & Unsure) != 0 || from.Depth > 0 || to.Depth > 0) return false;
        var physics = Line.PhysicsAt(time);
        if (!physics.IsForward(new Reading(from.Time, from.Value, from.Spread), reading with { Time = time }) || !physics.IsForward(reading with { Time = time }, new Reading(to.Time, to.Value, to.Spread))) return false;
        var (first, last) = (Boundary(from.Time) + 1, Math.Min(Boundary(to.Time - 1), Settled));
        // Everything behind the reading before it must still be held: else a part of what it changes would stay as it was.
        for (var b = first - 1; b <= last; b++)
        {
            if (!_edges.TryGet(b, out _)) return false;
        }
        var between = new Anchor(time, reading.Spread, from.Total + (reading.Value - from.Value) * CounterLine.One, reading.Value, 0, from.Doubt);
        for (var b = first; b <= last; b++)
        {
            _edges.TryGet(b, out var edge);
            var better = b * _base <= time ? Between(from, between, b * _base) : Between(between, to, b * _base);
            // What was not observed of the slice stays so: the sample tells of its own instant only.
            _edges.Replace(b, edge with { Total = better.Total, Bound = better.Bound, Basis = better.Basis });
        }
        var moved = first <= last;
        for (var i = _cuts?.After(from.Time) ?? 0; i < (_cuts?.Count ?? 0) && _cuts!.TimeOf(i) < to.Time; i++, moved = true) _cuts.Settle(i, _cuts.TimeOf(i) <= time ? Between(from, between, _cuts.TimeOf(i)) : Between(between, to, _cuts.TimeOf(i)));
        _ring.Insert(after, between, GapOf(from, between));
        _ring.Reflag(to.Time, (flags & ~WindowFlags.Gap) | GapOf(between, to));
        if (moved) (_withdrawnTo, Withdrawn) = (first - 1, WindowFlags.None);
        return true;
    }

    private WindowFlags GapOf(in Anchor from, in Anchor to) => to.Time - from.Time > _point.EffectiveMaxGapMicros ? WindowFlags.Gap : WindowFlags.None;

    private Edge Between(in Anchor from, in Anchor to, long time) => CutBetween(from, to, GapOf(from, to), time);
}
