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

    /// <summary>Drops all items before the last one at or before <paramref name="time"/>; returns how many.</summary>
    public static int Forget<T>(List<T> items, long time, Func<T, long> timeOf)
    {
        var count = Math.Max(0, LastAtOrBefore(items, time, timeOf));
        items.RemoveRange(0, count);
        return count;
    }

    /// <summary>Somebody asked for what was dropped.</summary>
    public static InvalidOperationException Forgotten(long time) =>
        new($"The plant has forgotten {DateTimeOffset.UnixEpoch.AddMicroseconds(time).ToString("O", System.Globalization.CultureInfo.InvariantCulture)}.");
}
