using EdgeGateway.Metering.Calendars;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>The longer windows and batches of one unit: each a sum of base windows, firm up to where edges may still move, and made of the tracks from there on.</summary>
/// <remarks>So a month costs as much memory as an hour, and a window is stated again from what is held, however often its newest base windows change.</remarks>
internal sealed partial class UnitWindows
{
    private readonly UnitLayout _layout;
    private readonly RecordBuilder _builder;
    private readonly CalendarWindows _calendar;
    private readonly WindowKind[] _kinds;
    private readonly long _base;
    private readonly List<LongWindow> _windows = [];
    private readonly Stack<LongWindow> _spare = new();
    private readonly UnitSlice _slice, _piece;
    private readonly UnitSlice[] _single;
    private readonly UnitSum _sum;
    private readonly WindowCuts _cuts;
    private long _sliceEnd = long.MinValue;

    public UnitWindows(MeteringPlan plan, UnitLayout layout, RecordBuilder builder, Tracks tracks, ProductTrack? product)
    {
        (_layout, _builder, _base, _kinds) = (layout, builder, tracks.BaseMicros, [.. plan.LongerWindows]);
        _calendar = new CalendarWindows(plan.Calendar, _base);
        (_slice, _piece, _sum, _cutWindow) = (new UnitSlice(layout), new UnitSlice(layout), new UnitSum(layout), new UnitSum(layout));
        _single = [_slice];
        _cuts = new WindowCuts(plan, layout, tracks, product);
    }

    /// <summary>Makes what lies before all samples of what was stated, where that is known; else null.</summary>
    public Rejoining.StatedPieces? Stated { get; set; }

    /// <summary>Boundary up to which everything is firm.</summary>
    public long FirmTo { get; private set; }

    /// <summary>Begins at a boundary, a whole minute.</summary>
    public void Begin(long boundary) => FirmTo = boundary;

    /// <summary>Forgets what was cut: the tracks have moved.</summary>
    public void Moved() => _sliceEnd = long.MinValue;

    /// <summary>The base window that ends at a boundary; lent until the next call.</summary>
    public UnitSlice Slice(long end)
    {
        if (_sliceEnd != end) _builder.Slice(_layout, end, _slice);
        _sliceEnd = end;
        return _slice;
    }

    /// <summary>Opens the windows that hold the base window at <paramref name="boundary"/>, or come next.</summary>
    /// <param name="boundary">Number of the boundary.</param>
    /// <param name="longerThan">Windows that are not longer are left out, microseconds.</param>
    public void Open(long boundary, long longerThan = 0)
    {
        foreach (var kind in _kinds)
        {
            if (kind.FixedMicros > 0 && kind.FixedMicros <= longerThan) continue;
            var end = long.MinValue;
            foreach (var window in _windows)
            {
                if (window.Kind == kind) end = Math.Max(end, window.End);
            }
            if (end > boundary || !_calendar.TryAt(kind, boundary * _base, out var found)) continue;
            var opened = _spare.TryPop(out var spare) ? spare : new LongWindow(_layout);
            opened.Set(kind, found, _base);
            // Of what lies before, nothing is known but its edges.
            if (opened.Start < FirmTo && Stated is { } stated) stated.Add(opened.Firm, opened.From, Math.Min(FirmTo, opened.End) * _base);
            else if (opened.Start < FirmTo)
            {
                _builder.Hollow(_layout, opened.From, Math.Min(FirmTo, opened.End) * _base, _piece);
                opened.Firm.Add(_piece);
            }
            _windows.Add(opened);
        }
    }

    /// <summary>States the base window that ends at a boundary, in pieces where it is cut, and every longer one that ends with it.</summary>
    public int State(long end, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        Open(end - 1);
        output.Record(_builder.Fill(_layout, _cuts.BaseKind, "", BaseWindow(end), revision, clockVerified));
        return 1 + StateLonger(end, revision, clockVerified, output);
    }

    /// <summary>Everything up to a boundary is firm now: it is added up, and windows that are over are forgotten.</summary>
    public void Fold(long boundary)
    {
        for (var b = FirmTo + 1; b <= boundary; b++)
        {
            foreach (var window in _windows)
            {
                if (window.Start < b && window.End >= b) Add(window.Firm, window, b);
            }
        }
        if (boundary <= FirmTo) return;
        FirmTo = boundary;
        _cuts.DropBefore(boundary * _base);
        Forget();
    }

