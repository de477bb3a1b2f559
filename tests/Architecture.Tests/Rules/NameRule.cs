using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>Projects, folders and files are called by what they are.</summary>
internal static partial class NameRule
{
    private static readonly string[] _vague = ["Util", "Utils", "Utility", "Utilities", "Helper", "Helpers", "Manager", "Managers", "Common"];

    public static IEnumerable<string> Broken(IEnumerable<string> files) =>
        from file in files
        where file.EndsWith(".cs", StringComparison.Ordinal) || file.EndsWith(".csproj", StringComparison.Ordinal)
        let word = Words().Matches(file).Select(m => m.Value).FirstOrDefault(w => _vague.Contains(w, StringComparer.OrdinalIgnoreCase))
        where word is not null
        select $"{file}: '{word}' says nothing about what it holds";

    [GeneratedRegex("[A-Z]+(?![a-z])|[A-Z]?[a-z]+")]
    private static partial Regex Words();
}
