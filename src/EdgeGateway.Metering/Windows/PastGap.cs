using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>A gap between two accepted totals, and what has become known of it since: readings of a meter's load profile, or of a server that kept them.</summary>
/// <param name="isRefinable">False where a reading in it could change how much was counted: then it takes none.</param>
internal sealed class PastGap(bool isRefinable)
{
    private readonly List<Anchor> _line = [];
    private bool _changed;

    public PastGap(in Anchor from, in Anchor to, bool isRefinable) : this(isRefinable) => _line.AddRange([from, to]);

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

    /// <summary>Takes a reading in between its neighbours, where the register can have gone from the one to it and from it to the other, and has then counted what was counted.</summary>
    /// <param name="reading">The reading, at a time in the gap.</param>
    /// <param name="physics">What the register can do.</param>
    /// <param name="taken">The total that it has become.</param>
    public bool Take(in Reading reading, RegisterPhysics physics, out Anchor taken)
    {
        taken = default;
        var index = 1;
        while (_line[index].Time < reading.Time) index++;
        var (before, after) = (_line[index - 1], _line[index]);
        if (!isRefinable || _line.Count >= PastGaps.Room || before.Time >= reading.Time || after.Time <= reading.Time) return false;
        if (Step(ReadingOf(before), reading, physics) is not { } first || Step(reading, ReadingOf(after), physics) is not { } second) return false;
        if ((first + second) * CounterLine.One != after.Total - before.Total) return false;
        taken = new Anchor(reading.Time, reading.Spread, before.Total + first * CounterLine.One, reading.Value, 0, before.Doubt);
        _line.Insert(index, taken);
        return _changed = true;
    }

    /// <summary>True where a time lies between two of its totals that are too far from each other.</summary>
    public bool IsOpenAt(long time, long maxGap)
    {
        for (var i = 1; i < _line.Count; i++)
        {
            if (_line[i - 1].Time < time && time < _line[i].Time) return _line[i].Time - _line[i - 1].Time > maxGap;
        }
        return false;
    }

    /// <summary>True where its totals are nowhere too far from each other.</summary>
    public bool IsClosed(long maxGap)
    {
        for (var i = 1; i < _line.Count; i++)
        {
            if (_line[i].Time - _line[i - 1].Time > maxGap) return false;
        }
        return true;
    }

    /// <summary>True where readings were taken in since it was asked last.</summary>
    public bool TakeChanged()
    {
        var changed = _changed;
        _changed = false;
        return changed;
    }

    /// <summary>What stored records are to be stated again by: the whole gap as it is known now.</summary>
    /// <param name="seq">Entry that says so.</param>
    /// <param name="point">Persisted point id.</param>
    /// <param name="maxGap">From which time between readings on a gap is one, microseconds.</param>
    public Amendment Tell(long seq, int point, long maxGap)
    {
        var told = new Amendment { Seq = seq, Point = point, From = From.Time, To = long.MaxValue, Reaches = To.Time, ShiftFrom = To.Time + 1, Doubt = From.Doubt };
        for (var i = 1; i < _line.Count; i++) told.Stretches.Add(new Stretch(_line[i - 1], _line[i], _line[i].Time - _line[i - 1].Time > maxGap ? WindowFlags.Gap : WindowFlags.None));
        return told;
    }

    /// <summary>Puts other totals in the places of all.</summary>
    public void Change(Func<Anchor, Anchor> change)
    {
        for (var i = 0; i < _line.Count; i++) _line[i] = change(_line[i]);
    }

    public void Save(ByteWriter w)
    {
        w.Byte(isRefinable ? (byte)1 : (byte)0);
        w.Unsigned((ulong)_line.Count);
        foreach (var anchor in _line) anchor.Save(w);
    }

    /// <exception cref="InvalidOperationException">Its totals do not follow each other.</exception>
    public static PastGap Load(ref ByteReader r, byte version)
    {
        var gap = new PastGap(r.Byte() != 0);
        var line = gap._line;
        for (var left = r.Count(6); left > 0 && !r.Failed; left--)
        {
            var anchor = Anchor.Load(ref r, version);
            if (line.Count > 0 && anchor.Time <= line[^1].Time) throw new InvalidOperationException("Totals of a gap ascend.");
            line.Add(anchor);
        }
        return line.Count > 1 ? gap : throw new InvalidOperationException("A gap has two ends.");
    }

    private static Reading ReadingOf(in Anchor anchor) => new(anchor.Time, anchor.Value, anchor.Spread);

    private static long? Step(in Reading from, in Reading to, RegisterPhysics physics) =>
        physics.IsForward(from, to) || physics.IsNetFall(from, to) ? to.Value - from.Value : physics.ThroughZero(from, to);
}