    /// <summary>Steps over base windows of which nothing was observed, from where everything is firm to the next edge of a longer window or to <paramref name="until"/>; states the windows that end there.</summary>
    public int Leap(long until, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        // Minutes too are in the gap record, where the base window is shorter.
        Open(FirmTo, Records.Time.UtcMicros.PerMinute);
        foreach (var window in _windows) until = Math.Min(until, window.Start > FirmTo ? window.Start : window.End);
        until = Math.Min(until, _cuts.NextChange(FirmTo));
        _builder.Hollow(_layout, FirmTo * _base, until * _base, _piece);
        _piece.Product = _cuts.ProductAt(FirmTo * _base);
        foreach (var window in _windows)
        {
            if (window.Start > FirmTo) continue;
            window.Firm.Add(_piece);
            if (until < window.End && _cuts.ChangeAt(until) is { } cut) window.Firm.Split(cut);
        }
        FirmTo = until;
        var stated = StateLonger(until, revision, clockVerified, output);
        Forget();
        return stated;
    }

    /// <summary>States one record over a stretch of which nothing was observed but its edges.</summary>
    public void StateGap(long first, long last, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        _cutWindow.Clear();
        for (var from = first; from < last;)
        {
            var to = Math.Min(last, _cuts.NextChange(from));
            var piece = _cutWindow.Append();
            _builder.Hollow(_layout, from * _base, to * _base, piece);
            piece.Product = _cuts.ProductAt(from * _base);
            if (to < last) piece.Cut = _cuts.ChangeAt(to) ?? SegmentCut.WindowEnd;
            from = to;
        }
        output.Record(_builder.Fill(_layout, WindowKind.Gap, "", _cutWindow.Pieces, revision, clockVerified));
    }

    /// <summary>A counter's edges from <paramref name="from"/> to where everything is firm have moved: open windows take the new ones.</summary>
    public void Repair(int slot, CounterTrack track, long from, WindowFlags clear)
    {
        foreach (var window in _windows)
        {
            if (window.Start >= FirmTo) continue;
            foreach (var piece in window.Firm.Pieces)
            {
                if (piece.End <= from * _base) continue;
                var flags = WindowFlags.None;
                for (var b = Math.Max(from, piece.Start / _base) + 1; b <= FirmTo && (b - 1) * _base < piece.End; b++) flags |= track.EdgeAt(b).Flags;
                var start = piece.Start > from * _base ? track.HeldAt(piece.Start) : null;
                for (var i = 0; i < _layout.Sliced.Length; i++)
                {
                    if (_layout.Sliced[i].Slot == slot) piece.Inputs[i].Move(start, track.HeldAt(piece.End), track.Cleared(clear, piece.Start, piece.End), flags);
                }
            }
        }
    }

    /// <summary>A counter's edges have been lifted: open windows take the new ones.</summary>
    public void Lift(int slot, CounterTrack track, Amendments.Amendment told)
    {
        foreach (var window in _windows)
        {
            if (window.Start >= FirmTo || FirmTo * _base <= told.From) continue;
            foreach (var piece in window.Firm.Pieces)
            {
                for (var i = 0; i < _layout.Sliced.Length; i++)
                {
                    if (_layout.Sliced[i].Slot != slot) continue;
                    ref var slice = ref piece.Inputs[i];
                    var clear = track.Cleared(told.Clear, piece.Start, piece.End);
                    slice.Move(Moved(slice.T0, slice.Bound0, slice.Doubt0, slice.Basis0, piece.Start), Moved(slice.T1, slice.Bound1, slice.Doubt1, slice.Basis1, piece.End), clear, told.FlagsOf(piece.Start, piece.End, _base));
                }
            }
        }

        Edge? Moved(long total, long bound, long doubt, Basis basis, long time)
        {
            if (told.EdgeAt(time, track.Cutting) is { } moved) return moved;
            var (shift, doubtShift) = time >= told.ShiftFrom ? (told.Shift, told.DoubtShift) : (0, 0);
            return new Edge(total + shift, told.Widened(bound, time), basis, WindowFlags.None, default) { Doubt = Doubt.At(doubt + doubtShift) };
        }
    }

