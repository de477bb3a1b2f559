namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    private const int MaxListed = 32;
    private const int MaxCompared = 160;

    /// <summary><c>; did you mean 'x'?</c> where one of <paramref name="words"/> is near, else "".</summary>
    public static string Hint(string written, IEnumerable<string> words) => Nearest(written, words) is { } near ? $"; did you mean '{near}'?" : "";

    /// <summary>The end of a sentence: <c>; did you mean 'x'?</c> where one of <paramref name="words"/> is near, else all of them where they are few.</summary>
    public static string Ending(string written, IEnumerable<string> words)
    {
        var all = words as IReadOnlyCollection<string> ?? [.. words];
        if (Nearest(written, all) is { } near) return $"; did you mean '{near}'?";
        return all.Count is > 0 and <= MaxListed ? $"; known: {string.Join(", ", all)}." : ".";
    }

    /// <summary>The nearest of <paramref name="words"/>, or null where none is near.</summary>
    public static string? Nearest(string written, IEnumerable<string> words)
    {
        var best = (Word: (string?)null, Distance: 1 + Math.Min(2, written.Length / 2));
        foreach (var word in words)
        {
            var distance = Distance(written, word, best.Distance);
            if (distance < best.Distance) best = (word, distance);
        }
        return best.Word;
    }

    /// <summary>Edits (insert, drop, replace, swap of neighbours) from one word to the other, ignoring case; <paramref name="limit"/> or more is all alike.</summary>
    internal static int Distance(ReadOnlySpan<char> a, ReadOnlySpan<char> b, int limit = int.MaxValue)
    {
        if (a.Length > MaxCompared || b.Length > MaxCompared || Math.Abs(a.Length - b.Length) >= limit) return limit;
        Span<int> before = stackalloc int[MaxCompared + 1], last = stackalloc int[MaxCompared + 1], row = stackalloc int[MaxCompared + 1];
        for (var j = 0; j <= b.Length; j++) last[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            row[0] = i;
            var lowest = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var least = Math.Min(Math.Min(last[j] + 1, row[j - 1] + 1), last[j - 1] + (Same(a[i - 1], b[j - 1]) ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) least = Math.Min(least, before[j - 2] + 1);
                row[j] = least;
                lowest = Math.Min(lowest, least);
            }

            // A swap may still save one.
            if (lowest > limit) return limit;
            var spare = before;
            before = last;
            last = row;
            row = spare;
        }
        return Math.Min(last[b.Length], limit);
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
