using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.Records.Binary;

/// <summary>Reads what <see cref="ByteWriter"/> wrote. It never throws on bad bytes: it remembers the failure, and every later read yields zero.</summary>
/// <remarks>Ask <see cref="Failed"/> once at the end, and before trusting a count: lengths are checked against what is left before anything is allocated.</remarks>
public ref struct ByteReader(ReadOnlySpan<byte> bytes)
{
    private const int MaxKnown = 160;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>True once anything did not fit.</summary>
    public bool Failed { get; private set; }

    /// <summary>Bytes not yet read; 0 after a failure.</summary>
    public readonly int Remaining => _rest.Length;

    /// <summary>True where everything was read and nothing failed.</summary>
    public readonly bool AtEnd => !Failed && _rest.IsEmpty;

    /// <summary>One byte.</summary>
    public byte Byte()
    {
        if (_rest.IsEmpty) return (byte)Fail();
        var value = _rest[0];
        _rest = _rest[1..];
        return value;
    }

    /// <summary>Unsigned varint.</summary>
    public ulong Unsigned()
    {
        ulong value = 0;
        for (var i = 0; i < 10; i++)
        {
            if (i >= _rest.Length) return (ulong)Fail();
            var b = _rest[i];
            if (i == 9 && b > 1) return (ulong)Fail();
            value |= (ulong)(b & 0x7F) << (7 * i);
            if (b >= 0x80) continue;
            _rest = _rest[(i + 1)..];
            return value;
        }
        return (ulong)Fail();
    }

    /// <summary>Unsigned varint; fails where it is above <paramref name="max"/>.</summary>
    public ulong Unsigned(ulong max)
    {
        var value = Unsigned();
        return value > max ? (ulong)Fail() : value;
    }

    /// <summary>A byte as a signed number; fails where its size is above <paramref name="max"/>.</summary>
    public sbyte SByte(int max)
    {
        var value = (sbyte)Byte();
        return value < -max || value > max ? (sbyte)Fail() : value;
    }

    /// <summary>Signed zigzag varint.</summary>
    public long Signed()
    {
        var value = Unsigned();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    /// <summary>A signed varint that must fit 32 bits.</summary>
    public int Int32()
    {
        var value = Signed();
        return value is < int.MinValue or > int.MaxValue ? (int)Fail() : (int)value;
    }

    /// <summary>A count of items of at least <paramref name="minBytes"/> each; fails where more are claimed than bytes are left.</summary>
    public int Count(int minBytes = 1)
    {
        var value = Unsigned();
        return value > (ulong)(_rest.Length / minBytes) ? (int)Fail() : (int)value;
    }

    /// <summary>IEEE 754 double.</summary>
    public double Double()
    {
        if (_rest.Length < 8) return Fail();
        var value = BinaryPrimitives.ReadDoubleLittleEndian(_rest);
        _rest = _rest[8..];
        return value;
    }

    /// <summary>Length-prefixed UTF-8; the empty string without allocation.</summary>
    public string Text()
    {
        var length = Count();
        if (length == 0) return "";
        var text = Encoding.UTF8.GetString(_rest[..length]);
        _rest = _rest[length..];
        return text;
    }

    /// <summary>The same; where it is <paramref name="known"/>, that string, without allocation.</summary>
    public string Text(string known)
    {
        ArgumentNullException.ThrowIfNull(known);
        var length = Count();
        if (length == 0) return "";
        var bytes = _rest[..length];
        _rest = _rest[length..];
        Span<byte> expected = stackalloc byte[MaxKnown];
        return known.Length <= MaxKnown && Encoding.UTF8.TryGetBytes(known, expected, out var written) && bytes.SequenceEqual(expected[..written]) ? known : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>The next <paramref name="length"/> bytes as a view of the input; empty after a failure.</summary>
    public ReadOnlySpan<byte> Raw(int length)
    {
        if (length < 0 || length > _rest.Length)
        {
            Fail();
            return default;
        }
        var bytes = _rest[..length];
        _rest = _rest[length..];
        return bytes;
    }

    private long Fail()
    {
        Failed = true;
        _rest = default;
        return 0;
    }
}
