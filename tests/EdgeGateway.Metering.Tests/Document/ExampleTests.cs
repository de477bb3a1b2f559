namespace EdgeGateway.Metering.Tests.Document;

/// <summary>Runs every example of docs/metering.md, so that the page cannot drift from the program.</summary>
public sealed class ExampleTests
{
    private const string Fence = "```";

    [Fact]
    public void Every_example_of_the_document_holds()
    {
        using var reader = new StreamReader(typeof(ExampleTests).Assembly.GetManifestResourceStream("metering.md")!);
        var (number, faults, count) = (0, new List<string>(), 0);
        List<string>? lines = null;
        var begun = 0;
        while (reader.ReadLine() is { } line)
        {
            number++;
            if (line == Fence + "example") (lines, begun) = ([], number);
            else if (line == Fence && lines is not null)
            {
                if (Record.Exception(new Example(lines).Check) is { } fault) faults.Add($"docs/metering.md({begun}): {fault.Message}");
                (lines, count) = (null, count + 1);
            }
            else lines?.Add(line);
        }
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.True(count >= 15, "The document has lost its examples.");
    }
}
