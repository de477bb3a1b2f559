using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.States;

/// <summary>Time in each state inside base windows: where a batch begins or ends.</summary>
internal sealed partial class StateTrack
{
    // What stands at a cut is the time in each state from its base window's start.
    private CutList<ByState>? _cuts;
    private MachineState _spentState = MachineState.Unknown;

    /// <summary>Wants to know what had been until a time that is no boundary.</summary>
    public void Cut(long time)
    {
        var (index, isNew) = (_cuts ??= new CutList<ByState>()).Add(time);
        if (isNew && Begun && time <= _time) _cuts.Settle(index, Until(time));
    }

    /// <summary>A cut is not wanted any more.</summary>
    public void Uncut(long time) => _cuts?.Remove(time);

    /// <summary>Forgets slices and cuts before a boundary.</summary>
    public void DropBefore(long boundary)
    {
        Slices.DropBefore(boundary);
        _cuts?.DropBefore(boundary * baseMicros);
    }

    /// <summary>Time in each state between two times in one base window, each a boundary or a cut.</summary>
    public ByState Within(long from, long to)
    {
        var (first, last) = (At(from, isEnd: false), At(to, isEnd: true));
        for (var i = 0; i < 4; i++) last[i] -= first[i];
        // Of a cut that is not known yet what was said may exceed what is said now: nobody saw it then.
        for (var i = 0; i < 3; i++)
        {
            if (last[i] >= 0) continue;
            last[(int)MachineState.Unknown] += last[i];
            last[i] = 0;
        }
        return last;
    }

    /// <summary>Time in each state from the base window's start to a time in it.</summary>
    private ByState At(long time, bool isEnd)
    {
        if (time % baseMicros == 0) return isEnd ? SliceAt(time / baseMicros) : default;
        return _cuts is not null && _cuts.TryGet(time, out var known) ? known : Until(time);
    }

    /// <summary>What had been until a time: what was spent behind it is taken off what is known of its base window, the newest stretch first.</summary>
    private ByState Until(long time)
    {
        var boundary = UtcMicros.Floor(time, baseMicros) / baseMicros;
        var isOpen = Begun && boundary >= Settled;
        var sum = isOpen ? boundary == Settled ? _open : default : SliceAt(boundary + 1);
        var more = time - boundary * baseMicros - sum.Sum;
        if (more >= 0)
        {
            sum[(int)MachineState.Unknown] += more;
            return sum;
        }
        Span<int> order = [(int)_spentState, 3, 2, 1, 0];
        foreach (var state in order)
        {
            var less = Math.Min(-more, sum[state]);
            sum[state] -= less;
            more += less;
        }
        return sum;
    }

    /// <summary>Cuts up to a time are known: the same state holds to it from the newest time.</summary>
    private void SettleCuts(long until, MachineState state)
    {
        for (var i = _cuts!.After(_time - 1); i < _cuts.Count && _cuts.TimeOf(i) <= until; i++)
        {
            if (_cuts.IsKnown(i)) continue;
            var time = _cuts.TimeOf(i);
            var start = UtcMicros.Floor(time, baseMicros);
            var sum = start <= Settled * baseMicros ? _open : default;
            sum[(int)state] += time - Math.Max(_time, start);
            _cuts.Settle(i, sum);
        }
    }

    private void SaveCuts(ByteWriter w)
    {
        w.Byte((byte)_spentState);
        (_cuts ?? new CutList<ByState>()).Save(w, Save);
    }

    private void LoadCuts(ref ByteReader r)
    {
        _spentState = (MachineState)Math.Min(r.Byte(), (byte)MachineState.Unknown);
        var cuts = new CutList<ByState>();
        cuts.Load(ref r, Load);
        if (cuts.Count > 0) _cuts = cuts;
    }
}
