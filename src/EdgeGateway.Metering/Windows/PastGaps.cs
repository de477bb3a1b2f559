using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>The newest gaps of a counter's line, for readings that come long after them. Bounded by the totals in them: the oldest gap is forgotten first.</summary>
internal sealed class PastGaps
{
    /// <summary>Totals kept over all gaps.</summary>
    public const int Room = 1_024;

    /// <summary>Gaps kept: a meter that is lost again and again holds no more than that.</summary>
    public const int Gaps = 32;

    private readonly List<PastGap> _gaps = [];
    private long _forgotten = long.MinValue;

    /// <summary>A gap ended.</summary>
    public void Add(PastGap gap)
    {
        _gaps.Add(gap);
        Trim();
    }

    /// <summary>True where a time lies behind every gap that was forgotten, and in none that is remembered but between readings that are near enough to each other.</summary>
    /// <param name="time">The time.</param>
    /// <param name="maxGap">From which time between readings on a gap is one, microseconds.</param>
    public bool IsBracketed(long time, long maxGap) => time >= _forgotten && !_gaps.Exists(g => g.IsOpenAt(time, maxGap));

    /// <summary>Nothing is known of gaps that ended up to a time.</summary>
    public void Forget(long time) => _forgotten = Math.Max(_forgotten, time);

    /// <summary>Takes a reading in where it lies in a gap; null where it lies in none, false where it does not fit between its neighbours.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="physics">What the register can do.</param>
    /// <param name="contradicted">The gap, where with it enough readings contradict what was counted that none says anything any more.</param>
    public bool? Take(in Reading reading, RegisterPhysics physics, out PastGap? contradicted)
    {
        var time = reading.Time;
        contradicted = null;
        if (_gaps.Find(g => g.From.Time < time && g.To.Time > time) is not { } gap) return null;
        var known = gap.IsContradicted;
        var taken = gap.Take(reading, physics);
        if (gap.IsContradicted && !known) contradicted = gap;
        return taken;
    }

    /// <summary>What the next gap that has taken readings in says, each time once; null where all is told. One whose readings are near enough to each other is none any more.</summary>
    /// <param name="seq">Entry that says so.</param>
    /// <param name="point">Persisted point id.</param>
    /// <param name="maxGap">From which time between readings on a gap is one, microseconds.</param>
    /// <param name="isRound">True where a lower value is one round further.</param>
    public Amendment? Tell(long seq, int point, long maxGap, bool isRound)
    {
        foreach (var gap in _gaps)
        {
            if (gap.Tell(seq, point, maxGap, isRound) is not { } told) continue;
            if (gap.IsClosed(maxGap)) _gaps.Remove(gap);
            Trim();
            return told;
        }
        return null;
    }

    /// <summary>True where one has something to tell.</summary>
    public bool HasChanged => _gaps.Exists(g => g.HasChanged);

    /// <summary>The longest time between two readings of gaps that ended after a time, microseconds; <see cref="long.MaxValue"/> / 4 where such a gap may have been forgotten.</summary>
    public long LongestSince(long time) => _forgotten > time ? long.MaxValue / 4 : _gaps.Where(g => g.To.Time > time).Select(g => g.Longest).DefaultIfEmpty(0).Max();

    /// <summary>What was accepted after a time was taken back.</summary>
    public void DropAfter(long time) => _gaps.RemoveAll(g => g.To.Time > time);

    /// <summary>Puts other totals in the places of all.</summary>
    public void Change(Func<Anchor, Anchor> change)
    {
        foreach (var gap in _gaps) gap.Change(change);
    }

    public void Save(ByteWriter w)
    {
        w.Byte(_forgotten == long.MinValue ? (byte)0 : (byte)1);
        if (_forgotten != long.MinValue) w.Signed(_forgotten);
        w.Unsigned((ulong)_gaps.Count);
        foreach (var gap in _gaps) gap.Save(w);
    }

    public void Load(ref ByteReader r, byte version)
    {
        if (r.Byte() != 0) _forgotten = r.Signed();
        for (var left = r.Count(14); left > 0 && !r.Failed; left--) _gaps.Add(PastGap.Load(ref r, version));
    }

    private void Trim()
    {
        while (_gaps.Count > Gaps || (_gaps.Count > 1 && _gaps.Sum(g => g.Count) > Room))
        {
            // What has something to tell is told first.
            if (_gaps.Find(g => !g.HasChanged) is not { } oldest) return;
            Forget(oldest.To.Time);
            _gaps.Remove(oldest);
        }
    }
}
