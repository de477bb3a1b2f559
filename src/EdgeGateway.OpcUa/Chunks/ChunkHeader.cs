using System.Buffers.Binary;

namespace EdgeGateway.OpcUa.Chunks;

/// <summary>Type of a chunk: its first three bytes (OPC 10000-6, 6.7.2.2 and 7.1.2.2).</summary>
public enum ChunkType : byte
{
    /// <summary>None of the known ones.</summary>
    Unknown = 0,
    /// <summary>HEL.</summary>
    Hello,
    /// <summary>ACK.</summary>
    Acknowledge,
    /// <summary>ERR.</summary>
    Error,
    /// <summary>OPN.</summary>
    Open,
    /// <summary>MSG.</summary>
    Message,
    /// <summary>CLO.</summary>
    Close,
}

/// <summary>The first eight bytes of every chunk: type, final flag, size.</summary>
/// <param name="Type">Its type.</param>
/// <param name="Flag"><c>F</c> final, <c>C</c> more follow, <c>A</c> aborted.</param>
/// <param name="Size">All its bytes, these eight included.</param>
public readonly record struct ChunkHeader(ChunkType Type, byte Flag, uint Size)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 8;

    /// <summary>The last chunk of its message.</summary>
    public const byte Final = (byte)'F';

    /// <summary>More chunks follow.</summary>
    public const byte Continued = (byte)'C';

    /// <summary>The sender gave the message up.</summary>
    public const byte Aborted = (byte)'A';

    /// <summary>Reads the first eight bytes; only MSG may be continued or aborted.</summary>
    /// <returns>False for an unknown type or a flag that does not fit.</returns>
    public static bool TryRead(ReadOnlySpan<byte> eight, out ChunkHeader header)
    {
        var type = (eight[0], eight[1], eight[2]) switch
        {
            ((byte)'M', (byte)'S', (byte)'G') => ChunkType.Message,
            ((byte)'O', (byte)'P', (byte)'N') => ChunkType.Open,
            ((byte)'E', (byte)'R', (byte)'R') => ChunkType.Error,
            ((byte)'A', (byte)'C', (byte)'K') => ChunkType.Acknowledge,
            ((byte)'C', (byte)'L', (byte)'O') => ChunkType.Close,
            ((byte)'H', (byte)'E', (byte)'L') => ChunkType.Hello,
            _ => ChunkType.Unknown,
        };
        header = new ChunkHeader(type, eight[3], BinaryPrimitives.ReadUInt32LittleEndian(eight[4..]));
        return type != ChunkType.Unknown && (header.Flag == Final || (type == ChunkType.Message && header.Flag is Continued or Aborted));
    }

    /// <summary>Writes the header of a chunk.</summary>
    public static void Write(Span<byte> eight, ReadOnlySpan<byte> type, byte flag, int size)
    {
        type.CopyTo(eight);
        eight[3] = flag;
        BinaryPrimitives.WriteInt32LittleEndian(eight[4..], size);
    }
}
