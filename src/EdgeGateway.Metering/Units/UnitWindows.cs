using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Calendars;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>The longer windows of one unit: each a sum of base windows, firm up to where edges may still move, and made of the tracks from there on.</summary>
/// <remarks>So a month costs as much memory as an hour, and a window is stated again from what is held, however often its newest base windows change.</remarks>
internal sealed class UnitWindows
{
    private readonly UnitLayout _layout;
    private readonly RecordBuilder _builder;
    private readonly CalendarWindows _calendar;
    private readonly WindowKind[] _kinds;
    private readonly long _base;
    private readonly List<LongWindow> _windows = [];
    private readonly Stack<LongWindow> _spare = new();
    private readonly UnitSlice _slice, _sum;
    private long _sliceEnd = long.MinValue;

    public UnitWindows(MeteringPlan plan, UnitLayout layout, RecordBuilder builder, long baseMicros)
    {
        (_layout, _builder, _base, _kinds) = (layout, builder, baseMicros, [.. plan.LongerWindows]);
        _calendar = new CalendarWindows(plan.Calendar, baseMicros);
        (_slice, _sum) = (new UnitSlice(layout), new UnitSlice(layout));
    }

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
    public void Open(long boundary)
    {
        foreach (var kind in _kinds)
        {
            var end = long.MinValue;
            foreach (var window in _windows)
            {
                if (window.Kind == kind) end = Math.Max(end, window.End);
            }
            if (end > boundary || !_calendar.TryAt(kind, boundary * _base, out var found)) continue;
            var opened = _spare.TryPop(out var spare) ? spare : new LongWindow(_layout);
            opened.Set(kind, found, _base);
            // Of what lies before, nothing is known but its edges.
            if (opened.Start < FirmTo) _builder.Hollow(_layout, opened.Start, Math.Min(FirmTo, opened.End), opened.Firm);
            _windows.Add(opened);
        }
    }

    /// <summary>States every window that ends at a boundary.</summary>
    public int State(long end, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        var stated = 0;
        foreach (var window in _windows)
        {
            if (window.End != end) continue;
            _sum.CopyFrom(window.Firm);
            for (var b = _sum.Last + 1; b <= end; b++) _sum.Add(Slice(b));
            output.Record(_builder.Fill(_layout, window.Kind, window.Id, _sum, revision, clockVerified));
            stated++;
        }
        return stated;
    }

    /// <summary>Everything up to a boundary is firm now: it is added up, and windows that are over are forgotten.</summary>
    public void Fold(long boundary)
    {
        for (var b = FirmTo + 1; b <= boundary; b++)
        {
            foreach (var window in _windows)
            {
                if (window.Start < b && window.End >= b) window.Firm.Add(Slice(b));
            }
        }
        if (boundary <= FirmTo) return;
        FirmTo = boundary;
        Forget();
    }

    /// <summary>Steps over base windows of which nothing was observed, from where everything is firm to the next edge of a longer window or to <paramref name="until"/>; states the windows that end there.</summary>
    public int Leap(long until, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        Open(FirmTo);
        foreach (var window in _windows) until = Math.Min(until, window.Start > FirmTo ? window.Start : window.End);
        _builder.Hollow(_layout, FirmTo, until, _sum);
        foreach (var window in _windows)
        {
            if (window.Start <= FirmTo) window.Firm.Add(_sum);
        }
        FirmTo = until;
        var stated = State(until, revision, clockVerified, output);
        Forget();
        return stated;
    }

    /// <summary>States one record over a stretch of which nothing was observed but its edges.</summary>
    public void StateGap(long first, long last, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        _builder.Hollow(_layout, first, last, _sum);
        output.Record(_builder.Fill(_layout, WindowKind.Gap, "", _sum, revision, clockVerified));
    }

