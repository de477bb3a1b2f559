namespace EdgeGateway.OpcUa.Chunks;

/// <summary>What a scan found.</summary>
public enum ScanStatus : byte
{
    /// <summary>The chunk is not complete; all data were taken.</summary>
    NeedMore = 0,
    /// <summary>A whole chunk.</summary>
    Chunk,
    /// <summary>No chunk of this protocol begins here; the line is beyond repair.</summary>
    BadHeader,
    /// <summary>The chunk claims less than a header or more than was agreed.</summary>
    BadSize,
}

/// <summary>Cuts a byte stream into chunks, at any split. Holds at most one chunk, of the agreed size: a larger claim is refused before anything is kept (CVE-2022-21208).</summary>
/// <param name="limit">Largest chunk, bytes: the receive buffer offered in HEL.</param>
public sealed class ChunkScanner(int limit)
{
    private readonly byte[] _buffer = new byte[limit];
    private int _length;
    private int _size;

    /// <summary>Takes bytes from <paramref name="data"/> until a chunk is whole.</summary>
    /// <param name="data">What arrived; advanced past what was taken.</param>
    /// <param name="header">The chunk's header.</param>
    /// <param name="chunk">The chunk; changeable, valid until the next call.</param>
    public ScanStatus Scan(ref ReadOnlySpan<byte> data, out ChunkHeader header, out Span<byte> chunk)
    {
        header = default;
        chunk = default;
        if (_size == 0)
        {
            Take(ref data, ChunkHeader.Length);
            if (_length < ChunkHeader.Length) return ScanStatus.NeedMore;
            if (!ChunkHeader.TryRead(_buffer, out header)) return ScanStatus.BadHeader;
            if (header.Size < ChunkHeader.Length || header.Size > _buffer.Length) return ScanStatus.BadSize;
            _size = (int)header.Size;
        }
        Take(ref data, _size);
        if (_length < _size) return ScanStatus.NeedMore;
        ChunkHeader.TryRead(_buffer, out header);
        chunk = _buffer.AsSpan(0, _size);
        _length = _size = 0;
        return ScanStatus.Chunk;
    }

    private void Take(ref ReadOnlySpan<byte> data, int upTo)
    {
        var n = Math.Min(upTo - _length, data.Length);
        data[..n].CopyTo(_buffer.AsSpan(_length));
        data = data[n..];
        _length += n;
    }
}
