using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>A silenced warning gives its reason beside it.</summary>
internal static partial class SuppressionRule
{
    public static IEnumerable<string> Broken(string file, string text)
    {
        var lines = text.Split('\n');
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            var above = i > 0 ? lines[i - 1].Trim() : "";
            if (PragmaDisable().IsMatch(line) && !line.Contains("//", StringComparison.Ordinal) && !above.StartsWith("//", StringComparison.Ordinal))
                yield return $"{file}:{i + 1} disables a warning without a reason";
            // `SuppressMessage(` spans lines at times: the justification is looked for up to the closing bracket.
            if (Suppress().IsMatch(line) && !Justified().IsMatch(string.Join('\n', lines.Skip(i).Take(4)).Split(")]")[0]))
                yield return $"{file}:{i + 1} suppresses a message without a Justification";
            if (Silenced().IsMatch(line) && !lines.Skip(Math.Max(0, i - 2)).Take(3).Any(l => l.Contains("-->", StringComparison.Ordinal)))
                yield return $"{file}:{i + 1} silences warnings without a comment";
        }
    }

    [GeneratedRegex(@"^#pragma\s+warning\s+disable")]
    private static partial Regex PragmaDisable();

    [GeneratedRegex(@"^\[(assembly: |module: )?(Unconditional)?SuppressMessage\(")]
    private static partial Regex Suppress();

    [GeneratedRegex("Justification = \"[^\"]")]
    private static partial Regex Justified();

    [GeneratedRegex(@"<(NoWarn|WarningsNotAsErrors|MSBuildWarningsAsMessages)\b[^/]*>[^<]")]
    private static partial Regex Silenced();
}
