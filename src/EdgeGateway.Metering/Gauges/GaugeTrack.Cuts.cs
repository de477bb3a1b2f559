using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Gauges;

/// <summary>Parts of base windows: where a batch begins or ends. A gauge is cut at the reading next to the cut.</summary>
internal sealed partial class GaugeTrack
{
    // What stands at a cut, or at a boundary behind one, is the part that ends there.
    private CutList<GaugeSlice>? _cuts;
    private GaugeSlice _carried;
    private bool _isCut;

    /// <summary>Wants the part of a base window that ends at a time.</summary>
    public void Cut(long time)
    {
        var (index, isNew) = (_cuts ??= new CutList<GaugeSlice>()).Add(time);
        if (!isNew || !Begun || time > _time) return;
        if (time / baseMicros < Settled) _cuts.Settle(index, SliceAt(time / baseMicros + 1));
        else Take(index);
    }

    /// <summary>A cut is not wanted any more; a part that was taken stays one.</summary>
    public void Uncut(long time)
    {
        if (_cuts is not null && !_cuts.TryGet(time, out _)) _cuts.Remove(time);
    }

    /// <summary>Forgets slices and cuts before a boundary.</summary>
    public void DropBefore(long boundary)
    {
        Slices.DropBefore(boundary);
        _cuts?.DropBefore(boundary * baseMicros);
    }

    /// <summary>The part of a base window between two times, each a boundary or a cut.</summary>
    public GaugeSlice PieceAt(long from, long to)
    {
        var sum = default(GaugeSlice);
        for (var i = _cuts?.After(from) ?? 0; i < (_cuts?.Count ?? 0) && _cuts!.TimeOf(i) <= to; i++) sum.Add(_cuts[i]);
        // Only where its cut was not known when its base window was closed, all of it lies before the cut.
        return sum.Seen || from % baseMicros != 0 || to % baseMicros != 0 ? sum : SliceAt(to / baseMicros);
    }

    private void TakeCuts(long until)
    {
        for (var i = _cuts!.After(_time - 1); i < _cuts.Count && _cuts.TimeOf(i) <= until; i++)
        {
            if (!_cuts.IsKnown(i)) Take(i);
        }
    }

    private void Take(int index)
    {
        _cuts!.Settle(index, _open);
        _carried.Add(_open);
        (_open, _isCut) = (default, true);
    }

    /// <summary>The base window that ends at a boundary is over.</summary>
    private void Close(long boundary)
    {
        if (_isCut)
        {
            var (index, _) = _cuts!.Add(boundary * baseMicros);
            _cuts.Settle(index, _open);
            _carried.Add(_open);
            Slices.Append(boundary, _carried);
        }
        else Slices.Append(boundary, _open);
        (_open, _carried, _isCut) = (default, default, false);
    }

    private void SaveCuts(ByteWriter w)
    {
        w.Byte((byte)((_isCut ? 1 : 0) | (_hold ? 2 : 0)));
        _carried.Save(w);
        Mark.Save(w);
        (_cuts ?? new CutList<GaugeSlice>()).Save(w, static (ByteWriter w, in GaugeSlice slice) => slice.Save(w));
    }

    private void LoadCuts(ref ByteReader r)
    {
        var bits = r.Byte();
        (_isCut, _hold) = ((bits & 1) != 0, point.Hold || (bits & 2) != 0);
        (_carried, Mark) = (GaugeSlice.Load(ref r), Counters.PowerMark.Load(ref r));
        var cuts = new CutList<GaugeSlice>();
        cuts.Load(ref r, GaugeSlice.Load);
        if (cuts.Count > 0 || _isCut) _cuts = cuts;
    }
}
