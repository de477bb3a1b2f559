namespace EdgeGateway.Metering.Windows;

/// <summary>The unobserved part of a slice, as a hull in microseconds from the slice's start; empty where <see cref="End"/> is not beyond <see cref="Start"/>.</summary>
/// <param name="Start">Inclusive.</param>
/// <param name="End">Exclusive.</param>
internal readonly record struct Hole(int Start, int End)
{
    public bool IsEmpty => End <= Start;

    /// <summary>The hull of both.</summary>
    public Hole With(Hole other) => IsEmpty ? other : other.IsEmpty ? this : new Hole(Math.Min(Start, other.Start), Math.Max(End, other.End));
}

/// <summary>Microseconds of a slice that at least one of several holes covers. Holes are few: one an input.</summary>
internal ref struct HoleUnion(Span<Hole> room)
{
    private readonly Span<Hole> _holes = room;
    private int _count;

    /// <summary>Adds a hole; beyond the room it is merged into the last one, which only ever claims less coverage.</summary>
    public void Add(Hole hole)
    {
        if (hole.IsEmpty) return;
        if (_count == _holes.Length) _holes[_count - 1] = _holes[_count - 1].With(hole);
        else _holes[_count++] = hole;
    }

    public readonly long Length()
    {
        var holes = _holes[.._count];
        holes.Sort(static (a, b) => a.Start.CompareTo(b.Start));
        long sum = 0;
        var end = int.MinValue;
        foreach (var hole in holes)
        {
            if (hole.End <= end) continue;
            sum += hole.End - Math.Max(hole.Start, end);
            end = hole.End;
        }
        return sum;
    }
}
