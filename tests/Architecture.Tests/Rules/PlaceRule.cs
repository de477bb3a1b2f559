using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>No file speaks of the machine it was written on or of the place packages came from.</summary>
internal static partial class PlaceRule
{
    public static IEnumerable<string> Broken(string file, string text)
    {
        foreach (Match match in Private().Matches(text)) yield return $"{file} names a private folder: {match.Value}";
        foreach (Match match in Registry().Matches(text)) yield return $"{file} names a package registry: {match.Value}";
    }

    [GeneratedRegex(@"(?<![\w.~}\-])/(work|root)/[\w.\-]*")]
    private static partial Regex Private();

    [GeneratedRegex(@"(https?://[^/\s""'<>]*(nuget|npm|pypi|artifactory|nexus|jfrog)[^\s""'<>]*)|<package[S]ources>|\b(api\.nuget|registry\.npmjs|proxy\.golang)\.org", RegexOptions.IgnoreCase)]
    private static partial Regex Registry();
}
