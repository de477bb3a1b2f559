using System.Diagnostics.CodeAnalysis;

namespace EdgeGateway.Records.Samples;

/// <summary>Values by slot or persisted id of points, in pages that are made when their first value comes: where all points have one, a value costs what itself takes, half of what a dictionary needs; where few have one, the others cost nearly nothing.</summary>
/// <remarks>Any number of readers while nobody writes. Reading allocates nothing.</remarks>
/// <typeparam name="T">What is kept; its default is what a point without a value has.</typeparam>
public sealed class PointPages<T>
{
    private const int PageBits = 5, PageMask = (1 << PageBits) - 1;
    private T[]?[] _pages = [];

    /// <summary>Value of a point, or the default; setting makes room.</summary>
    /// <param name="point">Slot or id; a negative one has no value and cannot be given one.</param>
    [DisallowNull]
    public T? this[int point]
    {
        get
        {
            var page = point >> PageBits;
            return (uint)page < (uint)_pages.Length && _pages[page] is { } values ? values[point & PageMask] : default;
        }
        set => Place(point) = value;
    }

    /// <summary>Where the value of a point stands; room is made for it. Valid for good.</summary>
    /// <param name="point">Slot or id, not negative.</param>
    public ref T Place(int point)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(point);
        var page = point >> PageBits;
        if (page >= _pages.Length) Array.Resize(ref _pages, Math.Max(page + 1, _pages.Length + _pages.Length / 4));
        return ref (_pages[page] ??= new T[PageMask + 1])[point & PageMask];
    }

    /// <summary>Every point whose value is not the default, ascending.</summary>
    public IEnumerable<KeyValuePair<int, T>> All()
    {
        for (var page = 0; page < _pages.Length; page++)
        {
            for (var at = 0; _pages[page] is { } values && at < values.Length; at++)
            {
                if (!EqualityComparer<T>.Default.Equals(values[at], default)) yield return KeyValuePair.Create((page << PageBits) + at, values[at]);
            }
        }
    }
}
