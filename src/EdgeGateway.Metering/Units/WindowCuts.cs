using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Where the windows of one unit are cut: base windows where a batch begins or ends, longer ones where a ratio, a factor, a coefficient or a price changes, both where a meter is replaced or another product is made.</summary>
internal sealed class WindowCuts
{
    private readonly List<(long Time, SegmentCut Why, string? Batch)> _inside = [];
    private readonly long[] _changes;
    private readonly UnitLayout _layout;
    private readonly Tracks _tracks;
    private readonly ProductTrack? _product;
    private string? _batch;

    public WindowCuts(MeteringPlan plan, UnitLayout layout, Tracks tracks, ProductTrack? product)
    {
        (_layout, _tracks, _product, BaseKind) = (layout, tracks, product, plan.BaseWindow);
        _changes = [.. (plan.Carbon?.Changes ?? []).Concat(layout.Plan.Output?.Changes ?? []).Where(t => t % tracks.BaseMicros == 0).Select(t => t / tracks.BaseMicros).Distinct().Order()];
    }

    /// <summary>The base window.</summary>
    public WindowKind BaseKind { get; }

    /// <summary>A base window is cut at a time; from there on another batch, or none, is in work.</summary>
    public void Add(long time, SegmentCut why, string? batch)
    {
        var index = _inside.FindIndex(c => c.Time >= time);
        if (index >= 0 && _inside[index].Time == time) _inside[index] = (time, why, batch);
        else _inside.Insert(index < 0 ? _inside.Count : index, (time, why, batch));
        // Batches come in order: what else cuts behind the newest one cuts that.
        for (var i = 0; i < _inside.Count && why == SegmentCut.Batch; i++)
        {
            if (_inside[i].Time > time && _inside[i].Why != SegmentCut.Batch) _inside[i] = _inside[i] with { Batch = batch };
        }
    }

    /// <summary>The first cut at or after a time; <see cref="long.MaxValue"/> where there is none.</summary>
    public long FirstFrom(long time)
    {
        var product = _product?.FirstFrom(time) ?? long.MaxValue;
        foreach (var cut in _inside)
        {
            if (cut.Time >= time) return Math.Min(product, cut.Time);
        }
        return product;
    }

    /// <summary>The first cut after <paramref name="from"/> that lasts in longer windows, or <paramref name="to"/>: a meter was replaced, or another product is made.</summary>
    public long NextLasting(long from, long to)
    {
        to = Math.Min(to, _product?.FirstFrom(from + 1) ?? long.MaxValue);
        foreach (var cut in _inside)
        {
            if (cut.Time > from && cut.Time < to && cut.Why == SegmentCut.Epoch) return cut.Time;
        }
        return to;
    }

    /// <summary>Why there is a cut at a time.</summary>
    public SegmentCut WhyAt(long time) => _inside.FindIndex(c => c.Time == time) is >= 0 and var index ? _inside[index].Why : SegmentCut.Product;

    /// <summary>The product that is made from a time on; null where no point says it.</summary>
    public string? ProductAt(long time) => _product?.At(time);

    /// <summary>The batch that is in work from a time on.</summary>
    public string? BatchAt(long time)
    {
        var batch = _batch;
        foreach (var cut in _inside)
        {
            if (cut.Time > time) break;
            batch = cut.Batch;
        }
        return batch;
    }

    /// <summary>Forgets cuts before a time: only the batch in work is kept of them.</summary>
    public void DropBefore(long time)
    {
        _product?.DropBefore(time);
        while (_inside.Count > 0 && _inside[0].Time < time)
        {
            _batch = _inside[0].Batch;
            _inside.RemoveAt(0);
        }
    }

    /// <summary>Why longer windows are cut at a boundary; null where they are not.</summary>
    public SegmentCut? ChangeAt(long boundary)
    {
        if (_changes.Length > 0 && Array.BinarySearch(_changes, boundary) >= 0) return SegmentCut.Factor;
        foreach (var input in _layout.Sliced)
        {
            if (_tracks.Counters[input.Slot]!.Line.RatioChangesAt(boundary * _tracks.BaseMicros)) return SegmentCut.Ratio;
        }
        return null;
    }

    /// <summary>The next boundary after one at which longer windows are cut.</summary>
    public long NextChange(long boundary)
    {
        var next = long.MaxValue;
        foreach (var change in _changes)
        {
            if (change > boundary) next = Math.Min(next, change);
        }
        foreach (var input in _layout.Sliced) next = Math.Min(next, Records.Time.UtcMicros.Floor(_tracks.Counters[input.Slot]!.Line.NextRatio(boundary * _tracks.BaseMicros, _tracks.BaseMicros), _tracks.BaseMicros) / _tracks.BaseMicros);
        return next;
    }

    public void Save(ByteWriter w)
    {
        w.Text(_batch ?? "");
        w.Unsigned((ulong)_inside.Count);
        foreach (var (time, why, batch) in _inside)
        {
            w.Signed(time);
            w.Byte((byte)why);
            w.Text(batch ?? "");
        }
    }

    public void Load(ref ByteReader r)
    {
        _batch = Named(r.Text());
        for (var left = r.Count(3); left > 0 && !r.Failed; left--) Add(r.Signed(), (SegmentCut)r.Byte(), Named(r.Text()));
    }

    private static string? Named(string batch) => batch.Length > 0 ? batch : null;
}
