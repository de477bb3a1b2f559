using System.Text.RegularExpressions;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Documents;

/// <summary>Every command line in a document, README and docs in both languages, is one that the binary understands: command, options and number of arguments.</summary>
public sealed partial class CommandLineTests
{
    [Fact]
    public async Task Every_command_in_the_documents_is_understood()
    {
        var lines = Documents().SelectMany(Lines).ToList();
        Assert.True(lines.Count > 30, $"only {lines.Count} commands were found in the documents");
        var wrong = new List<string>();
        foreach (var group in lines.GroupBy(l => l.Command).Chunk(4))
        {
            await Task.WhenAll(group.Select(async same =>
            {
                // As a diagram nothing is done; what is misspelt or missing is refused all the same.
                var (code, output) = await GatewayProcess.RunAsync(["[diagram]", .. Arguments(same.Key)]);
                if (code != 0)
                {
                    lock (wrong) wrong.Add($"{same.First().Place}: {same.Key}\n    {output.ReplaceLineEndings(" ")}");
                }
            }));
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Order(StringComparer.Ordinal)));
    }

    [Theory]
    [InlineData("valdate plant.yaml")]
    [InlineData("validate")]
    [InlineData("validate plant.yaml --loud")]
    public async Task A_command_that_is_misspelt_is_not(string command)
    {
        var (code, _) = await GatewayProcess.RunAsync(["[diagram]", .. Arguments(command)]);
        Assert.Equal(2, code);
    }

    private static IEnumerable<string> Documents() =>
        Directory.GetFiles(Repository.Root, "README*.md").Concat(Directory.GetFiles(Path.Combine(Repository.Root, "docs"), "*.md"))
            .Concat(Directory.GetFiles(Path.Combine(Repository.Root, "src"), "README.md", SearchOption.AllDirectories));

    /// <summary>Lines of fenced blocks, and inline code, that begin with the program's name.</summary>
    private static IEnumerable<(string Place, string Command)> Lines(string file)
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

    private static IEnumerable<string> Arguments(string command) => Word().Matches(command).Select(m => m.Value.Trim('"', '\''));

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
