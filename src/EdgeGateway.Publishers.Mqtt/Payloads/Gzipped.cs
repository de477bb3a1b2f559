using System.IO.Compression;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Compresses payloads. Each gets memory of its own: it is under way until its acknowledgement.</summary>
internal static class Gzipped
{
    /// <summary>Below this, compressing gains nothing worth its header.</summary>
    public const int LeastBytes = 256;

    /// <summary>The payload, compressed.</summary>
    public static ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> payload)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, true)) gzip.Write(payload.Span);
        return packed.ToArray();
    }
}
