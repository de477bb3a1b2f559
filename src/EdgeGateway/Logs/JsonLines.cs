using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace EdgeGateway.Logs;

/// <summary>Lines for programs: one JSON object a line with <c>time</c>, <c>level</c>, <c>part</c>, <c>message</c>, the values within it as <c>fields</c>, and <c>exception</c> where there is one.</summary>
/// <param name="output">Takes whole lines; owned.</param>
internal sealed class JsonLines(Stream output) : ILogTarget
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };
    private readonly ArrayBufferWriter<byte> _line = new(512);

    public void Write(in LogLine line)
    {
        _line.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(_line, Readable))
        {
            json.WriteStartObject();
            json.WriteString("time", line.Stamp);
            json.WriteString("level", line.Word);
            json.WriteString("part", line.Category);
            json.WriteString("message", line.Message);
            json.WriteStartObject("fields");
            foreach (var (name, value) in line.Values) json.WriteString(name, value);
            json.WriteEndObject();
            if (line.Exception is { } exception) json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        _line.Write("\n"u8);
        output.Write(_line.WrittenSpan);
        output.Flush();
    }

    public void Dispose() => output.Dispose();
}
