namespace EdgeGateway.Logs;

/// <summary>Lines for people: time, level, part, what. One line a message, whatever it holds; no colour.</summary>
/// <param name="output">Standard error; not owned.</param>
internal sealed class TextLines(TextWriter output) : ILogTarget
{
    public void Write(in LogLine line)
    {
        var text = line.Exception is null ? line.Message : $"{line.Message} {line.Exception}";
        // A name from a device or a file must not be able to forge a second line.
        output.WriteLine($"{line.Stamp} {line.Word,-5} {line.Category}: {text.ReplaceLineEndings(" | ")}");
    }

    public void Dispose()
    {
    }
}
