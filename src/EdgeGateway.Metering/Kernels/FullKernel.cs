using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGateway.Metering.Kernels;

/// <summary>Everything of a stretch of history in one pass: <see cref="BasicSummary"/>, integral over time, observed time, and a counter's steps. Allocates nothing.</summary>
public static class FullKernel
{
    private const int Lanes = 4;
    private const long MaxGap = 1L << 51;

    // A whole number below 2^52 in the low bits of this is that number above it.
    private const long TwoTo52 = 0x4330_0000_0000_0000;

    /// <summary>Summarises a stretch between its first and its last sample.</summary>
    /// <param name="times">UTC microseconds, never falling.</param>
    /// <param name="values">As many values of a gauge; not a number where there is none.</param>
    /// <param name="counts">As many values of a counter, or none.</param>
    /// <param name="maxGapMicros">Neighbours further apart are not joined; up to 2⁵¹.</param>
    /// <param name="joining">How neighbours are joined.</param>
    /// <exception cref="ArgumentException">The columns differ in length, or the gap is out of range.</exception>
    public static FullSummary Of(ReadOnlySpan<long> times, ReadOnlySpan<double> values, ReadOnlySpan<long> counts, long maxGapMicros, Joining joining)
    {
        if (values.Length != times.Length || (counts.Length != times.Length && counts.Length != 0)) throw new ArgumentException("Columns of one stretch are of one length.");
        if (maxGapMicros is < 0 or > MaxGap) throw new ArgumentOutOfRangeException(nameof(maxGapMicros), maxGapMicros, "A gap is at most 2⁵¹ µs.");
        var basic = BasicKernel.Of(values);
        var (twice, covered, at) = (0.0, 0L, 0);
        if (times.Length > Lanes) at = Pairs(times, values, maxGapMicros, joining == Joining.Hold, out twice, out covered);
        for (; at + 1 < times.Length; at++)
        {
            var gap = times[at + 1] - times[at];
            var (from, to) = (values[at], joining == Joining.Hold ? values[at] : values[at + 1]);
            if (gap > maxGapMicros || double.IsNaN(values[at]) || double.IsNaN(values[at + 1])) continue;
            twice += (from + to) * gap;
            covered += gap;
        }
        var (steps, falls) = counts.IsEmpty ? default : StepKernel.Of(counts);
        return new FullSummary(basic, twice * 0.5e-6, covered, steps, falls);
    }

    /// <summary>Sums over pairs of neighbours; returns the first pair that is left.</summary>
    private static int Pairs(ReadOnlySpan<long> times, ReadOnlySpan<double> values, long maxGap, bool hold, out double twice, out long covered)
    {
        ref var time = ref MemoryMarshal.GetReference(times);
        ref var value = ref MemoryMarshal.GetReference(values);
        var (sum0, sum1, span0, span1) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<long>.Zero, Vector256<long>.Zero);
        var (limit, magic, offset) = (Vector256.Create(maxGap), Vector256.Create(TwoTo52), Vector256.Create(BitConverter.Int64BitsToDouble(TwoTo52)));
        nuint i = 0;
        for (var last = (nuint)(times.Length - 1); i + (2 * Lanes) <= last; i += 2 * Lanes)
        {
            Pair(ref time, ref value, i, limit, magic, offset, hold, ref sum0, ref span0);
            Pair(ref time, ref value, i + Lanes, limit, magic, offset, hold, ref sum1, ref span1);
        }
        twice = Vector256.Sum(sum0 + sum1);
        covered = Vector256.Sum(span0 + span1);
        return (int)i;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]
    private static void Pair(ref long time, ref double value, nuint at, Vector256<long> limit, Vector256<long> magic, Vector256<double> offset, bool hold, ref Vector256<double> sum, ref Vector256<long> span)
    {
        var gap = Vector256.LoadUnsafe(ref time, at + 1) - Vector256.LoadUnsafe(ref time, at);
        var (from, to) = (Vector256.LoadUnsafe(ref value, at), Vector256.LoadUnsafe(ref value, at + 1));
        var joined = ~Vector256.GreaterThan(gap, limit) & Vector256.Equals(from, from).AsInt64() & Vector256.Equals(to, to).AsInt64();
        gap &= joined;
        span += gap;
        var seconds = (gap | magic).AsDouble() - offset;
        sum += ((from + (hold ? from : to)) & joined.AsDouble()) * seconds;
    }
}
