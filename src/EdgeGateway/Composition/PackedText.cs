using System.IO.Compression;
using System.Text;

namespace EdgeGateway.Composition;

/// <summary>A text that is kept for long and read seldom: the effective map of a large plant is megabytes of almost the same lines. Immutable.</summary>
internal sealed class PackedText
{
    private readonly byte[] _bytes;

    /// <summary>Packs a text.</summary>
    public PackedText(string text)
    {
        using var packed = new MemoryStream();
        using (var writer = new StreamWriter(new DeflateStream(packed, CompressionLevel.Fastest), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false))) writer.Write(text);
        _bytes = packed.ToArray();
    }

    /// <summary>The text, made anew.</summary>
    public string Read()
    {
        using var reader = new StreamReader(new DeflateStream(new MemoryStream(_bytes, writable: false), CompressionMode.Decompress), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        return reader.ReadToEnd();
    }
}
