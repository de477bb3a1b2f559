using System.Runtime.CompilerServices;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>The newest accepted totals of a counter, each with the flags of the stretch before it: enough to cut, or to take a late sample in, two polls back. Held by value.</summary>
internal struct AnchorRing
{
    /// <summary>How many are kept.</summary>
    public const int Room = 4;

    private Items _items;
    private int _count;

    /// <summary>How many there are.</summary>
    public readonly int Count => Math.Min(_count, Room);

    /// <summary>The oldest one is 0.</summary>
    public readonly (Anchor Anchor, WindowFlags Flags) this[int index] => _items[(_count - Count + index) % Room];

    public void Add(in Anchor anchor, WindowFlags flags)
    {
        _items[_count % Room] = (anchor, flags);
        // Never beyond what keeps the order, so that it cannot run over.
        _count = _count == 3 * Room ? 2 * Room + 1 : _count + 1;
    }

    public void Clear() => _count = 0;

    /// <summary>Puts others in the places of all.</summary>
    public void Change(Func<Anchor, Anchor> change)
    {
        for (var i = 0; i < Count; i++)
        {
            ref var item = ref _items[(_count - Count + i) % Room];
            item = (change(item.Anchor), item.Flags);
        }
    }

    /// <summary>Index of the first anchor at or after a time that has one before it; -1 where there is none.</summary>
    public readonly int After(long time)
    {
        for (var i = 1; i < Count; i++)
        {
            if (this[i].Anchor.Time >= time) return this[i - 1].Anchor.Time <= time ? i : -1;
        }
        return -1;
    }

    /// <summary>Puts one between its neighbours, before <paramref name="index"/>; the oldest is dropped.</summary>
    public void Insert(int index, in Anchor anchor, WindowFlags flags)
    {
        Span<(Anchor, WindowFlags)> all = stackalloc (Anchor, WindowFlags)[Room + 1];
        var count = Count;
        for (var i = 0; i < count; i++) all[i < index ? i : i + 1] = this[i];
        all[index] = (anchor, flags);
        _count = 0;
        for (var i = Math.Max(0, count + 1 - Room); i <= count; i++) Add(all[i].Item1, all[i].Item2);
    }

    /// <summary>A stretch of it is known better: the totals in it are put between its ends, and the oldest are dropped.</summary>
    public void Refine(List<Stretch> stretches)
    {
        var (from, to) = (stretches[0].From.Time, stretches[^1].To.Time);
        var held = new List<(Anchor Anchor, WindowFlags Flags)>();
        for (var i = 0; i < Count; i++) held.Add(this[i]);
        var end = held.FindIndex(h => h.Anchor.Time == to);
        if (end < 0) return;
        var others = held[end].Flags & ~(WindowFlags.Gap | WindowFlags.Ambiguous);
        Clear();
        foreach (var (anchor, flags) in held.Where(h => h.Anchor.Time <= from)) Add(anchor, flags);
        foreach (var stretch in stretches) Add(stretch.To, stretch.Flags | others);
        for (var i = end + 1; i < held.Count; i++) Add(held[i].Anchor, held[i].Flags);
    }

    /// <summary>Gives the stretch before an anchor other flags.</summary>
    public void Reflag(long time, WindowFlags flags)
    {
        for (var i = 0; i < Count; i++)
        {
            ref var item = ref _items[(_count - Count + i) % Room];
            if (item.Anchor.Time == time) item.Flags = flags;
        }
    }

    public readonly void Save(ByteWriter w)
    {
        w.Unsigned((ulong)Count);
        for (var i = 0; i < Count; i++)
        {
            this[i].Anchor.Save(w);
            w.Unsigned((uint)this[i].Flags);
        }
    }

    public void Load(ref ByteReader r, byte version)
    {
        Clear();
        for (var left = r.Count(6); left > 0 && !r.Failed; left--) Add(Anchor.Load(ref r, version), (WindowFlags)(uint)r.Unsigned());
    }

    [InlineArray(Room)]
    private struct Items
    {
        private (Anchor Anchor, WindowFlags Flags) _first;
    }
}
