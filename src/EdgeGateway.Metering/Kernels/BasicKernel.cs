using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGateway.Metering.Kernels;

/// <summary>Sum, least, greatest and count of a column of numbers, 16 a turn. Allocates nothing.</summary>
/// <remarks>The order of additions is not that of the column: sums of integers are exact, others differ from a plain loop's in the last places.</remarks>
public static class BasicKernel
{
    private const int Lanes = 4, Turn = 4 * Lanes;

    /// <summary>Summarises <paramref name="values"/>, which is only read.</summary>
    public static BasicSummary Of(ReadOnlySpan<double> values)
    {
        var summary = BasicSummary.None;
        var whole = values.Length - (values.Length % Turn);
        if (whole > 0) summary = OfTurns(values[..whole]);
        var (sum, min, max, count) = (0.0, double.PositiveInfinity, double.NegativeInfinity, 0L);
        foreach (var value in values[whole..])
        {
            if (double.IsNaN(value)) continue;
            sum += value;
            min = Math.Min(min, value);
            max = Math.Max(max, value);
            count++;
        }
        return summary.With(new BasicSummary(sum, min, max, count));
    }

    private static BasicSummary OfTurns(ReadOnlySpan<double> values)
    {
        ref var first = ref MemoryMarshal.GetReference(values);
        // Four of each: an addition takes four cycles, and two can begin in each.
        var (s0, s1, s2, s3) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        var (low, high) = (Vector256.Create(double.PositiveInfinity), Vector256.Create(double.NegativeInfinity));
        var (m0, m1, x0, x1) = (low, low, high, high);
        var (c0, c1) = (Vector256<long>.Zero, Vector256<long>.Zero);
        for (nuint i = 0; i < (nuint)values.Length; i += Turn)
        {
            var v0 = Vector256.LoadUnsafe(ref first, i);
            var v1 = Vector256.LoadUnsafe(ref first, i + Lanes);
            var v2 = Vector256.LoadUnsafe(ref first, i + (2 * Lanes));
            var v3 = Vector256.LoadUnsafe(ref first, i + (3 * Lanes));
            var (n0, n1, n2, n3) = (Vector256.Equals(v0, v0), Vector256.Equals(v1, v1), Vector256.Equals(v2, v2), Vector256.Equals(v3, v3));
            s0 += v0 & n0;
            s1 += v1 & n1;
            s2 += v2 & n2;
            s3 += v3 & n3;
            // What is no number must not be compared: processors disagree about what comes of it.
            m0 = Vector256.MinNative(Vector256.ConditionalSelect(n0, v0, low), m0);
            m1 = Vector256.MinNative(Vector256.ConditionalSelect(n1, v1, low), m1);
            m0 = Vector256.MinNative(Vector256.ConditionalSelect(n2, v2, low), m0);
            m1 = Vector256.MinNative(Vector256.ConditionalSelect(n3, v3, low), m1);
            x0 = Vector256.MaxNative(Vector256.ConditionalSelect(n0, v0, high), x0);
            x1 = Vector256.MaxNative(Vector256.ConditionalSelect(n1, v1, high), x1);
            x0 = Vector256.MaxNative(Vector256.ConditionalSelect(n2, v2, high), x0);
            x1 = Vector256.MaxNative(Vector256.ConditionalSelect(n3, v3, high), x1);
            c0 -= n0.AsInt64() + n1.AsInt64();
            c1 -= n2.AsInt64() + n3.AsInt64();
        }
        return new BasicSummary(Vector256.Sum((s0 + s1) + (s2 + s3)), Least(m0, m1), Greatest(x0, x1), Vector256.Sum(c0 + c1));
    }

    private static double Least(Vector256<double> a, Vector256<double> b)
    {
        var both = Vector256.MinNative(a, b);
        return Math.Min(Math.Min(both[0], both[1]), Math.Min(both[2], both[3]));
    }

    private static double Greatest(Vector256<double> a, Vector256<double> b)
    {
        var both = Vector256.MaxNative(a, b);
        return Math.Max(Math.Max(both[0], both[1]), Math.Max(both[2], both[3]));
    }
}