    /// <summary>From a time on another ratio holds of a counter: what is firm of open windows is divided there, by time until more is known.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="cut">Why.</param>
    /// <param name="told">What is known already: the edge there of the counter in a slot; null where nothing is.</param>
    public void Divide(long time, SegmentCut cut, (int Slot, Edge Edge)? told = null)
    {
        foreach (var window in _windows)
        {
            if (window.Firm.Start < time && window.Firm.End > time) window.Firm.Divide(time, cut, EdgeOf);
            else if (window.Firm.End == time && window.To > time) window.Firm.Split(cut);
        }

        Edge EdgeOf(int index, UnitSlice piece)
        {
            if (told is { } known && _layout.Sliced[index].Slot == known.Slot) return known.Edge;
            ref readonly var input = ref piece.Inputs[index];
            var share = (long)((Int128)(input.T1 - input.T0) * (time - piece.Start) / (piece.End - piece.Start));
            return new Edge(input.T0 + share, long.MaxValue, input.Basis0.Worst(Basis.Estimated), WindowFlags.None, default);
        }
    }

    /// <summary>What is known of a counter at a boundary where windows were divided.</summary>
    /// <returns>True where an open window says something else by it.</returns>
    public bool Settle(long time, int point, Edge edge, MeteringPlan plan)
    {
        var moved = false;
        foreach (var window in _windows)
        {
            foreach (var piece in window.Firm.Pieces)
            {
                for (var i = 0; i < _layout.Sliced.Length && piece.End > piece.Start; i++)
                {
                    ref var input = ref piece.Inputs[i];
                    if (plan.Points[_layout.Sliced[i].Slot].Id != point) continue;
                    var before = (input.T0, input.T1);
                    if (piece.Start == time && window.From != time && input.Bound0 == long.MaxValue) input.Move(edge with { Doubt = Doubt.At(input.Doubt0) }, null, WindowFlags.None, WindowFlags.None);
                    if (piece.End == time && window.To != time && input.Bound1 == long.MaxValue) input.Move(null, edge with { Doubt = Doubt.At(input.Doubt1) }, WindowFlags.None, WindowFlags.None);
                    moved |= before != (input.T0, input.T1);
                }
            }
        }
        return moved;
    }

    private int StateLonger(long end, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        var stated = 0;
        foreach (var window in _windows)
        {
            if (window.End == end) stated += State(window, revision, clockVerified, output);
        }
        return stated;
    }

    private int State(LongWindow window, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        _sum.CopyFrom(window.Firm);
        for (var b = Records.Time.UtcMicros.Floor(_sum.End, _base) / _base + 1; b <= window.End; b++) Add(_sum, window, b);
        if (window.Kind == WindowKind.Batch) Ends(_sum, window);
        output.Record(_builder.Fill(_layout, window.Kind, window.Id, _sum.Pieces, revision, clockVerified));
        window.Stated = true;
        return 1;
    }

    /// <summary>Adds a base window, or what a batch has of it, to what was added of a window before.</summary>
    private void Add(UnitSum sum, LongWindow window, long b)
    {
        var (from, to) = (Math.Max(window.From, (b - 1) * _base), Math.Min(window.To, b * _base));
        // A replaced meter and another product cut longer windows too, a batch only base windows.
        for (var cut = _cuts.NextLasting(from, to); cut < to; from = cut, cut = _cuts.NextLasting(from, to))
        {
            AddPart(sum, b, from, cut);
            if (_cuts.WhyAt(cut) == SegmentCut.Epoch) sum.Split(SegmentCut.Epoch);
        }
        if (to - from == _base)
        {
            var slice = Slice(b);
            slice.Product = _cuts.ProductAt(from);
            sum.Add(slice);
        }
        else AddPart(sum, b, from, to);
        if (b < window.End && _cuts.ChangeAt(b) is { } why) sum.Split(why);
    }

    private void AddPart(UnitSum sum, long b, long from, long to)
    {
        _builder.Piece(_layout, b, from, to, _piece);
        _piece.Product = _cuts.ProductAt(from);
        sum.Add(_piece);
    }

    private void Forget()
    {
        for (var i = _windows.Count - 1; i >= 0; i--)
        {
            if (_windows[i].End > FirmTo || (_windows[i].Kind == WindowKind.Batch && !_windows[i].Stated)) continue;
            _spare.Push(_windows[i]);
            _windows.RemoveAt(i);
        }
    }
}
