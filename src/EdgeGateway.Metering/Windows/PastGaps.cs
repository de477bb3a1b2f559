using EdgeGateway.Metering.Counters;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>The newest gaps of a counter's line, for readings that come long after them. Bounded by the totals in them: the oldest gap is forgotten first.</summary>
internal sealed class PastGaps
{
    /// <summary>Totals kept over all gaps.</summary>
    public const int Room = 1_024;

    private readonly List<PastGap> _gaps = [];

    /// <summary>A gap ended.</summary>
    public void Add(in Anchor from, in Anchor to)
    {
        _gaps.Add(new PastGap(from, to));
        Trim();
    }

    /// <summary>Takes a reading in where it lies in a gap; null where it lies in none, false where it does not fit between its neighbours.</summary>
    public bool? Take(in Reading reading, RegisterPhysics physics, out Anchor taken)
    {
        taken = default;
        var time = reading.Time;
        if (_gaps.Find(g => g.From.Time < time && g.To.Time > time) is not { } gap) return null;
        if (!gap.Take(reading, physics, out taken)) return false;
        Trim();
        return true;
    }

    /// <summary>Gaps that have taken readings in, told once.</summary>
    public IEnumerable<PastGap> Changed()
    {
        foreach (var gap in _gaps)
        {
            if (gap.TakeChanged()) yield return gap;
        }
    }

    /// <summary>What was accepted after a time was taken back.</summary>
    public void DropAfter(long time) => _gaps.RemoveAll(g => g.To.Time > time);

    /// <summary>Puts other totals in the places of all.</summary>
    public void Change(Func<Anchor, Anchor> change)
    {
        foreach (var gap in _gaps) gap.Change(change);
    }

    /// <summary>True where none is remembered.</summary>
    public bool IsEmpty => _gaps.Count == 0;

    public void Save(ByteWriter w)
    {
        w.Unsigned((ulong)_gaps.Count);
        foreach (var gap in _gaps) gap.Save(w);
    }

    public void Load(ref ByteReader r, byte version)
    {
        for (var left = r.Count(13); left > 0 && !r.Failed; left--) _gaps.Add(PastGap.Load(ref r, version));
    }

    private void Trim()
    {
        while (_gaps.Count > 1 && _gaps.Sum(g => g.Count) > Room) _gaps.RemoveAt(0);
    }
}
