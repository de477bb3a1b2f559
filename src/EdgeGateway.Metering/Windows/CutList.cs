using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>Times inside base windows at which a track is cut, ascending, and what stands there once it is known. Units that cut at the same time share the cut.</summary>
/// <typeparam name="T">What stands at a cut.</typeparam>
internal sealed class CutList<T> where T : struct
{
    private readonly List<(long Time, int Users, bool Known, T Item)> _cuts = [];

    public int Count => _cuts.Count;

    /// <summary>Time of a cut.</summary>
    public long TimeOf(int index) => _cuts[index].Time;

    /// <summary>Whether it is known what stands at a cut.</summary>
    public bool IsKnown(int index) => _cuts[index].Known;

    /// <summary>What stands at a cut; nothing where it is not known.</summary>
    public T this[int index] => _cuts[index].Item;

    /// <summary>Adds a cut that is wanted once more; its index, and whether it is new.</summary>
    public (int Index, bool IsNew) Add(long time)
    {
        var index = Find(time);
        if (index >= 0)
        {
            _cuts[index] = _cuts[index] with { Users = _cuts[index].Users + 1 };
            return (index, false);
        }
        _cuts.Insert(~index, (time, 1, false, default));
        return (~index, true);
    }

    /// <summary>Somebody does not want a cut any more.</summary>
    public void Remove(long time)
    {
        var index = Find(time);
        if (index < 0) return;
        var cut = _cuts[index];
        if (cut.Users == 1) _cuts.RemoveAt(index);
        else _cuts[index] = cut with { Users = cut.Users - 1 };
    }

    /// <summary>It is known what stands at a cut.</summary>
    public void Settle(int index, in T item) => _cuts[index] = _cuts[index] with { Known = true, Item = item };

    /// <summary>It is not known any more.</summary>
    public void Unsettle(int index) => _cuts[index] = _cuts[index] with { Known = false, Item = default };

    public bool TryGet(long time, out T item)
    {
        var index = Find(time);
        item = index >= 0 ? _cuts[index].Item : default;
        return index >= 0 && _cuts[index].Known;
    }

    /// <summary>Index of the first cut after a time.</summary>
    public int After(long time)
    {
        var index = Find(time + 1);
        return index >= 0 ? index : ~index;
    }

    /// <summary>Drops cuts before a time that are known.</summary>
    public void DropBefore(long time)
    {
        while (_cuts.Count > 0 && _cuts[0].Time < time && _cuts[0].Known) _cuts.RemoveAt(0);
    }

    public void Save(ByteWriter w, BoundaryLine<T>.Saver save)
    {
        w.Unsigned((ulong)_cuts.Count);
        foreach (var (time, users, known, item) in _cuts)
        {
            w.Signed(time);
            w.Signed(users);
            w.Byte(known ? (byte)1 : (byte)0);
            save(w, item);
        }
    }

    public void Load(ref ByteReader r, BoundaryLine<T>.Loader load)
    {
        for (var left = r.Count(4); left > 0 && !r.Failed; left--)
        {
            var (time, users, known, item) = (r.Signed(), r.Int32(), r.Byte() != 0, load(ref r));
            if (users < 1 || (_cuts.Count > 0 && _cuts[^1].Time >= time)) throw new InvalidOperationException("Cuts ascend.");
            _cuts.Add((time, users, known, item));
        }
    }

    private int Find(long time)
    {
        var (low, high) = (0, _cuts.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (_cuts[middle].Time == time) return middle;
            if (_cuts[middle].Time < time) low = middle + 1;
            else high = middle - 1;
        }
        return ~low;
    }
}
