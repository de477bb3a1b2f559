using System.Text.RegularExpressions;

namespace Architecture.Tests.Rules;

/// <summary>The solution lists every project, so one build and one test run see them all.</summary>
internal static partial class SolutionRule
{
    public static IEnumerable<string> Broken(string solution, IReadOnlyCollection<string> projects)
    {
        var listed = Entry().Matches(solution).Select(m => m.Groups[1].Value.Replace('\\', '/')).ToArray();
        foreach (var path in projects.Except(listed)) yield return $"{path} is not in the solution";
        foreach (var path in listed.Except(projects)) yield return $"the solution lists {path}, which does not exist";
        foreach (var id in Id().Matches(solution).Select(m => m.Groups[1].Value).GroupBy(i => i).Where(g => g.Count() > 1)) yield return $"the solution uses the id {id.Key} twice";
    }

    [GeneratedRegex(@"^Project\([^)]*\) = ""[^""]*"", ""([^""]*\.csproj)""", RegexOptions.Multiline)]
    private static partial Regex Entry();

    [GeneratedRegex(@"^Project\(.*""(\{[^}]*\})""\s*$", RegexOptions.Multiline)]
    private static partial Regex Id();
}
