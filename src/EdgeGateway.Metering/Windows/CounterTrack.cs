using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Cuts a counter's accepted line at the boundaries of base windows: T(b), its basis and its bound, settled as soon as a sample at or past b is accepted.</summary>
internal sealed partial class CounterTrack
{
    /// <summary>Boundaries without a sample from which on a stretch is kept as its two ends instead of edge by edge.</summary>
    private const int LongStretch = 16;

    private readonly PointPlan _point;
    private readonly CounterPlan _plan;
    private readonly long _base;
    private readonly Cutting _cutting;
    private readonly BoundaryLine<Edge> _edges = new();
    private readonly List<GapSpan> _spans = [];
    private Anchor _last, _first;
    private WindowFlags _flags;
    private Hole _hole;
    private long? _withdrawnTo;
    private bool _replaced;

    /// <summary>Where energy of it is missing.</summary>
    public LostStretches Lost { get; } = new();

    /// <summary>Register epoch: the map's, and one for each replacement that an operator told of.</summary>
    public int Epoch => _plan.RegisterEpoch + Line.Replaced;

    /// <summary>Register epoch of a stretch that ends at a time: before the newest replacement that an operator told of it was one less.</summary>
    public int EpochAt(long end) => Line.Replaced > 0 && Line.Left is { IsKnown: true, Until: 0 } left && end <= left.At - _plan.LagMicros ? Epoch - 1 : Epoch;

    public CounterTrack(PointPlan point, long baseMicros)
    {
        (_point, _plan, _base) = (point, point.Counter!, baseMicros);
        Line = new CounterLine(_plan, point.Unit);
        _cutting = new Cutting(_plan, Line);
    }

    public PointPlan Point => _point;

    /// <summary>Length of a base window, microseconds.</summary>
    public long BaseMicros => _base;

    public CounterLine Line { get; }

    /// <summary>How its line is cut.</summary>
    public Cutting Cutting => _cutting;

    /// <summary>Number of the newest settled boundary; meaningless before <see cref="Begun"/>.</summary>
    public long Settled { get; private set; }

    /// <summary>False until the first accepted sample.</summary>
    public bool Begun { get; private set; }

    /// <summary>Number of the oldest boundary that is known of: the start of the first window, or what was not dropped.</summary>
    public long Oldest => Math.Max(Boundary(_first.Time), OldestHeld);

    /// <summary>Flags that were taken back with what was withdrawn last.</summary>
    public WindowFlags Withdrawn { get; private set; }

    /// <summary>Total at the newest accepted sample: what provisional edges hold.</summary>
    public long Total => _last.Total;

    /// <summary>Time of the newest accepted sample, shifted by the lag.</summary>
    public long Time => _last.Time;

    /// <summary>The newest accepted total.</summary>
    public Anchor Newest => _last;

    /// <summary>Takes the line's newest total; true where the line was interrupted for longer than the greatest allowed gap.</summary>
    public bool Accept(long time, int spread, long total, long value, long depth, long doubt, WindowFlags flags)
    {
        var next = new Anchor(time - _plan.LagMicros, spread, total, value, depth, doubt);
        if (!Begun)
        {
            (Begun, _last, _first) = (true, next, next);
            var floor = Boundary(next.Time);
            Settled = floor;
            // Before the first sample nothing is known: the first window is a lower bound, unless the sample stands on its very start.
            _edges.Append(floor, next.Time == floor * _base ? new Edge(total, _cutting.StampBound(spread), Basis.Exact, WindowFlags.None, default) : StatedAt(floor) ?? Before(floor));
            _hole = new Hole(0, (int)(next.Time - floor * _base));
            _ring.Add(next, WindowFlags.None);
            for (var i = (_cuts?.After(next.Time) ?? 0) - 1; i >= 0; i--) _cuts!.Settle(i, Unseen(_cuts.TimeOf(i)));
            return false;
        }
        // Only where another plan brought a longer lag.
        next = next with { Time = Math.Max(next.Time, _last.Time) };
        var gap = next.Time - _last.Time > _point.EffectiveMaxGapMicros;
        if (gap)
        {
            Remember(next, flags);
            flags |= WindowFlags.Gap;
        }
        if ((flags & WindowFlags.Missing) != 0) Lost.Add(_last.Time, next.Time);
        if ((flags & WindowFlags.Ambiguous) != 0) (_uncertain ??= new LostStretches()).Add(_last.Time, next.Time);
        if (_cuts is not null) SettleCuts(next, flags);
        _ring.Add(next, flags);
        var newest = Boundary(next.Time);
        // Records of what was taken back may be cut where nothing is held any more: such a stretch is told by its ends too.
        if (newest > Settled && (_withdrawnTo is not null || (gap && newest - Settled > LongStretch))) Span(newest, next, flags);
        for (var b = Settled + 1; b <= newest; b++)
        {
            if (gap) Extend((b - 1) * _base, Math.Max(_last.Time, (b - 1) * _base), b * _base);
            _flags |= flags;
            var at = b * _base;
            _edges.Append(b, new Edge(_cutting.Total(_last, next, at), _cutting.Bound(_last, next, at, flags), gap && at < next.Time ? Basis.Estimated : Basis.Exact, _flags, _hole) { Doubt = Cutting.DoubtAt(_last, next, at) });
            (_flags, _hole, Settled) = (WindowFlags.None, default, b);
        }
        var open = Settled * _base;
        if (next.Time > open)
        {
            if (gap) Extend(open, Math.Max(_last.Time, open), next.Time);
            _flags |= flags;
        }
        _last = next;
        return gap;
    }

