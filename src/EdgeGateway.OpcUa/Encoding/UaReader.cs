using System.Buffers.Binary;
using System.Text;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Reads the UA binary encoding from a span (OPC 10000-6, 5.2). The first fault sticks: later reads give zeros and move nothing, so a caller may check once at the end.</summary>
/// <remarks>No length or count is believed before it is compared with what is left. Nesting is limited by <see cref="MaxDepth"/>. Allocates only where a method returns a text or an array.</remarks>
public ref struct UaReader
{
    /// <summary>Deepest nesting of Variants, DataValues, DiagnosticInfos and structures.</summary>
    public const int MaxDepth = 100;

    private readonly ReadOnlySpan<byte> _data;
    private int _at;
    private int _depth;

    /// <summary>Reads <paramref name="data"/> from its begin.</summary>
    public UaReader(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>Everything that is read from; positions count from its begin.</summary>
    public readonly ReadOnlySpan<byte> Data => _data;

    /// <summary>Position of the next byte.</summary>
    public readonly int Position => _at;

    /// <summary>Bytes left.</summary>
    public readonly int Remaining => _data.Length - _at;

    /// <summary>The first fault, or none.</summary>
    public DecodeFault Fault { get; private set; }

    /// <summary>True after the first fault.</summary>
    public readonly bool Failed => Fault != DecodeFault.None;

    /// <summary>Notes a fault, unless there is one.</summary>
    public void Fail(DecodeFault fault)
    {
        if (Fault == DecodeFault.None) Fault = fault;
        // Nothing is left to read, so no later read can succeed.
        _at = _data.Length;
    }

    /// <summary>The next <paramref name="length"/> bytes, or an empty span and a fault.</summary>
    public ReadOnlySpan<byte> Take(int length)
    {
        if ((uint)length > (uint)Remaining)
        {
            Fail(DecodeFault.Truncated);
            return default;
        }
        var span = _data.Slice(_at, length);
        _at += length;
        return span;
    }

    /// <summary>Moves on by <paramref name="length"/> bytes.</summary>
    public void Skip(int length) => Take(length);

    /// <summary>A byte.</summary>
    public byte Byte()
    {
        if (_at >= _data.Length)
        {
            Fail(DecodeFault.Truncated);
            return 0;
        }
        return _data[_at++];
    }

    /// <summary>A Boolean: every byte but 0 is true.</summary>
    public bool Boolean() => Byte() != 0;

    /// <summary>Two bytes.</summary>
    public ushort UInt16() => Take(2) is { Length: 2 } s ? BinaryPrimitives.ReadUInt16LittleEndian(s) : (ushort)0;

    /// <summary>Four bytes.</summary>
    public uint UInt32() => Take(4) is { Length: 4 } s ? BinaryPrimitives.ReadUInt32LittleEndian(s) : 0;

    /// <summary>Four bytes, signed.</summary>
    public int Int32() => (int)UInt32();

    /// <summary>Eight bytes.</summary>
    public ulong UInt64() => Take(8) is { Length: 8 } s ? BinaryPrimitives.ReadUInt64LittleEndian(s) : 0;

    /// <summary>Eight bytes, signed.</summary>
    public long Int64() => (long)UInt64();

    /// <summary>A double.</summary>
    public double Double() => BitConverter.UInt64BitsToDouble(UInt64());

    /// <summary>A DateTime as UTC microseconds, or <see cref="UaTime.None"/>.</summary>
    public long Time() => UaTime.ToMicros(Int64());

    /// <summary>A GUID.</summary>
    public Guid Guid() => Take(16) is { Length: 16 } s ? new Guid(s) : default;

    /// <summary>Count of an array whose elements have at least <paramref name="leastSize"/> bytes each; -1 for null. More than the rest can hold is a fault.</summary>
    public int Count(int leastSize)
    {
        var count = Int32();
        if (count == -1) return -1;
        if (count < -1 || count > Remaining / Math.Max(1, leastSize))
        {
            if (!Failed) Fail(DecodeFault.BadLength);
            return 0;
        }
        return count;
    }

    /// <summary>Content of a String or ByteString in place; <paramref name="isNull"/> tells null from empty. The span lives as long as the message.</summary>
    public ReadOnlySpan<byte> Octets(out bool isNull)
    {
        var length = Count(1);
        isNull = length < 0;
        return length <= 0 ? default : Take(length);
    }

    /// <summary>Content of a String or ByteString in place, null as empty.</summary>
    public ReadOnlySpan<byte> Octets() => Octets(out _);

    /// <summary>A ByteString copied, or null.</summary>
    public byte[]? ByteString()
    {
        var span = Octets(out var isNull);
        return isNull ? null : span.ToArray();
    }

    /// <summary>A String, or null; invalid UTF-8 becomes U+FFFD.</summary>
    public string? Text()
    {
        var span = Octets(out var isNull);
        return isNull ? null : System.Text.Encoding.UTF8.GetString(span);
    }

    /// <summary>A NodeId (5.2.2.9).</summary>
    public NodeId NodeId() => NodeIdBody(Byte());

    /// <summary>An ExpandedNodeId (5.2.2.10).</summary>
    public ExpandedNodeId ExpandedNodeId()
    {
        var encoding = Byte();
        var node = NodeIdBody((byte)(encoding & 0x3F));
        var uri = (encoding & 0x80) != 0 ? Text() : null;
        var server = (encoding & 0x40) != 0 ? UInt32() : 0;
        return new ExpandedNodeId(node, uri, server);
    }

    private NodeId NodeIdBody(byte encoding)
    {
        switch (encoding)
        {
            case 0: return new NodeId(0, Byte());
            case 1:
                var space = Byte();
                return new NodeId(space, UInt16());
            case 2:
                var ns = UInt16();
                return new NodeId(ns, UInt32());
            case 3:
                ns = UInt16();
                return new NodeId(ns, Text() ?? "");
            case 4:
                ns = UInt16();
                return new NodeId(ns, Guid());
            case 5:
                ns = UInt16();
                return new NodeId(ns, ByteString() ?? []);
            default:
                Fail(DecodeFault.BadEncoding);
                return default;
        }
    }

    /// <summary>A QualifiedName.</summary>
    public QualifiedName QualifiedName()
    {
        var ns = UInt16();
        return new QualifiedName(ns, Text());
    }

    /// <summary>A LocalizedText (5.2.2.14).</summary>
    public LocalizedText LocalizedText()
    {
        var mask = Byte();
        var locale = (mask & 1) != 0 ? Text() : null;
        return new LocalizedText(locale, (mask & 2) != 0 ? Text() : null);
    }

    /// <summary>Counts a level of nesting; false and a fault where it is one too many. Every success is paired with <see cref="Leave"/>.</summary>
    public bool Enter()
    {
        if (_depth >= MaxDepth)
        {
            Fail(DecodeFault.TooDeep);
            return false;
        }
        _depth++;
        return true;
    }

    /// <summary>Ends a level of nesting.</summary>
    public void Leave() => _depth--;
}
