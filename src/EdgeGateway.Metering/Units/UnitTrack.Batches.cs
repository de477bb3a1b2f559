using EdgeGateway.Metering.Amendments;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Cuts inside base windows: batches, and meters that were replaced.</summary>
internal sealed partial class UnitTrack
{
    private readonly BatchCodes? _codes;
    private string? _batch;

    /// <summary>Entry time from which something is to be done.</summary>
    public long WakeAt => Math.Min(Deadline, _codes?.Expiry ?? long.MaxValue);

    private bool Batch(long time, string text, IMeteringOutput output)
    {
        var before = _batch;
        Expire(time, output);
        var (settled, candidate) = (_codes!.SettledTo, _codes.Candidate);
        var change = _codes.Take(time, text);
        if (candidate is { } left && _codes.Candidate != left && change is null) ForPoints(left, cut: false);
        if (_codes.Candidate is { } seen && seen != candidate) ForPoints(seen, cut: true);
        if (change is { } confirmed) Change(confirmed, output);
        return change is not null || before != _batch || settled / _tracks.BaseMicros != _codes.SettledTo / _tracks.BaseMicros;
    }

    /// <summary>A base window is cut, the batch going on: a meter was replaced.</summary>
    public void CutAt(long time, SegmentCut why)
    {
        if (time % _tracks.BaseMicros == 0 || time / _tracks.BaseMicros < _windows.FirmTo) return;
        ForPoints(time, cut: true);
        _windows.CutAt(time, why, _windows.BatchAt(time));
        Dirty(time);
    }

    /// <summary>A meter was or will be replaced at a time: the counters beside it are cut there while it passes.</summary>
    public void Expect(long time)
    {
        if (Begun && time / _tracks.BaseMicros >= _windows.FirmTo) ForPoints(time, cut: true);
    }

    /// <summary>Another meter goes on at a time: windows are cut there. Where it came with its own ratio, what is stated and over is divided by a job.</summary>
    public void Exchange(int slot, long at, RatioChange? change, int epoch, long seq)
    {
        CutAt(at, SegmentCut.Epoch);
        if (!Begun || change is null) return;
        var edge = _tracks.Counters[slot]!.EdgeAtTime(at);
        var told = change.Told(_tracks.Plan.Points[slot].Id, edge);
        _windows.Divide(at, SegmentCut.Epoch, (slot, edge));
        Dirty(at);
        var firm = _windows.FirmTo * _tracks.BaseMicros;
        if (at < firm) _jobs.Add(_layout.Plan.Id, new Amendment { Seq = seq, Point = told.NewMeterOf, From = at, To = firm, Ratio = told, Epoch = epoch });
    }

    /// <summary>Another ratio holds of a counter from a boundary on: what is held is divided there at once, what is stated and over is a job.</summary>
    public void Correct(int slot, long from, long until, Records.Numbers.ExactDecimal ratio, long seq)
    {
        if (!Begun) return;
        _windows.Divide(from, SegmentCut.Ratio);
        if (until != long.MaxValue) _windows.Divide(until, SegmentCut.Ratio);
        var point = _tracks.Plan.Points[slot].Id;
        _jobs.Add(_layout.Plan.Id, new Amendment { Seq = seq, Point = point, From = from, To = _windows.FirmTo * _tracks.BaseMicros, Ratio = new RatioChange(ratio, from, until) });
        DirtyFrom = Math.Min(DirtyFrom, Math.Max(from / _tracks.BaseMicros, _windows.FirmTo));
        if (DirtyFrom >= Next) DirtyFrom = Clean;
    }

    /// <summary>What stored records know of the time from which on another ratio holds.</summary>
    public void Settle(RatioChange known)
    {
        var moved = false;
        foreach (var (point, total, basis, bound) in known.Known)
        {
            // The total at which another meter goes on was known when it was told of, and may have been corrected since.
            if (point != known.NewMeterOf) moved |= _windows.Settle(known.From, point, new Windows.Edge(total, bound, basis, WindowFlags.None, default), _tracks.Plan);
        }
        // Windows that are over were stated by shares of time.
        if (moved) Dirty(_windows.FirmTo * _tracks.BaseMicros);
    }

    private void Expire(long now, IMeteringOutput output)
    {
        if (_codes?.Expire(now) is not { } change) return;
        ForPoints(change.At, cut: true);
        Change(change, output);
    }

    private void Change(BatchChange change, IMeteringOutput output)
    {
        // What is stated and over for long is not cut any more.
        var (at, basis) = (change.At, change.Basis);
        if (Begun && at < _windows.FirmTo * _tracks.BaseMicros) (at, basis) = (_windows.FirmTo * _tracks.BaseMicros, basis.Worst(Basis.Estimated));
        if (_batch is not null)
        {
            _windows.CloseBatch(at, basis == Basis.LowerBound ? Basis.Exact : basis);
            output.Event(new GatewayEvent(EventKind.BatchEnded, at, _layout.Plan.Path, [new("batch", _batch)]));
        }
        _batch = change.Id;
        if (_batch is not null)
        {
            _windows.OpenBatch(_batch, at, basis);
            output.Event(new GatewayEvent(EventKind.BatchBegan, at, _layout.Plan.Path, [new("batch", _batch)]));
        }
        _windows.CutAt(at, SegmentCut.Batch, _batch);
        Dirty(at);
    }

    /// <summary>What was stated of the base window that holds a time is stated again.</summary>
    private void Dirty(long time)
    {
        var boundary = Records.Time.UtcMicros.Floor(time, _tracks.BaseMicros) / _tracks.BaseMicros;
        if (Begun && boundary < Next) DirtyFrom = Math.Min(DirtyFrom, Math.Max(boundary, _windows.FirmTo));
    }

    /// <summary>Cuts all points of the unit at a time, or does not want that any more.</summary>
    private void ForPoints(long time, bool cut)
    {
        if (time % _tracks.BaseMicros == 0) return;
        foreach (var slot in _tracked)
        {
            if (cut) _tracks.Counters[slot]!.Cut(time);
            else _tracks.Counters[slot]!.Uncut(time);
        }
        if (_layout.Plan.StateSlot is >= 0 and var state)
        {
            if (cut) _tracks.States[state]!.Cut(time);
            else _tracks.States[state]!.Uncut(time);
        }
        foreach (var slot in _layout.Plan.Gauges)
        {
            if (cut) _tracks.Gauges[slot]!.Cut(time);
            else _tracks.Gauges[slot]!.Uncut(time);
        }
    }

    private void SaveBatches(ByteWriter w)
    {
        w.Text(_batch ?? "");
        w.Byte(_codes is null ? (byte)0 : (byte)1);
        _codes?.Save(w);
    }

    private void LoadBatches(ref ByteReader r)
    {
        var batch = r.Text();
        if (r.Byte() != 0) (_codes ?? new BatchCodes(0, 0)).Load(ref r);
        if (_codes is not null && batch.Length > 0) _batch = batch;
    }
}