    /// <summary>A counter's edges from <paramref name="from"/> to where everything is firm have moved: open windows take the new ones.</summary>
    public void Repair(int slot, CounterTrack track, long from, WindowFlags clear)
    {
        var flags = WindowFlags.None;
        for (var b = from + 1; b <= FirmTo; b++) flags |= track.EdgeAt(b).Flags;
        foreach (var window in _windows)
        {
            if (window.Start >= FirmTo) continue;
            Edge? start = window.Start > from ? track.EdgeAt(window.Start) : null;
            for (var i = 0; i < _layout.Sliced.Length; i++)
            {
                if (_layout.Sliced[i].Slot == slot) window.Firm.Inputs[i].Move(start, track.EdgeAt(FirmTo), track.Lost.Touches(window.Start * _base, FirmTo * _base) ? WindowFlags.None : clear, flags);
            }
        }
    }

    /// <summary>A counter's edges have been lifted: open windows take the new ones.</summary>
    public void Lift(int slot, CounterTrack track, Amendment told)
    {
        foreach (var window in _windows)
        {
            if (window.Start >= FirmTo || FirmTo * _base <= told.From) continue;
            for (var i = 0; i < _layout.Sliced.Length; i++)
            {
                if (_layout.Sliced[i].Slot != slot) continue;
                ref var slice = ref window.Firm.Inputs[i];
                var clear = track.Lost.Touches(window.Start * _base, FirmTo * _base) ? WindowFlags.None : told.Clear;
                slice.Move(Moved(slice.T0, slice.Bound0, slice.Basis0, window.Start), Moved(slice.T1, slice.Bound1, slice.Basis1, FirmTo)!.Value, clear, told.FlagsOf(window.Start * _base, FirmTo * _base));
            }
        }

        Edge? Moved(long total, long bound, Basis basis, long boundary)
        {
            if (told.EdgeAt(boundary * _base, track.Cutting) is { } moved) return moved;
            return new Edge(boundary * _base >= told.ShiftFrom ? total + told.Shift : total, bound, basis, WindowFlags.None, default);
        }
    }

    /// <summary>Appends the state.</summary>
    public void Save(ByteWriter w, MeteringPlan plan)
    {
        w.Signed(FirmTo);
        w.Unsigned((ulong)_windows.Count);
        foreach (var window in _windows)
        {
            w.Byte(window.Kind.Code);
            w.Text(window.Id);
            w.Signed(window.Start);
            w.Signed(window.End);
            window.Firm.Save(w, plan);
        }
    }

    /// <summary>Reads a state back; kinds that the plan no longer has are passed over. Boundaries lie on whole minutes, which every base window shares.</summary>
    public void Load(ref ByteReader r, long savedBase, Tracks tracks, Func<int, int> slotOf)
    {
        FirmTo = Convert(r.Signed(), savedBase);
        for (var left = r.Count(8); left > 0 && !r.Failed; left--)
        {
            var window = new LongWindow(_layout);
            window.Set(new WindowKind(r.Byte()), r.Text(), Convert(r.Signed(), savedBase), Convert(r.Signed(), savedBase));
            var found = new bool[_layout.Sliced.Length];
            window.Firm.Load(ref r, slotOf, found);
            if (r.Failed || !_kinds.Contains(window.Kind)) continue;
            (window.Firm.First, window.Firm.Last) = (Convert(window.Firm.First, savedBase), Convert(window.Firm.Last, savedBase));
            if (window.End <= FirmTo || window.Firm.First != window.Start || window.Firm.Last != Math.Max(window.Start, FirmTo)) throw new InvalidOperationException("A window and what is firm do not fit.");
            for (var i = 0; i < found.Length; i++)
            {
                var track = tracks.Counters[_layout.Sliced[i].Slot]!;
                if (found[i] && track.Line.Rescale is { } factor) window.Firm.Inputs[i].Rescale(track.Total, factor, window.Firm.State);
            }
            if (window.Firm.Last > window.Firm.First) _builder.Complete(_layout, window.Firm, found);
            _windows.Add(window);
        }
    }

    private long Convert(long boundary, long savedBase) => savedBase == _base ? boundary : boundary * savedBase / _base;

    private void Forget()
    {
        for (var i = _windows.Count - 1; i >= 0; i--)
        {
            if (_windows[i].End > FirmTo) continue;
            _spare.Push(_windows[i]);
            _windows.RemoveAt(i);
        }
    }
}
