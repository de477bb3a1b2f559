using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeGateway.Metering.Kernels;

/// <summary>What a counter moved by over a stretch of history. Allocates nothing.</summary>
public static class StepKernel
{
    private const int Lanes = 4;

    /// <summary>Forward steps summed, and how often it fell; exact, and wrapping like <see cref="long"/> where the sum is beyond it.</summary>
    public static (long Steps, long Falls) Of(ReadOnlySpan<long> counts)
    {
        var (steps, falls, at) = (0L, 0L, 0);
        if (counts.Length > Lanes)
        {
            ref var first = ref MemoryMarshal.GetReference(counts);
            var (forward, back) = (Vector256<long>.Zero, Vector256<long>.Zero);
            nuint i = 0;
            for (var last = (nuint)(counts.Length - 1); i + Lanes <= last; i += Lanes)
            {
                var (from, to) = (Vector256.LoadUnsafe(ref first, i), Vector256.LoadUnsafe(ref first, i + 1));
                forward += (to - from) & Vector256.GreaterThan(to, from);
                back -= Vector256.GreaterThan(from, to);
            }
            (steps, falls, at) = (Vector256.Sum(forward), Vector256.Sum(back), (int)i);
        }
        for (; at + 1 < counts.Length; at++)
        {
            if (counts[at + 1] > counts[at]) steps += counts[at + 1] - counts[at];
            else if (counts[at + 1] < counts[at]) falls++;
        }
        return (steps, falls);
    }
}
