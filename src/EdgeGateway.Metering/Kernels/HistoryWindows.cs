namespace EdgeGateway.Metering.Kernels;

/// <summary>Summaries of many windows of equal length over columns of history: what a chart or a report asks for. Allocates nothing.</summary>
public static class HistoryWindows
{
    /// <summary>Sum, least, greatest and count of the samples in each window [start + k × length, … + length).</summary>
    /// <param name="times">UTC microseconds, never falling.</param>
    /// <param name="values">As many values.</param>
    /// <param name="start">Start of the first window.</param>
    /// <param name="length">Length of a window, microseconds, above 0.</param>
    /// <param name="summaries">One for each window; filled.</param>
    public static void Basic(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long start, long length, Span<BasicSummary> summaries)
    {
        var first = WindowSearch.First(times, start, 0);
        for (var k = 0; k < summaries.Length; k++)
        {
            start += length;
            var next = WindowSearch.First(times, start, first);
            summaries[k] = BasicKernel.Of(values[first..next]);
            first = next;
        }
    }

    /// <summary>The same with integral, observed time and counter steps; what lies between samples on either side of an edge is cut there.</summary>
    /// <remarks>The counter's step across an edge belongs to the window that holds the later sample; totals at edges are metering's.</remarks>
    public static void Full(ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<long> counts, long start, long length, long maxGapMicros, Joining joining, Span<FullSummary> summaries)
    {
        var first = WindowSearch.First(times, start, 0);
        for (var k = 0; k < summaries.Length; k++, start += length)
        {
            var next = WindowSearch.First(times, start + length, first);
            // The counter's step into the window is asked for together with those within.
            var before = Math.Max(0, first - 1);
            var inner = FullKernel.Of(times[first..next], values[first..next], [], maxGapMicros, joining);
            var (steps, falls) = counts.IsEmpty || first == next ? default : StepKernel.Of(counts[before..next]);
            var (integral, covered) = Edges(times, values, first, next, start, start + length, maxGapMicros, joining);
            summaries[k] = inner with { Integral = inner.Integral + integral, CoveredMicros = inner.CoveredMicros + covered, Steps = steps, Falls = falls };
            first = next;
        }
    }

    /// <summary>What the window has of the pairs that lie across its edges; a pair may span the whole of it.</summary>
    private static (double Integral, long Covered) Edges(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int first, int next, long start, long end, long maxGap, Joining joining)
    {
        var (integral, covered) = Piece(times, values, first - 1, start, end, maxGap, joining);
        if (next == first) return (integral, covered);
        var (more, longer) = Piece(times, values, next - 1, start, end, maxGap, joining);
        return (integral + more, covered + longer);
    }

    private static (double Integral, long Covered) Piece(ReadOnlySpan<long> times, ReadOnlySpan<double> values, int at, long start, long end, long maxGap, Joining joining)
    {
        if (at < 0 || at + 1 >= times.Length) return default;
        var (t0, t1, v0, v1) = (times[at], times[at + 1], values[at], values[at + 1]);
        var (from, to) = (Math.Max(t0, start), Math.Min(t1, end));
        if (t1 - t0 > maxGap || to <= from || double.IsNaN(v0) || double.IsNaN(v1)) return default;
        if (joining == Joining.Hold) return (v0 * (to - from) * 1e-6, to - from);
        var slope = (v1 - v0) / (t1 - t0);
        return (((v0 + (slope * (from - t0))) + (v0 + (slope * (to - t0)))) * 0.5e-6 * (to - from), to - from);
    }
}
