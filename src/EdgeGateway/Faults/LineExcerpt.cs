using System.Globalization;
using System.Text;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.Faults;

/// <summary>The line of a fault and below it a caret, for a terminal of fixed width. Values of keys that are called like secrets are starred.</summary>
internal static class LineExcerpt
{
    private const int Before = 60, Width = 100;
    private static readonly string[] Secrets = ["password", "token", "key", "secret", "passphrase"];

    /// <summary>Two lines, or none where the text has no such line.</summary>
    public static IReadOnlyList<string> Of(string text, Mark mark)
    {
        if (Line(text, mark.Line) is not { } found) return [];
        var line = Masked(found.Replace('\t', ' '));
        var at = Math.Clamp(mark.Column - 1, 0, line.Length);
        var from = at > Before ? at - Before : 0;
        // Never half of a character.
        if (from > 0 && char.IsLowSurrogate(line[from])) from--;
        var until = Math.Min(line.Length, from + Width);
        if (until < line.Length && char.IsLowSurrogate(line[until])) until++;
        var number = string.Create(CultureInfo.InvariantCulture, $"{mark.Line,5} | ");
        var lead = from > 0 ? "… " : "";
        return
        [
            number + lead + line[from..until] + (until < line.Length ? " …" : ""),
            "      | " + new string(' ', TerminalWidth.Of(lead) + TerminalWidth.Of(line.AsSpan(from, at - from))) + "^",
        ];
    }

    private static string Masked(string line)
    {
        var masked = line.ToCharArray();
        foreach (var word in Secrets)
        {
            for (var at = line.IndexOf(word, StringComparison.OrdinalIgnoreCase); at >= 0; at = line.IndexOf(word, at + 1, StringComparison.OrdinalIgnoreCase))
            {
                var colon = line.IndexOf(':', at);
                if (colon < 0) break;
                var end = End(line, colon + 1);
                // What stands for a secret is no secret.
                if (line.AsSpan(colon, end - colon).Contains("${", StringComparison.Ordinal) || line.AsSpan(at + word.Length, colon - at - word.Length).ContainsAny(" ,{}")) continue;
                for (var i = colon + 1; i < end; i++)
                {
                    if (masked[i] is not (' ' or '"' or '\'')) masked[i] = '*';
                }
            }
        }
        return new string(masked);
    }

    private static int End(string line, int from)
    {
        while (from < line.Length && line[from] == ' ') from++;
        if (from < line.Length && line[from] is '"' or '\'')
        {
            var close = line.IndexOf(line[from], from + 1);
            return close < 0 ? line.Length : close;
        }
        var end = line.AsSpan(from).IndexOfAny(',', '}', '#');
        return end < 0 ? line.Length : from + end;
    }

    private static string? Line(string text, int number)
    {
        var rest = text.AsSpan().TrimStart('\uFEFF');
        for (var i = 1; ; i++)
        {
            var end = rest.IndexOfAny('\r', '\n');
            if (i == number) return (end < 0 ? rest : rest[..end]).ToString();
            if (end < 0) return null;
            rest = rest[(end + (rest[end] == '\r' && end + 1 < rest.Length && rest[end + 1] == '\n' ? 2 : 1))..];
        }
    }
}
