using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Records.Binary;

/// <summary>Writes the durable encodings: little-endian integers, LEB128 varints (zigzag for signed), length-prefixed UTF-8.</summary>
/// <remarks>Borrows the writer for its own life; allocates nothing itself. Single-threaded.</remarks>
public readonly ref struct ByteWriter(IBufferWriter<byte> output)
{
    private readonly IBufferWriter<byte> _output = output;

    /// <summary>One byte.</summary>
    public void Byte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }

    /// <summary>Unsigned varint, 1 to 10 bytes.</summary>
    public void Unsigned(ulong value)
    {
        var span = _output.GetSpan(10);
        var n = 0;
        while (value >= 0x80)
        {
            span[n++] = (byte)(value | 0x80);
            value >>= 7;
        }
        span[n++] = (byte)value;
        _output.Advance(n);
    }

    /// <summary>Signed zigzag varint, 1 to 10 bytes.</summary>
    public void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    /// <summary>IEEE 754 double, 8 bytes.</summary>
    public void Double(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(_output.GetSpan(8), value);
        _output.Advance(8);
    }

    /// <summary>Length in bytes as varint, then UTF-8.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)length);
        if (length == 0) return;
        Encoding.UTF8.GetBytes(text, _output.GetSpan(length));
        _output.Advance(length);
    }

    /// <summary>Bytes as they are, without a length.</summary>
    public void Raw(ReadOnlySpan<byte> bytes) => _output.Write(bytes);
}