    /// <summary>Takes back what was accepted after <paramref name="line"/>: the line went on from there, unseen, until the next total.</summary>
    public void Withdraw(in Reading line, long total, long doubt)
    {
        var last = new Anchor(line.Time - _plan.LagMicros, line.Spread, total, line.Value, 0, doubt);
        var kept = Math.Min(Settled, Boundary(last.Time));
        // What else happened in the slice in which the line was left stays; what was said of the false line goes.
        var open = kept + 1 <= Settled ? EdgeAt(kept + 1).Flags : _flags;
        _flags = open & WindowFlags.Rollover;
        _hole = default;
        _edges.DropFrom(kept + 1);
        for (var i = _spans.Count - 1; i >= 0 && _spans[i].Last > kept; i--)
        {
            if (_spans[i].First > kept) _spans.RemoveAt(i);
            else _spans[i] = _spans[i] with { Last = kept };
        }
        Lost.Remove(last.Time, _last.Time);
        _uncertain?.Remove(last.Time, _last.Time);
        _gaps?.DropAfter(last.Time);
        for (var i = _cuts?.After(last.Time) ?? 0; i < (_cuts?.Count ?? 0); i++) _cuts!.Unsettle(i);
        _ring.Clear();
        _ring.Add(last, WindowFlags.None);
        (Settled, _last, _withdrawnTo, Withdrawn) = (kept, last, kept, WindowFlags.Missing);
    }

    /// <summary>The newest boundary that stayed as it was when something was withdrawn, told once; else null.</summary>
    public long? TakeWithdrawal()
    {
        var kept = _withdrawnTo;
        _withdrawnTo = null;
        return kept;
    }

    /// <summary>A new meter that was awaited is read first.</summary>
    public void Replaced() => _replaced = true;

    /// <summary>Where another meter goes on, told once; else null.</summary>
    public long? TakeReplacement()
    {
        if (!_replaced) return null;
        _replaced = false;
        return Line.Left.At - _plan.LagMicros;
    }

    /// <summary>The edge at a boundary: settled, before the first sample, or provisional with the newest total held.</summary>
    public Edge EdgeAt(long boundary)
    {
        if (!Begun) return StatedAt(boundary) ?? new Edge(Line.Total, long.MaxValue, Basis.None, WindowFlags.None, Whole);
        if (_edges.TryGet(boundary, out var edge)) return edge;
        foreach (var span in _spans)
        {
            if (span.Holds(boundary)) return span.At(boundary, _cutting, _base);
        }
        if (boundary <= Boundary(_first.Time)) return StatedAt(boundary) ?? Before(boundary);
        if (boundary <= Settled) return Dropped(boundary);
        var open = boundary - 1 == Settled;
        var start = (boundary - 1) * _base;
        var hole = new Hole((int)Math.Clamp(_last.Time - start, 0, _base), (int)_base);
        return new Edge(_last.Total, _cutting.HeldBound(_last, boundary * _base), Basis.Provisional, open ? _flags : WindowFlags.None, open ? hole.With(_hole) : hole) { Doubt = Doubt.At(_last.Doubt) };
    }

