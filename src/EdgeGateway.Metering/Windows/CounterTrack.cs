using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>Cuts a counter's accepted line at the boundaries of base windows: T(b), its basis and its bound, settled as soon as a sample at or past b is accepted.</summary>
internal sealed class CounterTrack
{
    private const double Safety = 2;
    private readonly PointPlan _point;
    private readonly CounterPlan _plan;
    private readonly long _base;
    private long _time, _total, _value, _depth, _firstTime, _firstTotal;
    private int _spread, _firstSpread;
    private WindowFlags _flags;
    private Hole _hole;

    public CounterTrack(PointPlan point, long baseMicros)
    {
        (_point, _plan, _base) = (point, point.Counter!, baseMicros);
        Line = new CounterLine(_plan, point.Unit);
    }

    public PointPlan Point => _point;

    public CounterLine Line { get; }

    /// <summary>Settled edges; the newest is <see cref="Settled"/>.</summary>
    public BoundaryRing<Edge> Edges { get; } = new();

    /// <summary>Number of the newest settled boundary; meaningless before <see cref="Begun"/>.</summary>
    public long Settled { get; private set; }

    /// <summary>False until the first accepted sample.</summary>
    public bool Begun { get; private set; }

    /// <summary>Time of the first accepted sample.</summary>
    public long FirstTime => _firstTime;

    /// <summary>Number of the oldest boundary that is known of: the start of the first window, or what was not dropped.</summary>
    public long Oldest => Math.Max(Boundary(_firstTime), Edges.First);

    /// <summary>Total at the newest accepted sample: what provisional edges hold.</summary>
    public long Total => _total;

    /// <summary>Time of the newest accepted sample, shifted by the lag.</summary>
    public long Time => _time;

    /// <summary>Takes the line's newest total; true where the line was interrupted for longer than the greatest allowed gap.</summary>
    public bool Accept(long time, int spread, long total, long value, long depth, WindowFlags flags)
    {
        time -= _plan.LagMicros;
        if (!Begun)
        {
            (Begun, _time, _spread, _total, _value, _firstTime, _firstSpread, _firstTotal) = (true, time, spread, total, value, time, spread, total);
            var floor = Boundary(time);
            Settled = floor;
            // Before the first sample nothing is known: the first window is a lower bound, unless the sample stands on its very start.
            Edges.Append(floor, time == floor * _base ? new Edge(total, StampBound(spread), Basis.Exact, WindowFlags.None, default) : Before(floor));
            _hole = new Hole(0, (int)(time - floor * _base));
            return false;
        }
        // Only where another plan brought a longer lag.
        time = Math.Max(time, _time);
        var gap = time - _time > _point.EffectiveMaxGapMicros;
        if (gap) flags |= WindowFlags.Gap;
        for (var b = Settled + 1; b * _base <= time; b++)
        {
            if (gap) Extend((b - 1) * _base, Math.Max(_time, (b - 1) * _base), b * _base);
            _flags |= flags;
            Edges.Append(b, new Edge(At(b * _base, time, total), BoundAt(b * _base, time, spread, total, value, depth, flags), gap && b * _base < time ? Basis.Estimated : Basis.Exact, _flags, _hole));
            (_flags, _hole, Settled) = (WindowFlags.None, default, b);
        }
        var open = Settled * _base;
        if (time > open)
        {
            if (gap) Extend(open, Math.Max(_time, open), time);
            _flags |= flags;
        }
        (_time, _spread, _total, _value, _depth) = (time, spread, total, value, depth);
        return gap;
    }

    /// <summary>The edge at a boundary: settled, before the first sample, or provisional with the newest total held.</summary>
    public Edge EdgeAt(long boundary)
    {
        if (!Begun) return new Edge(0, long.MaxValue, Basis.None, WindowFlags.None, Whole);
        if (Edges.Holds(boundary)) return Edges[boundary];
        if (boundary <= Boundary(_firstTime)) return Before(boundary);
        if (boundary <= Settled) return Dropped();
        var open = boundary - 1 == Settled;
        var start = (boundary - 1) * _base;
        var hole = new Hole((int)Math.Clamp(_time - start, 0, _base), (int)_base);
        return new Edge(_total, ToBound(_depth + Rate * (boundary * _base - _time) + Rate * (_plan.UpdateMicros + _spread)), Basis.Provisional, open ? _flags : WindowFlags.None, open ? hole.With(_hole) : hole);
    }

    /// <summary>Step of the register at the present height, in declared steps.</summary>
    public double Step => Line.Physics.Step(_value);

    /// <summary>Appends the state: the line, its suspects, the open slice, the edges held.</summary>
    public void Save(ByteWriter w)
    {
        w.Signed(_time);
        w.Signed(_spread);
        w.Signed(_total);
        w.Signed(_value);
        w.Signed(_depth);
        w.Signed(_firstTime);
        w.Signed(_firstSpread);
        w.Signed(_firstTotal);
        w.Unsigned((uint)_flags);
        w.Signed(_hole.Start);
        w.Signed(_hole.End);
        w.Signed(Settled);
        w.Signed(Edges.First);
        w.Unsigned((ulong)Edges.Count);
        for (var b = Edges.First; b < Edges.First + Edges.Count; b++)
        {
            ref readonly var edge = ref Edges[b];
            w.Signed(edge.Total);
            w.Signed(edge.Bound);
            w.Byte((byte)edge.Basis);
            w.Unsigned((uint)edge.Flags);
            w.Signed(edge.Hole.Start);
            w.Signed(edge.Hole.End);
        }
    }

