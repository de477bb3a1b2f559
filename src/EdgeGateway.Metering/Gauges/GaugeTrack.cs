using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Metering.Gauges;

/// <summary>Integrates a gauge and cuts it at the boundaries of base windows: straight lines between polls, steps where the value holds, never across a gap.</summary>
internal sealed partial class GaugeTrack(PointPlan point, long baseMicros) : Counters.IPowerIntegral
{
    private const int LongStretch = 16;

    private GaugeSlice _open;
    private long _time;
    private double _value;
    private bool _known;
    private bool _hold = point.Hold;

    public PointPlan Point => point;

    public BoundaryLine<GaugeSlice> Slices { get; } = new();

    public bool Begun { get; private set; }

    public long Settled { get; private set; }

    /// <summary>Number of the oldest boundary that is known of.</summary>
    public long Oldest => Slices.Count > 0 ? Slices.First - 1 : Settled;

    /// <inheritdoc/>
    public Counters.PowerMark Mark { get; private set; }

    /// <inheritdoc/>
    public double KilowattHours { get; } = point.Unit.Measures() == Dimension.Power ? point.Unit.ToBase().ToDouble() / 3_600 : 0;

    /// <summary>Takes a value; one that is no number is passed over.</summary>
    /// <param name="time">UTC microseconds.</param>
    /// <param name="value">In the point's unit.</param>
    /// <param name="heartbeat">Whether it only repeats a value that did not change: then the point tells of changes, and what it said holds until it says something else.</param>
    public void Accept(long time, double value, bool heartbeat)
    {
        if (!double.IsFinite(value)) return;
        _hold |= heartbeat;
        if (!Begun) (Begun, Settled, _time) = (true, UtcMicros.Floor(time, baseMicros) / baseMicros, time);
        else if (time <= _time && _known) return;
        else Move(time, value, _known && time - _time <= point.EffectiveMaxGapMicros);
        if (time < _time) return;
        (_value, _known) = (value, true);
        _open.See(value);
    }

    /// <summary>See <see cref="States.StateTrack.Seal"/>.</summary>
    public void Seal(long boundary)
    {
        if (!Begun) (Begun, Settled, _time) = (true, boundary, boundary * baseMicros);
        if (Settled >= boundary) return;
        Move(boundary * baseMicros, 0, observed: false);
        _known = false;
    }

    public GaugeSlice SliceAt(long boundary) => Begun && Slices.TryGet(boundary, out var slice) ? slice : default;

    /// <summary>Appends the state.</summary>
    public void Save(ByteWriter w)
    {
        w.Signed(Settled);
        w.Signed(_time);
        w.Double(_value);
        w.Byte(_known ? (byte)1 : (byte)0);
        _open.Save(w);
        Slices.Save(w, static (ByteWriter w, in GaugeSlice slice) => slice.Save(w));
        SaveCuts(w);
    }

    /// <summary>Reads a state back. Where it was saved under another base window it begins anew from the newest sample.</summary>
    public void Load(ref ByteReader r, long savedBase, byte version)
    {
        (Settled, _time, _value, _known, _open) = (r.Signed(), r.Signed(), r.Double(), r.Byte() != 0, GaugeSlice.Load(ref r));
        var held = BoundaryLine<GaugeSlice>.Load(ref r, runs: version > 1, 34, GaugeSlice.Load);
        if (version > 3) LoadCuts(ref r);
        Begun = !r.Failed;
        if (UtcMicros.Floor(_time, savedBase) / savedBase != Settled) throw new InvalidOperationException("Slices and time do not fit.");
        if (savedBase == baseMicros)
        {
            foreach (var (boundary, slice) in held) Slices.Append(boundary, slice);
        }
        if (savedBase != baseMicros) (_cuts, _carried) = (null, default);
        if (savedBase != baseMicros) (Settled, _open) = (UtcMicros.Floor(_time, baseMicros) / baseMicros, default);
    }

    private void Move(long until, double value, bool observed)
    {
        var (from, start, span) = (_time, _value, (double)(until - _time));
        var last = UtcMicros.Floor(until, baseMicros) / baseMicros;
        if (!observed && last - Settled > LongStretch)
        {
            Close(Settled + 1);
            (Settled, _time) = (last, last * baseMicros);
        }
        while ((Settled + 1) * baseMicros <= until)
        {
            var edge = (Settled + 1) * baseMicros;
            var at = _hold || span <= 0 ? start : start + (value - start) * ((edge - from) / span);
            if (_cuts is not null) TakeCuts(edge);
            if (observed) Observe(edge, at);
            Close(++Settled);
            // The value at the edge belongs to both neighbours, so that each knows its extremes.
            if (observed && edge < until) _open.See(at);
            (_time, _value) = (edge, at);
        }
        if (_cuts is not null) TakeCuts(until);
        if (observed && until > _time) Observe(until, _hold ? start : value);
        if (until > _time) _time = until;
    }

    private void Observe(long until, double value)
    {
        var span = until - _time;
        var integral = (_hold ? _value : (_value + value) / 2) * (span / 1e6);
        _open.Integral += integral;
        _open.Covered += span;
        Mark = new Counters.PowerMark(Mark.Integral + integral, Mark.Covered + span);
        _open.See(value);
    }
}
