using System.Buffers;

namespace EdgeGateway.Records.Samples;

/// <summary>Durable form of a block's samples in the input log. Points are named by persisted id, never by slot.</summary>
/// <remarks>
/// The codec number stands beside the body in the log. A new one is read by the release before the one that writes it, so that a step back finds nothing it cannot read;
/// old ones are read for good.
/// </remarks>
public static class SampleBlockCodec
{
    /// <summary>The first codec: a row a sample. Read only.</summary>
    public const byte Plain = 1;

    /// <summary>The codec this class writes: columns as runs, values in their shortest form.</summary>
    public const byte Packed = 2;

    /// <summary>Samples that a body may hold at most; a count beyond is damage, found before anything is allocated by it.</summary>
    public const int MostRows = 65_536;

    /// <summary>Appends <paramref name="block"/> to <paramref name="output"/> in codec <see cref="Packed"/>.</summary>
    /// <param name="block">Read only; stays the caller's.</param>
    /// <param name="pointIds">Persisted id of each slot of the plan in force.</param>
    /// <param name="output">Receives the body.</param>
    public static void Encode(SampleBlock block, ReadOnlySpan<int> pointIds, IBufferWriter<byte> output)
    {
        ArgumentNullException.ThrowIfNull(block);
        if (block.Count > MostRows) throw new ArgumentException("A block holds at most 65 536 samples.", nameof(block));
        PackedRows.Encode(block, pointIds, output);
    }

    /// <summary>Reads a body of codec <paramref name="codec"/> row by row into <paramref name="sink"/>.</summary>
    /// <returns>False where the codec is unknown or the body is damaged; rows before the damage have been delivered.</returns>
    public static bool TryDecode<TSink>(byte codec, ReadOnlySpan<byte> body, ref TSink sink) where TSink : ISampleRowSink, allows ref struct => codec switch
    {
        Plain => PlainRows.TryDecode(body, ref sink),
        Packed => PackedRows.TryDecode(body, ref sink),
        _ => false,
    };

    /// <summary>How many rows a body may deliver at most: what a reader makes room for.</summary>
    public static int RowsOf(byte codec, ReadOnlySpan<byte> body)
    {
        var reader = new Binary.ByteReader(body);
        var count = reader.Unsigned();
        return reader.Failed || count > MostRows || codec == Plain && count > (ulong)(body.Length / PlainRows.LeastBytes) ? 0 : (int)count;
    }
}

/// <summary>Receives decoded samples, one call a row, in the order they were written.</summary>
public interface ISampleRowSink
{
    /// <summary>One sample of the point with persisted id <paramref name="pointId"/>; columns as in <see cref="SampleBlock"/>.</summary>
    void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text);
}
