using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>Values by boundary number with stretches left out: a ring for the present one, and a few older ones that somebody still needs.</summary>
/// <typeparam name="T">What stands at a boundary.</typeparam>
internal sealed class BoundaryLine<T> where T : struct
{
    private readonly List<BoundaryRing<T>> _older = [];
    private BoundaryRing<T> _ring = new();

    /// <summary>Number of the oldest boundary held; meaningless while empty.</summary>
    public long First => _older.Count > 0 ? _older[0].First : _ring.First;

    /// <summary>Number of the newest boundary held; meaningless while empty.</summary>
    public long Last => _ring.Last;

    /// <summary>How many are held.</summary>
    public int Count => _ring.Count + _older.Sum(r => r.Count);

    /// <summary>Appends a boundary beyond the newest; what lies between is left out.</summary>
    public void Append(long boundary, in T item)
    {
        if (_ring.Count > 0 && boundary > _ring.Last + 1)
        {
            _older.Add(_ring);
            _ring = new BoundaryRing<T>();
        }
        _ring.Append(boundary, item);
    }

    /// <summary>Puts another item in the place of one that is held.</summary>
    public void Replace(long boundary, in T item)
    {
        if (_ring.Holds(boundary)) _ring.Replace(boundary, item);
        else _older.Find(r => r.Holds(boundary))?.Replace(boundary, item);
    }

    public bool TryGet(long boundary, out T item)
    {
        if (_ring.Holds(boundary))
        {
            item = _ring[boundary];
            return true;
        }
        foreach (var ring in _older)
        {
            if (!ring.Holds(boundary)) continue;
            item = ring[boundary];
            return true;
        }
        item = default;
        return false;
    }

    /// <summary>Drops everything before <paramref name="boundary"/>.</summary>
    public void DropBefore(long boundary)
    {
        while (_older.Count > 0 && _older[0].Last < boundary) _older.RemoveAt(0);
        if (_older.Count > 0) _older[0].DropBefore(boundary);
        else _ring.DropBefore(boundary);
    }

    /// <summary>Takes back everything from <paramref name="boundary"/> on.</summary>
    public void DropFrom(long boundary)
    {
        _ring.DropFrom(boundary);
        while (_older.Count > 0 && _ring.Count == 0)
        {
            _ring = _older[^1];
            _older.RemoveAt(_older.Count - 1);
            _ring.DropFrom(boundary);
        }
    }

    /// <summary>Every boundary held, with what stands there, ascending.</summary>
    public IEnumerable<(long Boundary, T Item)> All()
    {
        foreach (var ring in (IEnumerable<BoundaryRing<T>>)[.. _older, _ring])
        {
            for (var b = ring.First; b < ring.First + ring.Count; b++) yield return (b, ring[b]);
        }
    }

    /// <summary>Appends the state: runs of consecutive boundaries.</summary>
    public void Save(ByteWriter w, Saver save)
    {
        w.Unsigned((ulong)_older.Count + 1);
        foreach (var ring in _older) SaveRing(w, ring, save);
        SaveRing(w, _ring, save);
    }

    /// <summary>Reads runs back: each boundary with its item.</summary>
    /// <exception cref="InvalidOperationException">They do not ascend.</exception>
    public static List<(long Boundary, T Item)> Load(ref ByteReader r, bool runs, int minBytes, Loader load)
    {
        var items = new List<(long, T)>();
        var next = long.MinValue;
        for (var left = runs ? r.Count(2) : 1; left > 0 && !r.Failed; left--)
        {
            var first = r.Signed();
            var count = r.Count(minBytes);
            if (count > 0 && first < next) throw new InvalidOperationException("Boundaries ascend.");
            for (var b = first; b < first + count && !r.Failed; b++) items.Add((b, load(ref r)));
            if (count > 0) next = first + count;
        }
        return items;
    }

    private static void SaveRing(ByteWriter w, BoundaryRing<T> ring, Saver save)
    {
        w.Signed(ring.First);
        w.Unsigned((ulong)ring.Count);
        for (var b = ring.First; b < ring.First + ring.Count; b++) save(w, ring[b]);
    }

    /// <summary>Writes an item.</summary>
    public delegate void Saver(ByteWriter w, in T item);

    /// <summary>Reads an item.</summary>
    public delegate T Loader(ref ByteReader r);
}
