using System.IO.Compression;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Compresses payloads. Each gets memory of its own: it is under way until its acknowledgement.</summary>
internal sealed class Gzipped
{
    /// <summary>Below this, compressing gains nothing worth its header.</summary>
    public const int LeastBytes = 256;

    private readonly MemoryStream _packed = new();

    /// <summary>The payload, compressed.</summary>
    public ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> payload)
    {
        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Optimal, true)) gzip.Write(payload.Span);
        return _packed.ToArray();
    }
}
