namespace EdgeGateway.Metering.Kernels;

/// <summary>Finds where windows begin in a column of times.</summary>
public static class WindowSearch
{
    /// <summary>Index of the first time at or after <paramref name="at"/>, from <paramref name="from"/> on: gallops, since the next window begins near.</summary>
    /// <param name="times">Never falling.</param>
    /// <param name="at">Sought time.</param>
    /// <param name="from">Index before which all times lie before <paramref name="at"/>.</param>
    public static int First(ReadOnlySpan<long> times, long at, int from)
    {
        if (from >= times.Length || times[from] >= at) return from;
        var (low, stride) = (from, 1);
        while (low + stride < times.Length && times[low + stride] < at)
        {
            low += stride;
            // Never past the end, whatever the column's length.
            stride = Math.Min(stride * 2, 1 << 29);
        }
        var high = (int)Math.Min((long)low + stride, times.Length);
        while (low + 1 < high)
        {
            var middle = (low + high) >>> 1;
            if (times[middle] < at) low = middle;
            else high = middle;
        }
        return high;
    }
}