    /// <summary>Forgets edges before a boundary.</summary>
    public void DropBefore(long boundary)
    {
        _edges.DropBefore(boundary);
        while (_spans.Count > 0 && _spans[0].Last < boundary) _spans.RemoveAt(0);
        _cuts?.DropBefore(boundary * _base);
    }

    /// <summary>What it knows of its line between two boundaries, the first excluded; from <paramref name="held"/> on its total was held.</summary>
    public Amendment Tell(long seq, long from, long to, long held, WindowFlags clear)
    {
        var told = new Amendment { Seq = seq, Point = _point.Id, From = from * _base, To = to * _base, HeldFrom = held * _base, Clear = clear, Doubt = EdgeAt(from).Doubt.Before };
        for (var b = from + 1; b <= to; b++)
        {
            var span = _spans.FindIndex(s => s.Holds(b));
            if (span < 0)
            {
                told.Edges.Add((b * _base, EdgeAt(b)));
                continue;
            }
            told.Stretches.Add(new Stretch(_spans[span].From, _spans[span].To, _spans[span].Flags | _spans[span].OpenFlags));
            b = _spans[span].Last;
        }
        told.AddCuts(CutsWithin(from * _base, to * _base));
        return told;
    }

    /// <summary>The last boundary of the long gap over more than a day that holds <paramref name="boundary"/>, or <paramref name="boundary"/> itself.</summary>
    public long GapEnd(long boundary, long longer)
    {
        foreach (var span in _spans)
        {
            if (span.IsGap && span.Holds(boundary) && span.To.Time - span.From.Time > longer) return span.Last;
        }
        return boundary;
    }

    /// <summary>Step of the register at the present height, in declared steps.</summary>
    public double Step => Line.Physics.Step(_last.Value);

    /// <summary>Appends the state: the line, its suspects, the open slice, the edges held.</summary>
    public void Save(ByteWriter w)
    {
        _last.Save(w);
        w.Signed(_first.Time);
        w.Signed(_first.Spread);
        w.Signed(_first.Total);
        w.Unsigned((uint)_flags);
        w.Signed(_hole.Start);
        w.Signed(_hole.End);
        w.Signed(Settled);
        _edges.Save(w, static (ByteWriter w, in Edge edge) => edge.Save(w));
        w.Unsigned((ulong)_spans.Count);
        foreach (var span in _spans) span.Save(w);
        Lost.Save(w);
        SaveCuts(w);
        (_gaps ?? new PastGaps()).Save(w);
        w.Byte(_uncertain is null ? (byte)0 : (byte)1);
        _uncertain?.Save(w);
    }

    /// <summary>Reads a state back, behind its line. Under another base window the edges are cut anew; where the register has become another one, its past is told in the new steps.</summary>
    public void Load(ref ByteReader r, long savedBase, byte version)
    {
        _last = Anchor.Load(ref r, version);
        _first = new Anchor(r.Signed(), r.Int32(), r.Signed(), 0, 0, 0);
        (_flags, _hole, Settled) = ((WindowFlags)(uint)r.Unsigned(), new Hole(r.Int32(), r.Int32()), r.Signed());
        var held = BoundaryLine<Edge>.Load(ref r, runs: version > 1, 6, (ref ByteReader b) => Edge.Load(ref b, version));
        if (version > 1)
        {
            for (var left = r.Count(16); left > 0 && !r.Failed; left--) _spans.Add(GapSpan.Load(ref r, version));
            Lost.Load(ref r);
        }
        if (version > 3) LoadCuts(ref r, version);
        LoadGaps(ref r, version);
        LoadUncertain(ref r, version);
        Begun = !r.Failed;
        if (!Begun) return;
        if (version < 6) Doubted(held);
        var newest = Math.Max(held.Count > 0 ? held[^1].Boundary : long.MinValue, _spans.Count > 0 ? _spans[^1].Last : long.MinValue);
        if ((newest != Settled && newest != long.MinValue) || _last.Time < Settled * savedBase) throw new InvalidOperationException("Edges and newest sample do not fit.");
        if (savedBase == _base && Line.Rescale is null)
        {
            foreach (var (boundary, edge) in held) _edges.Append(boundary, edge);
            return;
        }
        if (held.Count == 0 && _spans.Count == 0)
        {
            Refit([new TimedEdge(_last.Time, Held)], savedBase);
            return;
        }
        // Rare: a long gap that just ended, and another base window or step at the same time. It is told edge by edge.
        var timed = new List<TimedEdge>(held.Select(h => new TimedEdge(h.Boundary * savedBase, h.Item)));
        foreach (var span in _spans)
        {
            for (var b = span.First; b <= span.Last; b++) timed.Add(new TimedEdge(b * savedBase, span.At(b, _cutting, savedBase)));
        }
        timed.Sort(static (a, b) => a.Time.CompareTo(b.Time));
        timed.Add(new TimedEdge(_last.Time, Held));
        _spans.Clear();
        Refit([.. timed], savedBase);
    }

