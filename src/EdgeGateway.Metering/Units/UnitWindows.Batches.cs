using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Batches, cuts inside base windows, and the state of all windows.</summary>
internal sealed partial class UnitWindows
{
    private readonly UnitSum _cutWindow;

    /// <summary>A batch begins.</summary>
    public void OpenBatch(string id, long from, Basis basis)
    {
        var opened = _spare.TryPop(out var spare) ? spare : new LongWindow(_layout);
        opened.Set(WindowKind.Batch, id, from, LongWindow.Endless, _base);
        opened.FromBasis = basis;
        _windows.Add(opened);
    }

    /// <summary>The batch that goes on ends.</summary>
    public void CloseBatch(long to, Basis basis)
    {
        foreach (var window in _windows)
        {
            if (window.Kind != WindowKind.Batch || window.To != LongWindow.Endless) continue;
            window.Close(Math.Max(to, window.From), _base);
            window.ToBasis = basis;
        }
    }

    /// <summary>A base window is cut at a time; from there on another batch, or none, is in work.</summary>
    public void CutAt(long time, SegmentCut why, string? batch) => _cuts.Add(time, why, batch);

    /// <summary>The batch that is in work from a time on.</summary>
    public string? BatchAt(long time) => _cuts.BatchAt(time);

    /// <summary>States batches whose last base window was stated before their end was known.</summary>
    public int StateEnded(long next, Revision revision, bool clockVerified, IMeteringOutput output)
    {
        var stated = 0;
        foreach (var window in _windows)
        {
            if (window.Kind == WindowKind.Batch && !window.Stated && window.End <= next) stated += State(window, revision, clockVerified, output);
        }
        return stated;
    }

    /// <summary>The first boundary at or after one with a cut in the base window behind it.</summary>
    public long FirstCut(long boundary) => _cuts.FirstFrom(boundary * _base) is var time and not long.MaxValue ? Records.Time.UtcMicros.Floor(time, _base) / _base : long.MaxValue;

    /// <summary>Appends the state.</summary>
    public void Save(ByteWriter w, MeteringPlan plan)
    {
        w.Signed(FirmTo);
        w.Unsigned((ulong)_windows.Count);
        foreach (var window in _windows)
        {
            w.Byte(window.Kind.Code);
            w.Text(window.Id);
            w.Signed(window.From);
            w.Signed(window.To);
            w.Byte((byte)window.FromBasis);
            w.Byte((byte)window.ToBasis);
            w.Byte(window.Stated ? (byte)1 : (byte)0);
            window.Firm.Save(w, plan);
        }
        _cuts.Save(w);
    }

    /// <summary>Reads a state back; kinds that the plan no longer has are passed over, a batch that the unit no longer has ends. Boundaries lie on whole minutes, which every base window shares.</summary>
    public void Load(ref ByteReader r, byte version, long savedBase, Tracks tracks, Func<int, int> slotOf)
    {
        FirmTo = Convert(r.Signed(), savedBase);
        for (var left = r.Count(8); left > 0 && !r.Failed; left--)
        {
            var window = new LongWindow(_layout);
            var (kind, id, unit) = (new WindowKind(r.Byte()), r.Text(), version > 3 ? 1 : savedBase);
            window.Set(kind, id, r.Signed() * unit, r.Signed() * unit, _base);
            if (version > 3) (window.FromBasis, window.ToBasis, window.Stated) = ((Basis)r.Byte(), (Basis)r.Byte(), r.Byte() != 0);
            var found = new bool[_layout.Sliced.Length];
            window.Firm.Load(ref r, version, savedBase, slotOf, found);
            if (r.Failed || (kind != WindowKind.Batch && !_kinds.Contains(kind))) continue;
            if (kind == WindowKind.Batch && _layout.Plan.BatchSlot < 0 && window.To == LongWindow.Endless) window.Close(Math.Max(window.From, FirmTo * _base), _base);
            if ((window.End <= FirmTo && window.Stated) || window.Firm.Start != window.From || window.Firm.End != Math.Clamp(FirmTo * _base, window.From, window.To)) throw new InvalidOperationException("A window and what is firm do not fit.");
            Complete(window, tracks, found);
            _windows.Add(window);
        }
        if (version > 3) _cuts.Load(ref r);
        if (_layout.Plan.BatchSlot < 0 && _cuts.BatchAt(long.MaxValue) is not null) _cuts.Add(FirmTo * _base, SegmentCut.Batch, null);
    }

