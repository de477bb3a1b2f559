using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.States;

/// <summary>Time in each state, cut at the boundaries of base windows. A state holds until the next sample, never across a gap; time that nobody saw is unknown.</summary>
internal sealed partial class StateTrack(PointPlan point, long baseMicros)
{
    private const int LongStretch = 16;

    private ByState _open;
    private long _time;
    private MachineState _state = MachineState.Unknown;

    public PointPlan Point => point;

    public BoundaryLine<ByState> Slices { get; } = new();

    public bool Begun { get; private set; }

    /// <summary>Number of the newest settled boundary; meaningless before <see cref="Begun"/>.</summary>
    public long Settled { get; private set; }

    /// <summary>Number of the oldest boundary that is known of.</summary>
    public long Oldest => Slices.Count > 0 ? Slices.First - 1 : Settled;

    /// <summary>Takes a state at a time.</summary>
    public void Accept(long time, long code)
    {
        var state = code is >= 0 and <= 3 ? (MachineState)code : MachineState.Unknown;
        if (!Begun)
        {
            Begin(UtcMicros.Floor(time, baseMicros) / baseMicros);
            Spend(time, MachineState.Unknown);
        }
        else if (time <= _time) return;
        else Spend(time, time - _time > point.EffectiveMaxGapMicros ? MachineState.Unknown : _state);
        _state = state;
    }

    /// <summary>A window was stated without waiting longer: what is not known of it by now stays unknown, so that its records and their sums agree.</summary>
    public void Seal(long boundary)
    {
        if (!Begun) Begin(boundary);
        if (Settled >= boundary) return;
        Spend(boundary * baseMicros, MachineState.Unknown);
        _state = MachineState.Unknown;
    }

    /// <summary>The slice that ends at a boundary; unknown where there is none.</summary>
    public ByState SliceAt(long boundary)
    {
        if (Begun && Slices.TryGet(boundary, out var known)) return known;
        var slice = default(ByState);
        slice[(int)MachineState.Unknown] = baseMicros;
        return slice;
    }

    /// <summary>Appends the state.</summary>
    public void Save(ByteWriter w)
    {
        w.Signed(Settled);
        w.Signed(_time);
        w.Byte((byte)_state);
        Save(w, _open);
        Slices.Save(w, Save);
        SaveCuts(w);
    }

    /// <summary>Reads a state back. Where it was saved under another base window it begins anew from the newest sample, and the time before is unknown.</summary>
    public void Load(ref ByteReader r, long savedBase, byte version)
    {
        (Settled, _time, _state, _open) = (r.Signed(), r.Signed(), (MachineState)r.Byte(), Load(ref r));
        var held = BoundaryLine<ByState>.Load(ref r, runs: version > 1, 4, Load);
        if (version > 3) LoadCuts(ref r);
        Begun = !r.Failed;
        if (_state > MachineState.Unknown || UtcMicros.Floor(_time, savedBase) / savedBase != Settled) throw new InvalidOperationException("State and time do not fit.");
        if (savedBase == baseMicros)
        {
            foreach (var (boundary, slice) in held) Slices.Append(boundary, slice);
        }
        if (savedBase == baseMicros || r.Failed) return;
        var (time, state) = (_time, _state);
        (_open, _cuts) = (default, null);
        Begin(UtcMicros.Floor(time, baseMicros) / baseMicros);
        Spend(time, MachineState.Unknown);
        _state = state;
    }

    private static void Save(ByteWriter w, in ByState times)
    {
        for (var i = 0; i < 4; i++) w.Signed(times[i]);
    }

    private static ByState Load(ref ByteReader r)
    {
        var times = default(ByState);
        for (var i = 0; i < 4; i++) times[i] = r.Signed();
        return times;
    }

    private void Begin(long boundary) => (Begun, Settled, _time) = (true, boundary, boundary * baseMicros);

    private void Spend(long until, MachineState state)
    {
        _spentState = state;
        var last = UtcMicros.Floor(until, baseMicros) / baseMicros;
        if (state == MachineState.Unknown && last - Settled > LongStretch)
        {
            // What lies between is unknown as a whole: nothing needs to be kept of it.
            if (_cuts is not null) SettleCuts(until, state);
            _open[(int)state] += (Settled + 1) * baseMicros - _time;
            Slices.Append(Settled + 1, _open);
            (_open, Settled, _time) = (default, last, last * baseMicros);
        }
        while ((Settled + 1) * baseMicros <= until)
        {
            var edge = (Settled + 1) * baseMicros;
            if (_cuts is not null) SettleCuts(edge, state);
            _open[(int)state] += edge - _time;
            Slices.Append(++Settled, _open);
            _open = default;
            _time = edge;
        }
        if (_cuts is not null) SettleCuts(until, state);
        _open[(int)state] += until - _time;
        _time = until;
    }
}