    /// <summary>Reads a state back, behind its line. Under another base window the edges are cut anew; where the register has become another one, its past is told in the new steps.</summary>
    public void Load(ref ByteReader r, long savedBase)
    {
        (_time, _spread, _total, _value, _depth, _firstTime, _firstSpread, _firstTotal) = (r.Signed(), r.Int32(), r.Signed(), r.Signed(), r.Signed(), r.Signed(), r.Int32(), r.Signed());
        (_flags, _hole, Settled) = ((WindowFlags)(uint)r.Unsigned(), new Hole(r.Int32(), r.Int32()), r.Signed());
        var first = r.Signed();
        var edges = new TimedEdge[r.Count(6) + 1];
        for (var i = 0; i < edges.Length - 1; i++)
        {
            edges[i] = new TimedEdge((first + i) * savedBase, new Edge(r.Signed(), r.Signed(), (Basis)r.Byte(), (WindowFlags)(uint)r.Unsigned(), new Hole(r.Int32(), r.Int32())));
        }
        Begun = !r.Failed;
        if (!Begun) return;
        if (edges.Length < 2 || first + edges.Length - 2 != Settled || _time < Settled * savedBase) throw new InvalidOperationException("Edges and newest sample do not fit.");
        edges[^1] = new TimedEdge(_time, new Edge(_total, long.MaxValue, Basis.Estimated, _flags, _hole));
        if (Line.Rescale is { } factor)
        {
            foreach (ref var edge in edges.AsSpan()) edge = edge with { Edge = edge.Edge with { Total = EdgeResampling.Rescale(edge.Edge.Total, _total, factor), Bound = EdgeResampling.RescaleBound(edge.Edge.Bound, factor) } };
            _firstTotal = EdgeResampling.Rescale(_firstTotal, _total, factor);
        }
        if (savedBase == _base)
        {
            for (var i = 0; i < edges.Length - 1; i++) Edges.Append(first + i, edges[i].Edge);
        }
        else Recut(edges);
    }

    /// <summary>Cuts saved edges at this base window's boundaries.</summary>
    private void Recut(TimedEdge[] saved)
    {
        var newest = Boundary(_time);
        for (var b = -Boundary(-saved[0].Time); b <= newest; b++) Edges.Append(b, EdgeResampling.At(saved, b * _base, _base));
        if (Edges.Count == 0) Edges.Append(newest, newest <= Boundary(_firstTime) ? Before(newest) : new Edge(saved[0].Edge.Total, long.MaxValue, Basis.LowerBound, WindowFlags.None, Whole));
        Settled = newest;
        (_flags, _hole) = EdgeResampling.Slice(saved, newest * _base, (newest + 1) * _base, (int)_base);
    }

    private double Rate => Line.Physics.StepsPerMicro;

    private long Boundary(long time) => Records.Time.UtcMicros.Floor(time, _base) / _base;

    /// <summary>An edge before the first accepted sample: its total is the first one's, and up to the rating may have passed unseen.</summary>
    private Edge Before(long boundary) =>
        new(_firstTotal, ToBound(Rate * (_firstTime - boundary * _base + _plan.UpdateMicros + _firstSpread)), Basis.LowerBound, WindowFlags.None, Whole);

    /// <summary>An edge that no window was thought to need: a unit that came later counts from the oldest edge held.</summary>
    private Edge Dropped() => new(Edges[Edges.First].Total, long.MaxValue, Basis.LowerBound, WindowFlags.None, Whole);

    private Hole Whole => new(0, (int)_base);

    private void Extend(long sliceStart, long from, long to) => _hole = _hole.With(new Hole((int)(from - sliceStart), (int)(to - sliceStart)));

    /// <summary>T(b) between the newest accepted total and the next one.</summary>
    private long At(long boundary, long time, long total)
    {
        if (boundary == time) return total;
        if (_plan.Pieces) return _total;
        var product = (Int128)(total - _total) * (boundary - _time);
        var (quotient, rest) = Int128.DivRem(product, time - _time);
        return _total + (long)(rest < 0 ? quotient - 1 : quotient);
    }

    /// <summary>
    /// Greatest error of T(b), beside the register's own step: ¼ (Pmax − Pmin) Δt, with unknown powers as 0 … 1.2 × rated, or what the stretch can hold if that is less,
    /// Pmax (u + s) for when the value was true, and how far the register stood below a line that was held.
    /// </summary>
    private long BoundAt(long boundary, long time, int spread, long total, long value, long depth, WindowFlags flags)
    {
        if ((flags & (WindowFlags.Missing | WindowFlags.Ambiguous | WindowFlags.ZeroedByShift)) != 0 && boundary < time) return long.MaxValue;
        if (boundary == time) return ToBound(depth + Rate * (_plan.UpdateMicros + spread));
        var delta = (double)time - _time;
        var moved = Math.Abs((total - _total) / (double)CounterLine.One);
        double split;
        if (_plan.Pieces) split = Math.Min(moved, Rate * delta);
        else
        {
            split = 0.25 * Rate * delta * (_plan.NetCount ? 2 : 1);
            var share = (boundary - _time) / delta;
            if (!_plan.NetCount) split = Math.Min(split, Math.Max(share, 1 - share) * (moved + Line.Physics.Step(value)));
        }
        return ToBound(Math.Max(_depth, depth) + split + Rate * (_plan.UpdateMicros + Math.Max(_spread, spread)));
    }

    private long StampBound(int spread) => ToBound(Rate * (_plan.UpdateMicros + spread));

    /// <summary>Steps to 1/65 536, rounded up, with two parts for the rounding of T itself.</summary>
    private static long ToBound(double steps)
    {
        var parts = Math.Ceiling(steps * CounterLine.One) + Safety;
        return parts >= long.MaxValue / 4 ? long.MaxValue : (long)parts;
    }
}
