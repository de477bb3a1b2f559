using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>A reusable buffer and writer: renders any number of payloads one after the other without allocating. One owner at a time.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private const int FirstSize = 1024;
    private const int KeptSize = 256 * 1024;

    // Names in Chinese stay readable (and short); what HTML gives a meaning is still escaped, should a page ever inline a payload.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.Create(UnicodeRanges.All), SkipValidation = true };

    private readonly Utf8JsonWriter _writer;
    private ArrayBufferWriter<byte> _bytes = new(FirstSize);

    public JsonBuffer() => _writer = new Utf8JsonWriter(_bytes, Options);

    /// <summary>Empties the buffer and lends its writer until <see cref="End"/>.</summary>
    public Utf8JsonWriter Begin()
    {
        if (_bytes.Capacity > KeptSize) _bytes = new ArrayBufferWriter<byte>(FirstSize);
        _bytes.ResetWrittenCount();
        _writer.Reset(_bytes);
        return _writer;
    }

    /// <summary>The payload; valid until the next <see cref="Begin"/>.</summary>
    public ReadOnlyMemory<byte> End()
    {
        _writer.Flush();
        return _bytes.WrittenMemory;
    }

    public void Dispose() => _writer.Dispose();
}
