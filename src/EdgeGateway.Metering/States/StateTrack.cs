using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.States;

/// <summary>Time in each state, cut at the boundaries of base windows. A state holds until the next sample, never across a gap; time that nobody saw is unknown.</summary>
internal sealed class StateTrack(PointPlan point, long baseMicros)
{
    private ByState _open;
    private long _time;
    private MachineState _state = MachineState.Unknown;

    public PointPlan Point => point;

    public BoundaryRing<ByState> Slices { get; } = new();

    public bool Begun { get; private set; }

    /// <summary>Number of the newest settled boundary; meaningless before <see cref="Begun"/>.</summary>
    public long Settled { get; private set; }

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
        if (Begun && Slices.Holds(boundary)) return Slices[boundary];
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
        w.Signed(Slices.First);
        w.Unsigned((ulong)Slices.Count);
        for (var b = Slices.First; b < Slices.First + Slices.Count; b++) Save(w, Slices[b]);
    }

    /// <summary>Reads a state back. Where it was saved under another base window it begins anew from the newest sample, and the time before is unknown.</summary>
    public void Load(ref ByteReader r, long savedBase)
    {
        (Settled, _time, _state, _open) = (r.Signed(), r.Signed(), (MachineState)r.Byte(), Load(ref r));
        var first = r.Signed();
        var count = r.Count(4);
        Begun = !r.Failed;
        if (_state > MachineState.Unknown || UtcMicros.Floor(_time, savedBase) / savedBase != Settled) throw new InvalidOperationException("State and time do not fit.");
        for (var b = first; b < first + count && !r.Failed; b++)
        {
            var slice = Load(ref r);
            if (savedBase == baseMicros) Slices.Append(b, slice);
        }
        if (savedBase == baseMicros || r.Failed) return;
        var (time, state) = (_time, _state);
        _open = default;
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
        while ((Settled + 1) * baseMicros <= until)
        {
            var edge = (Settled + 1) * baseMicros;
            _open[(int)state] += edge - _time;
            Slices.Append(++Settled, _open);
            _open = default;
            _time = edge;
        }
        _open[(int)state] += until - _time;
        _time = until;
    }
}
