using System.Text.RegularExpressions;

namespace EdgeGateway.Tests.Documents;

/// <summary>The command lines that stand in documents.</summary>
internal static partial class DocumentCommands
{
    /// <summary>README, docs and the READMEs of projects, in both languages.</summary>
    public static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.Root, "README*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories).Where(f => !f.Contains("/node_modules/", StringComparison.Ordinal)));

    /// <summary>Lines of fenced blocks, and inline code, that begin with the program's name.</summary>
    public static IEnumerable<(string Place, string Command)> Lines(string file)
    {
        var fenced = false;
        foreach (var (line, number) in File.ReadLines(file).Select((l, i) => (l, i + 1)))
        {
            if (line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                fenced = !fenced;
                continue;
            }
            // In running text a command's name alone speaks of it and is no line to type.
            var commands = fenced ? [line.Trim()] : Inline().Matches(line).Select(m => m.Groups[1].Value).Where(c => c.Count(' '.Equals) > 1);
            foreach (var command in commands.Select(Program))
            {
                if (command is not null) yield return ($"{Path.GetRelativePath(Repository.Root, file)}:{number}", command);
            }
        }
    }

    /// <summary>What stands behind the program's name up to a comment, a pipe or a redirection; null where it is no command of ours.</summary>
    private static string? Program(string line)
    {
        var match = Ours().Match(line);
        if (!match.Success) return null;
        var command = Ending().Replace(line[match.Length..], "").Trim();
        // A name alone, a form with placeholders, or a list of alternatives is no command line.
        return command.Length == 0 || command.Contains('…', StringComparison.Ordinal) || command.Contains(" | ", StringComparison.Ordinal) || command.Contains('[', StringComparison.Ordinal) ? null : command;
    }

    /// <summary>The words of a command line, without quotes.</summary>
    public static IEnumerable<string> Arguments(string command) => Word().Matches(command).Select(m => m.Value.Trim('"', '\''));

    [GeneratedRegex(@"^(\$ )?(sudo (-u \S+ )?)?(out/)?(edgegateway|dotnet run --project src/EdgeGateway --)\s+")]
    private static partial Regex Ours();

    [GeneratedRegex("`(edgegateway [^`]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"\s+(#|>|\|\s|&&|2>).*$")]
    private static partial Regex Ending();

    [GeneratedRegex("""
        "[^"]*"|'[^']*'|\S+
        """)]
    private static partial Regex Word();
}
