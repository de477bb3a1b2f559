using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>A gap between two accepted totals, and what has become known of it since: readings of a meter's load profile, or of a server that kept them.</summary>
internal sealed partial class PastGap
{
    private readonly List<Anchor> _line = [];
    private GapCount _count;
    private bool _changed;

    public PastGap(in Anchor from, in Anchor to, GapCount count)
    {
        _count = count;
        _line.AddRange([from, to]);
    }

    private PastGap(GapCount count) => _count = count;

    /// <summary>The total before it.</summary>
    public Anchor From => _line[0];

    /// <summary>The total that ended it.</summary>
    public Anchor To => _line[^1];

    /// <summary>The longest time between two of its totals, microseconds.</summary>
    public long Longest
    {
        get
        {
            var longest = 0L;
            for (var i = 1; i < _line.Count; i++) longest = Math.Max(longest, _line[i].Time - _line[i - 1].Time);
            return longest;
        }
    }

    /// <summary>How many totals it holds, its ends included.</summary>
    public int Count => _line.Count;

    /// <summary>True where it is certain how much was counted.</summary>
    public bool IsCounted => _count == GapCount.Certain;

    /// <summary>Takes a reading in between its neighbours, where the register can have gone from the one to it and from it to the other, and has then counted what was counted.</summary>
    /// <param name="reading">The reading, at a time in the gap.</param>
    /// <param name="physics">What the register can do.</param>
    public bool Take(in Reading reading, RegisterPhysics physics)
    {
        var index = 1;
        while (_line[index].Time < reading.Time) index++;
        var (before, after) = (_line[index - 1], _line[index]);
        if (_count == GapCount.Unsure || _line.Count >= PastGaps.Room || before.Time >= reading.Time || after.Time <= reading.Time) return false;
        if (physics.Plan.Modulus is { } modulus && (reading.Value < 0 || reading.Value >= modulus)) return false;
        // A dip or noise is held, and says nothing.
        if (physics.IsHeld(ReadingOf(before), reading) || physics.IsHeld(reading, ReadingOf(after))) return false;
        var (first, second) = (Step(ReadingOf(before), reading, physics), Step(reading, ReadingOf(after), physics));
        if (first is null && second is null) return false;
        if (first is not { } step || second is not { } rest || (IsCounted && (step + rest) * CounterLine.One != after.Total + (index == _line.Count - 1 ? _shift : 0) - before.Total)) return Contradicted(reading);
        _line.Insert(index, new Anchor(reading.Time, reading.Spread, before.Total + step * CounterLine.One, reading.Value, 0, before.Doubt));
        if (_count == GapCount.RoundsOpen && !Settle(physics)) return true;
        return _changed = true;
    }

    /// <summary>True where its totals are nowhere too far from each other.</summary>
    public bool IsClosed(long maxGap) => IsCounted && Longest <= maxGap;

    /// <summary>True where a time lies between two of its totals that are too far from each other.</summary>
    public bool IsOpenAt(long time, long maxGap)
    {
        for (var i = 1; i < _line.Count && IsCounted; i++)
        {
            if (_line[i - 1].Time < time && time < _line[i].Time) return _line[i].Time - _line[i - 1].Time > maxGap;
        }
        return !IsCounted && From.Time < time && time < To.Time;
    }

    /// <summary>What stored records are to be stated again by, the whole gap as it is known now; null where it has not changed since.</summary>
    /// <param name="seq">Entry that says so.</param>
    /// <param name="point">Persisted point id.</param>
    /// <param name="maxGap">From which time between readings on a gap is one, microseconds.</param>
    /// <param name="isRound">True where a lower value is one round further.</param>
    public Amendment? Tell(long seq, int point, long maxGap, bool isRound)
    {
        if (!_changed) return null;
        _changed = false;
        var told = new Amendment
        {
            Seq = seq, Point = point, From = From.Time, To = long.MaxValue, Reaches = _settled ? long.MaxValue : To.Time, Doubt = From.Doubt,
            ShiftFrom = To.Time + 1, Shift = _shift, DoubtShift = _doubtShift, Clear = _settled ? WindowFlags.Ambiguous : WindowFlags.None,
        };
        var to = To with { Total = To.Total + _shift, Doubt = To.Doubt + _doubtShift };
        for (var i = 1; i < _line.Count; i++)
        {
            var flags = _line[i].Time - _line[i - 1].Time > maxGap ? WindowFlags.Gap : WindowFlags.None;
            if (isRound && _line[i].Value < _line[i - 1].Value) flags |= WindowFlags.Rollover;
            told.Stretches.Add(new Stretch(_line[i - 1], i < _line.Count - 1 ? _line[i] : to, flags));
        }
        // Its end is lifted with all that lies behind.
        (_settled, _shift, _doubtShift) = (false, 0, 0);
        return told;
    }

    /// <summary>Puts other totals in the places of all.</summary>
    public void Change(Func<Anchor, Anchor> change)
    {
        for (var i = 0; i < _line.Count; i++) _line[i] = change(_line[i]);
    }

    /// <summary>True where it has something to tell.</summary>
    public bool HasChanged => _changed;

    public void Save(ByteWriter w)
    {
        w.Byte((byte)((byte)_count | (_changed ? 4 : 0) | (_settled ? 8 : 0)));
        if (_settled)
        {
            w.Signed(_shift);
            w.Signed(_doubtShift);
        }
        SaveContradictions(w);
        w.Unsigned((ulong)_line.Count);
        foreach (var anchor in _line) anchor.Save(w);
    }

    /// <exception cref="InvalidOperationException">Its totals do not follow each other.</exception>
    public static PastGap Load(ref ByteReader r, byte version)
    {
        var kind = r.Byte();
        var gap = new PastGap((GapCount)(kind & 3)) { _changed = (kind & 4) != 0, _settled = (kind & 8) != 0 };
        if (kind > 15 || (kind & 3) == 3) throw new InvalidOperationException("A gap is counted, open or unsure.");
        if (gap._settled) (gap._shift, gap._doubtShift) = (r.Signed(), r.Signed());
        gap.LoadContradictions(ref r);
        for (var left = r.Count(6); left > 0 && !r.Failed; left--)
        {
            var anchor = Anchor.Load(ref r, version);
            if (gap._line.Count > 0 && anchor.Time <= gap._line[^1].Time) throw new InvalidOperationException("Totals of a gap ascend.");
            gap._line.Add(anchor);
        }
        return gap._line.Count > 1 ? gap : throw new InvalidOperationException("A gap has two ends.");
    }

    private static Reading ReadingOf(in Anchor anchor) => new(anchor.Time, anchor.Value, anchor.Spread);

    private static long? Step(in Reading from, in Reading to, RegisterPhysics physics) =>
        physics.IsForward(from, to) || physics.IsNetFall(from, to) ? to.Value - from.Value : physics.ThroughZero(from, to);
}