    /// <summary>Takes over edges that were saved under another base window or in other steps.</summary>
    private void Refit(TimedEdge[] edges, long savedBase)
    {
        if (Line.Rescale is { } factor)
        {
            // Cut in other steps.
            _cuts = null;
            _ring.Clear();
            foreach (ref var edge in edges.AsSpan()) edge = edge with { Edge = edge.Edge with { Total = EdgeResampling.Rescale(edge.Edge.Total, _last.Total, factor), Bound = EdgeResampling.RescaleBound(edge.Edge.Bound, factor), Doubt = edge.Edge.Doubt.Rescaled(factor) } };
            _last = _last with { Doubt = Doubt.Rescale(_last.Doubt, factor) };
            _first = _first with { Total = EdgeResampling.Rescale(_first.Total, _last.Total, factor) };
        }
        if (savedBase == _base)
        {
            for (var i = 0; i < edges.Length - 1; i++) _edges.Append(edges[i].Time / _base, edges[i].Edge);
            return;
        }
        var newest = Boundary(_last.Time);
        for (var b = -Boundary(-edges[0].Time); b <= newest; b++) _edges.Append(b, EdgeResampling.At(edges, b * _base, _base));
        if (_edges.Count == 0) _edges.Append(newest, newest <= Boundary(_first.Time) ? Before(newest) : new Edge(edges[0].Edge.Total, long.MaxValue, Basis.LowerBound, WindowFlags.None, Whole) { Doubt = edges[0].Edge.Doubt });
        Settled = newest;
        (_flags, _hole) = EdgeResampling.Slice(edges, newest * _base, (newest + 1) * _base, (int)_base);
    }

    private void Span(long newest, in Anchor next, WindowFlags flags)
    {
        var first = Settled + 1;
        if ((flags & WindowFlags.Gap) != 0) Extend(Settled * _base, Math.Max(_last.Time, Settled * _base), first * _base);
        _spans.Add(new GapSpan(first, newest, _last, next, flags, _flags, _hole));
        (_flags, _hole, Settled) = (WindowFlags.None, default, newest);
    }

    private long OldestHeld => _spans.Count > 0 && (_edges.Count == 0 || _spans[0].First < _edges.First) ? _spans[0].First : _edges.Count > 0 ? _edges.First : Settled;

    private long Boundary(long time) => Records.Time.UtcMicros.Floor(time, _base) / _base;

    /// <summary>An edge before the first accepted sample: its total is the first one's, and up to the rating may have passed unseen.</summary>
    private Edge Before(long boundary) => new(_first.Total, _cutting.UnseenBound(_first, boundary * _base), Basis.LowerBound, WindowFlags.None, Whole);

    /// <summary>An edge that no window was thought to need: a unit that came later counts from the oldest edge held.</summary>
    private Edge Dropped(long boundary)
    {
        var oldest = OldestHeld;
        var known = oldest > boundary ? EdgeAt(oldest) : Held;
        return new Edge(known.Total, long.MaxValue, Basis.LowerBound, WindowFlags.None, Whole) { Doubt = Doubt.At(known.Doubt.Before) };
    }

    private Hole Whole => new(0, (int)_base);

    /// <summary>The newest total as an edge, with what is known of the slice that is open.</summary>
    private Edge Held => new(_last.Total, long.MaxValue, Basis.Estimated, _flags, _hole) { Doubt = Doubt.At(_last.Doubt) };

    private void Extend(long sliceStart, long from, long to) => _hole = _hole.With(new Hole((int)(from - sliceStart), (int)(to - sliceStart)));
}
