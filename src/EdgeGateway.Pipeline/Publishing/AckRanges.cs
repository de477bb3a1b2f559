namespace EdgeGateway.Pipeline.Publishing;

/// <summary>A set of acknowledged ids as disjoint, ascending, non-adjacent ranges [lo, hi]. A hole that never had an item is acknowledged with its neighbours.</summary>
/// <remarks>Not thread-safe. Small: a publisher that works in order has one range.</remarks>
public sealed class AckRanges
{
    private readonly List<(long Lo, long Hi)> _ranges = [];

    /// <summary>The ranges in order.</summary>
    public IReadOnlyList<(long Lo, long Hi)> Ranges => _ranges;

    /// <summary>The greatest id below which, and including which, everything is acknowledged; counted from 1. 0 where 1 is not.</summary>
    public long Contiguous => ContiguousFrom(0);

    /// <summary>The greatest id such that everything above <paramref name="after"/> up to it is acknowledged; <paramref name="after"/> itself where the next one is not.</summary>
    public long ContiguousFrom(long after)
    {
        var i = Find(after + 1);
        return i < _ranges.Count && _ranges[i].Lo <= after + 1 ? _ranges[i].Hi : after;
    }

    /// <summary>True where <paramref name="id"/> is acknowledged.</summary>
    public bool Contains(long id)
    {
        var i = Find(id);
        return i < _ranges.Count && _ranges[i].Lo <= id;
    }

    /// <summary>Acknowledges [<paramref name="lo"/>, <paramref name="hi"/>].</summary>
    public void Add(long lo, long hi)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(lo, hi);
        var first = Find(lo == long.MinValue ? lo : lo - 1);
        var last = first;
        while (last < _ranges.Count && _ranges[last].Lo <= (hi == long.MaxValue ? hi : hi + 1))
        {
            lo = Math.Min(lo, _ranges[last].Lo);
            hi = Math.Max(hi, _ranges[last].Hi);
            last++;
        }
        _ranges.RemoveRange(first, last - first);
        _ranges.Insert(first, (lo, hi));
    }

    /// <summary>A copy.</summary>
    public AckRanges Clone()
    {
        var copy = new AckRanges();
        copy._ranges.AddRange(_ranges);
        return copy;
    }

    /// <summary>Index of the first range whose end is at or behind <paramref name="id"/>.</summary>
    private int Find(long id)
    {
        var (lo, hi) = (0, _ranges.Count);
        while (lo < hi)
        {
            var middle = (lo + hi) / 2;
            if (_ranges[middle].Hi < id) lo = middle + 1;
            else hi = middle;
        }
        return lo;
    }
}
