namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Finds the word that was probably meant.</summary>
public static class Spelling
{
    private const int MaxListed = 24;

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
            var distance = Distance(written, word);
            if (distance < best.Distance) best = (word, distance);
        }
        return best.Word;
    }

    /// <summary>Edits (insert, drop, replace, swap of neighbours) from one word to the other, ignoring case.</summary>
    internal static int Distance(string a, string b)
    {
        if (a.Length > 64 || b.Length > 64) return int.MaxValue;
        var rows = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++) rows[i, 0] = i;
        for (var j = 0; j <= b.Length; j++) rows[0, j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var same = Same(a[i - 1], b[j - 1]);
                var least = Math.Min(Math.Min(rows[i - 1, j] + 1, rows[i, j - 1] + 1), rows[i - 1, j - 1] + (same ? 0 : 1));
                if (i > 1 && j > 1 && Same(a[i - 1], b[j - 2]) && Same(a[i - 2], b[j - 1])) least = Math.Min(least, rows[i - 2, j - 2] + 1);
                rows[i, j] = least;
            }
        }
        return rows[a.Length, b.Length];
    }

    private static bool Same(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
