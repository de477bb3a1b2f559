using System.Text.RegularExpressions;
using Architecture.Tests.Tree;

namespace Architecture.Tests.Rules;

/// <summary>Files stay small, and a namespace is the folder it lies in.</summary>
internal static partial class SourceRule
{
    public const int MostLines = 350;

    public static IEnumerable<string> TooLong(string file, string text)
    {
        var lines = text.AsSpan().Count('\n') + (text.EndsWith('\n') ? 0 : 1);
        if (lines > MostLines) yield return $"{file} has {lines} lines (at most {MostLines})";
    }

    public static IEnumerable<string> Misplaced(ProjectFile project, string file, string text)
    {
        var folders = Path.GetDirectoryName(file)!.Replace('\\', '/')[project.Folder.Length..];
        var expected = project.RootNamespace + folders.Replace('/', '.');
        var found = Namespace().Matches(text).Select(m => m.Groups[1].Value).ToArray();
        // An entry point of top-level statements and assembly attributes lie in no namespace.
        if (found.Length == 0 && Path.GetFileName(file) is not ("Program.cs" or "AssemblyInfo.cs" or "GlobalUsings.cs")) yield return $"{file} declares no namespace";
        foreach (var name in found.Where(n => n != expected)) yield return $"{file} declares {name} instead of {expected}";
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Namespace();
}
