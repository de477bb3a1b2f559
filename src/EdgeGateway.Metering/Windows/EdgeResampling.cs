using System.Numerics;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Windows;

/// <summary>An edge with its time, and the slice that ends there: what a track knew under another base window. The newest one is the newest sample.</summary>
internal readonly record struct TimedEdge(long Time, Edge Edge);

/// <summary>Cuts a saved track anew at the boundaries of another base window. Flags and holes are carried over to every slice they touch.</summary>
/// <remarks>Totals between saved edges were never cut by samples: they are split by time, estimated, and without a bound.</remarks>
internal static class EdgeResampling
{
    /// <summary>The edge at a boundary time that lies between the first and the last of <paramref name="saved"/>.</summary>
    public static Edge At(ReadOnlySpan<TimedEdge> saved, long time, long baseMicros)
    {
        var next = 0;
        while (saved[next].Time < time) next++;
        var at = saved[next].Edge;
        if (saved[next].Time > time)
        {
            var (before, after) = (saved[next - 1], saved[next]);
            var moved = (Int128)(after.Edge.Total - before.Edge.Total) * (time - before.Time) / (after.Time - before.Time);
            at = new Edge(before.Edge.Total + (long)moved, long.MaxValue, before.Edge.Basis.Worst(Basis.Estimated), WindowFlags.None, default) { Doubt = new Doubt(before.Edge.Doubt.Before, after.Edge.Doubt.Behind) };
        }
        var (flags, hole) = Slice(saved, time - baseMicros, time, (int)baseMicros);
        return at with { Flags = flags, Hole = hole };
    }

    /// <summary>Flags and unobserved hull between two times; what lies before the first saved edge was not observed.</summary>
    public static (WindowFlags Flags, Hole Hole) Slice(ReadOnlySpan<TimedEdge> saved, long from, long to, int length)
    {
        var flags = WindowFlags.None;
        var hole = default(Hole);
        if (saved[0].Time > from) hole = new Hole(0, (int)Math.Min(length, saved[0].Time - from));
        for (var i = 1; i < saved.Length; i++)
        {
            var (start, end) = (saved[i - 1].Time, saved[i].Time);
            if (end <= from || start >= to) continue;
            flags |= saved[i].Edge.Flags;
            var gap = saved[i].Edge.Hole;
            if (gap.IsEmpty) continue;
            hole = hole.With(new Hole((int)Math.Clamp(start + gap.Start - from, 0, length), (int)Math.Clamp(start + gap.End - from, 0, length)));
        }
        return (flags, hole);
    }

    /// <summary>An older total in the steps of a register that has become another one, seen from the newest total, which stays.</summary>
    public static long Rescale(long total, long newest, (BigInteger Numerator, BigInteger Denominator) factor)
    {
        var scaled = newest - BigInteger.Divide((newest - (BigInteger)total) * factor.Numerator, factor.Denominator);
        return scaled >= long.MinValue && scaled <= long.MaxValue ? (long)scaled : newest;
    }

    /// <summary>A bound in the steps of a register that has become another one.</summary>
    public static long RescaleBound(long bound, (BigInteger Numerator, BigInteger Denominator) factor)
    {
        if (bound == long.MaxValue) return bound;
        var scaled = BigInteger.Divide(bound * factor.Numerator, factor.Denominator) + 2;
        return scaled < long.MaxValue / 4 ? (long)scaled : long.MaxValue;
    }
}
