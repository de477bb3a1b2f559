namespace EdgeGateway.FirmwareSim.Plants;

/// <summary>Search in lists that ascend by time.</summary>
internal static class Track
{
    /// <summary>Index of the last item whose time is at or before <paramref name="time"/>, or -1.</summary>
    public static int LastAtOrBefore<T>(List<T> items, long time, Func<T, long> timeOf)
    {
        int low = 0, high = items.Count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (timeOf(items[middle]) <= time) low = middle + 1;
            else high = middle;
        }

        return low - 1;
    }
}
