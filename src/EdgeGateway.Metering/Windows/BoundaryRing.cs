namespace EdgeGateway.Metering.Windows;

/// <summary>Values by boundary number, consecutive, oldest dropped when nobody needs them. Grows by doubling while something is held up, and shrinks after an outage.</summary>
/// <typeparam name="T">What stands at a boundary.</typeparam>
internal sealed class BoundaryRing<T> where T : struct
{
    /// <summary>Room that windows may need day by day; beyond it, room is given back after an outage.</summary>
    private const int Everyday = 4_096;

    private T[] _items = new T[16];

    /// <summary>Number of the first boundary held; meaningless while empty.</summary>
    public long First { get; private set; }

    /// <summary>How many are held.</summary>
    public int Count { get; private set; }

    /// <summary>Number of the newest boundary held.</summary>
    public long Last => First + Count - 1;

    public bool Holds(long boundary) => Count > 0 && boundary >= First && boundary <= Last;

    public ref readonly T this[long boundary] => ref _items[Index(boundary)];

    /// <summary>Puts another item in the place of one that is held.</summary>
    public void Replace(long boundary, in T item) => _items[Index(boundary)] = item;

    /// <summary>Appends the next boundary; the first one may have any number.</summary>
    public void Append(long boundary, in T item)
    {
        if (Count == 0) First = boundary;
        else if (boundary != Last + 1) throw new InvalidOperationException("Boundaries must follow each other.");
        if (Count == _items.Length) Resize(_items.Length * 2);
        Count++;
        _items[Index(boundary)] = item;
    }

    /// <summary>Drops everything before <paramref name="boundary"/>.</summary>
    public void DropBefore(long boundary)
    {
        if (Count == 0 || boundary <= First) return;
        var drop = (int)Math.Min(Count, boundary - First);
        First += drop;
        Count -= drop;
        if (_items.Length > Everyday && Count < Everyday / 2) Resize(Everyday);
    }

    /// <summary>Takes back everything from <paramref name="boundary"/> on.</summary>
    public void DropFrom(long boundary)
    {
        if (Count > 0 && boundary <= Last) Count = (int)Math.Max(0, boundary - First);
    }

    /// <summary>How many fit without growing.</summary>
    public int Capacity => _items.Length;

    private int Index(long boundary) => (int)(boundary & (_items.Length - 1));

    private void Resize(int length)
    {
        var other = new T[length];
        for (var b = First; b < First + Count; b++) other[b & (length - 1)] = _items[Index(b)];
        _items = other;
    }
}
