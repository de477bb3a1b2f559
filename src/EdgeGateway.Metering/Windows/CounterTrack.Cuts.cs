using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Edges inside base windows: where a batch begins or ends, or a meter is replaced.</summary>
internal sealed partial class CounterTrack
{
    private AnchorRing _ring;
    private CutList<Edge>? _cuts;

    /// <summary>Wants T at a time that is no boundary.</summary>
    public void Cut(long time)
    {
        var (index, isNew) = (_cuts ??= new CutList<Edge>()).Add(time);
        if (!isNew || !Begun || time > _last.Time) return;
        var after = _ring.After(time);
        if (after > 0) _cuts.Settle(index, CutBetween(_ring[after - 1].Anchor, _ring[after].Anchor, _ring[after].Flags, time));
        else _cuts.Settle(index, time <= _first.Time ? Unseen(time) : Interpolated(time));
    }

    /// <summary>T at a time is not wanted any more.</summary>
    public void Uncut(long time) => _cuts?.Remove(time);

    /// <summary>The edge at any time: of a boundary, of a cut, or what can be said between them.</summary>
    public Edge EdgeAtTime(long time)
    {
        if (time % _base == 0) return EdgeAt(time / _base);
        if (_cuts is not null && _cuts.TryGet(time, out var cut)) return cut;
        if (!Begun) return new Edge(Line.Total, long.MaxValue, Basis.None, WindowFlags.None, default) { Doubt = Doubt.At(Line.Doubt) };
        if (time <= _first.Time) return Unseen(time);
        if (time > _last.Time) return new Edge(_last.Total, _cutting.HeldBound(_last, time), Basis.Provisional, WindowFlags.None, default) { Doubt = Doubt.At(_last.Doubt) };
        return Interpolated(time);
    }

    /// <summary>The edge at a boundary, at a cut that is held, or in a long gap; null at a cut that nobody needs any more: it stays as it was stated.</summary>
    public Edge? HeldAt(long time)
    {
        if (time % _base == 0) return EdgeAt(time / _base);
        if (_cuts is not null && _cuts.TryGet(time, out var cut)) return cut;
        // Stored records are told of the whole gap: what is open says the same.
        foreach (var span in _spans)
        {
            if (time > span.From.Time && time <= span.To.Time) return CutBetween(span.From, span.To, span.Flags, time);
        }
        return null;
    }

    /// <summary>Cuts that are known, in (from, to].</summary>
    private IEnumerable<(long Time, Edge Edge)> CutsWithin(long from, long to)
    {
        for (var i = _cuts?.After(from) ?? 0; _cuts is not null && i < _cuts.Count && _cuts.TimeOf(i) <= to; i++)
        {
            if (_cuts.IsKnown(i)) yield return (_cuts.TimeOf(i), _cuts[i]);
        }
    }

    private void SettleCuts(in Anchor next, WindowFlags flags)
    {
        for (var i = _cuts!.After(_last.Time); i < _cuts.Count && _cuts.TimeOf(i) <= next.Time; i++) _cuts.Settle(i, CutBetween(_last, next, flags, _cuts.TimeOf(i)));
    }

    private Edge CutBetween(in Anchor from, in Anchor to, WindowFlags flags, long time) =>
        new(_cutting.Total(from, to, time), _cutting.Bound(from, to, time, flags), (flags & WindowFlags.Gap) != 0 && time < to.Time ? Basis.Estimated : Basis.Exact, WindowFlags.None, default) { Doubt = Cutting.DoubtAt(from, to, time) };

    private Edge Unseen(long time) => new(_first.Total, _cutting.UnseenBound(_first, time), Basis.LowerBound, WindowFlags.None, default);

    /// <summary>The samples around it are not kept any more: on the straight line between the boundaries around it, and off by no more than what passed between these.</summary>
    private Edge Interpolated(long time)
    {
        var boundary = Boundary(time);
        var (before, after) = (EdgeAt(boundary), EdgeAt(boundary + 1));
        var moved = (long)((Int128)(after.Total - before.Total) * (time - boundary * _base) / _base);
        var rest = after.Total - before.Total - moved;
        var bound = _plan.NetCount || before.Bound == long.MaxValue || after.Bound == long.MaxValue ? long.MaxValue : Math.Max(moved + before.Bound, rest + after.Bound);
        return new Edge(before.Total + moved, bound, before.Basis.Worst(after.Basis).Worst(Basis.Estimated), WindowFlags.None, default) { Doubt = new Doubt(before.Doubt.Before, after.Doubt.Behind) };
    }

    private void SaveCuts(ByteWriter w)
    {
        _ring.Save(w);
        (_cuts ?? new CutList<Edge>()).Save(w, static (ByteWriter w, in Edge edge) => edge.Save(w));
    }

    private void LoadCuts(ref ByteReader r, byte version)
    {
        _ring.Load(ref r, version);
        var cuts = new CutList<Edge>();
        cuts.Load(ref r, (ref ByteReader b) => Edge.Load(ref b, version));
        if (cuts.Count > 0) _cuts = cuts;
    }
}
