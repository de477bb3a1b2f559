using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Documents;

/// <summary>Every command line in a document, README and docs in both languages, is one that the binary understands: command, options and number of arguments.</summary>
public sealed class CommandLineTests
{
    [Fact]
    public async Task Every_command_in_the_documents_is_understood()
    {
        var lines = DocumentCommands.Documents().SelectMany(DocumentCommands.Lines).ToList();
        Assert.True(lines.Count > 30, $"only {lines.Count} commands were found in the documents");
        var wrong = new List<string>();
        foreach (var group in lines.GroupBy(l => l.Command).Chunk(4))
        {
            await Task.WhenAll(group.Select(async same =>
            {
                // As a diagram nothing is done; what is misspelt or missing is refused all the same.
                var (code, output) = await GatewayProcess.RunAsync(["[diagram]", .. DocumentCommands.Arguments(same.Key)]);
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
        var (code, _) = await GatewayProcess.RunAsync(["[diagram]", .. DocumentCommands.Arguments(command)]);
        Assert.Equal(2, code);
    }
}