    /// <summary>True where open windows know what was made.</summary>
    public bool SaysProducts => _windows.Exists(w => w.Firm.SaysProducts);

    /// <summary>Appends what was made in the firm part of open windows.</summary>
    public void SaveProducts(ByteWriter w)
    {
        w.Unsigned((ulong)_windows.Count);
        foreach (var window in _windows)
        {
            w.Byte(window.Kind.Code);
            w.Text(window.Id);
            w.Signed(window.From);
            window.Firm.SaveProducts(w);
        }
    }

    /// <summary>Reads back what was made, of the windows that are there.</summary>
    public void LoadProducts(ref ByteReader r)
    {
        for (var left = r.Count(4); left > 0 && !r.Failed; left--)
        {
            var (kind, id, from) = (new WindowKind(r.Byte()), r.Text(), r.Signed());
            var products = UnitSum.LoadProducts(ref r);
            _windows.Find(w => w.Kind == kind && w.Id == id && w.From == from)?.Firm.TakeProducts(products);
        }
    }

    private void Complete(LongWindow window, Tracks tracks, bool[] found)
    {
        foreach (var piece in window.Firm.Pieces)
        {
            for (var i = 0; i < found.Length; i++)
            {
                var track = tracks.Counters[_layout.Sliced[i].Slot]!;
                if (found[i] && track.Line.Rescale is { } factor) piece.Inputs[i].Rescale(track.Total, factor, piece.State);
            }
            if (piece.End > piece.Start) _builder.Complete(_layout, piece, found);
        }
    }

    /// <summary>The base window that ends at a boundary, in pieces where it is cut; lent until the next call.</summary>
    private ReadOnlySpan<UnitSlice> BaseWindow(long end)
    {
        var (start, until) = ((end - 1) * _base, end * _base);
        var slice = Slice(end);
        if (_cuts.FirstFrom(start + 1) >= until)
        {
            (slice.Batch, slice.Product) = (_cuts.BatchAt(start), _cuts.ProductAt(start));
            return _single;
        }
        _cutWindow.Clear();
        for (var from = start; from < until;)
        {
            var to = Math.Min(_cuts.FirstFrom(from + 1), until);
            var piece = _cutWindow.Append();
            _builder.Piece(_layout, end, from, to, piece);
            (piece.Cut, piece.Batch, piece.Product) = (to < until ? _cuts.WhyAt(to) : SegmentCut.WindowEnd, _cuts.BatchAt(from), _cuts.ProductAt(from));
            from = to;
        }
        return _cutWindow.Pieces;
    }

    /// <summary>A batch whose code was not seen to change begins or ends somewhere about its edge: its energy is an estimate.</summary>
    private static void Ends(UnitSum sum, LongWindow window)
    {
        var (first, last) = (sum.Pieces[0], sum.Pieces[^1]);
        for (var i = 0; i < first.Inputs.Length; i++)
        {
            ref var start = ref first.Inputs[i];
            start.Basis0 = start.Basis0.Worst(window.FromBasis);
            if (window.FromBasis != Basis.Exact) start.Bound0 = long.MaxValue;
            ref var end = ref last.Inputs[i];
            end.Basis1 = end.Basis1.Worst(window.ToBasis);
            if (window.ToBasis != Basis.Exact) end.Bound1 = long.MaxValue;
        }
        foreach (var piece in sum.Pieces) piece.Batch = window.Id;
    }

    private long Convert(long boundary, long savedBase) => savedBase == _base ? boundary : boundary * savedBase / _base;
}
