using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>Stretches of a counter's line of which energy is missing, or of which more than one count is possible: as long as one touches a window, its flag stays. Bounded: of what is older than the oldest kept, the worst is assumed.</summary>
internal sealed class LostStretches
{
    private const int Room = 32;
    private readonly List<(long From, long To)> _stretches = [];
    private long _horizon = long.MinValue;

    /// <summary>Energy between two times is missing.</summary>
    public void Add(long from, long to)
    {
        if (_stretches.Count > 0 && _stretches[^1].To >= from) _stretches[^1] = (_stretches[^1].From, Math.Max(to, _stretches[^1].To));
        else _stretches.Add((from, to));
        if (_stretches.Count <= Room) return;
        Forget(_stretches[0].To);
        _stretches.RemoveAt(0);
    }

    /// <summary>Nothing is known of what was up to a time.</summary>
    public void Forget(long time) => _horizon = Math.Max(_horizon, time);

    /// <summary>Between two times it is not so, after all; of a stretch that reaches beyond them the rest stays.</summary>
    public void Remove(long from, long to)
    {
        for (var i = _stretches.Count - 1; i >= 0; i--)
        {
            var (start, end) = _stretches[i];
            if (end <= from || start >= to) continue;
            _stretches.RemoveAt(i);
            if (end > to) _stretches.Insert(i, (to, end));
            if (start < from) _stretches.Insert(i, (start, from));
        }
    }

    /// <summary>True where something of a window is, or may be, missing.</summary>
    public bool Touches(long start, long end) => start < _horizon || _stretches.Exists(s => s.From < end && s.To > start);

    /// <summary>The end of the stretch that begins at a time, or that time.</summary>
    public long EndOf(long from)
    {
        var index = _stretches.FindIndex(s => s.From <= from && s.To > from);
        return index < 0 ? from : _stretches[index].To;
    }

    public void Save(ByteWriter w)
    {
        w.Signed(_horizon);
        w.Unsigned((ulong)_stretches.Count);
        foreach (var (from, to) in _stretches)
        {
            w.Signed(from);
            w.Signed(to);
        }
    }

    public void Load(ref ByteReader r)
    {
        _horizon = r.Signed();
        for (var left = r.Count(2); left > 0 && !r.Failed; left--) _stretches.Add((r.Signed(), r.Signed()));
    }
}
