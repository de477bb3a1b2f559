namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Finds the full-width signs of a Chinese input method where YAML wants ordinary ones: the likeliest cause of a fault on such a line.</summary>
internal static class FullWidthSigns
{
    private const string Wide = "：，｛｝［］＃“”‘’";
    private const string Ordinary = ":,{}[]#\"\"''";

    /// <summary>A sentence about the first such sign outside quotes and comments, or "".</summary>
    public static string Hint(ReadOnlySpan<char> line)
    {
        var quote = '\0';
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quote != '\0')
            {
                if (c == quote) quote = '\0';
                continue;
            }
            if (c is '"' or '\'') quote = c;
            else if (c == '#' && (i == 0 || line[i - 1] == ' ')) return "";
            else if (Wide.IndexOf(c, StringComparison.Ordinal) is >= 0 and var at) return $" The line holds the full-width sign '{c}': write the ordinary '{Ordinary[at]}'.";
        }
        return "";
    }
}
