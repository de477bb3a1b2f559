using System.Buffers.Binary;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>Writes the UA binary encoding into a buffer of its own that grows and is reused (OPC 10000-6, 5.2). Not thread-safe; allocates only while the buffer grows.</summary>
public sealed class UaWriter
{
    private byte[] _buffer = new byte[512];
    private int _length;

    /// <summary>What was written; valid until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    /// <summary>The same for calls that last: valid until the next write.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(0, _length);

    /// <summary>Bytes written.</summary>
    public int Length => _length;

    /// <summary>Everything written, to be changed in place.</summary>
    internal Span<byte> Mutable => _buffer.AsSpan(0, _length);

    /// <summary>Drops what was written from <paramref name="length"/> on.</summary>
    internal void Truncate(int length) => _length = Math.Min(_length, length);

    /// <summary>Empties the buffer and keeps it.</summary>
    public void Clear() => _length = 0;

    /// <summary>Appends <paramref name="length"/> bytes of rubbish and gives them to be filled; valid until the next write.</summary>
    internal Span<byte> Grow(int length)
    {
        if (_buffer.Length - _length < length) Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, checked(_length + length)));
        var span = _buffer.AsSpan(_length, length);
        _length += length;
        return span;
    }

    /// <summary>Bytes as they are.</summary>
    public UaWriter Raw(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Grow(bytes.Length));
        return this;
    }

    /// <summary>A byte.</summary>
    public UaWriter Byte(byte value)
    {
        Grow(1)[0] = value;
        return this;
    }

    /// <summary>A Boolean.</summary>
    public UaWriter Boolean(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>Two bytes.</summary>
    public UaWriter UInt16(ushort value)
    {
        BinaryPrimitives.WriteUInt16LittleEndian(Grow(2), value);
        return this;
    }

    /// <summary>Four bytes.</summary>
    public UaWriter UInt32(uint value)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(Grow(4), value);
        return this;
    }

    /// <summary>Four bytes, signed.</summary>
    public UaWriter Int32(int value) => UInt32((uint)value);

    /// <summary>Eight bytes.</summary>
    public UaWriter UInt64(ulong value)
    {
        BinaryPrimitives.WriteUInt64LittleEndian(Grow(8), value);
        return this;
    }

    /// <summary>Eight bytes, signed.</summary>
    public UaWriter Int64(long value) => UInt64((ulong)value);

    /// <summary>A float.</summary>
    public UaWriter Float(float value) => UInt32(BitConverter.SingleToUInt32Bits(value));

    /// <summary>A double.</summary>
    public UaWriter Double(double value) => UInt64(BitConverter.DoubleToUInt64Bits(value));

    /// <summary>UTC microseconds as a DateTime.</summary>
    public UaWriter Time(long micros) => Int64(UaTime.ToTicks(micros));

    /// <summary>A String, or null.</summary>
    public UaWriter Text(string? value)
    {
        if (value is null) return Int32(-1);
        var length = System.Text.Encoding.UTF8.GetByteCount(value);
        Int32(length);
        System.Text.Encoding.UTF8.GetBytes(value, Grow(length));
        return this;
    }

    /// <summary>A ByteString that is not null.</summary>
    public UaWriter Octets(ReadOnlySpan<byte> value) => Int32(value.Length).Raw(value);

    /// <summary>A ByteString, or null.</summary>
    public UaWriter ByteString(byte[]? value) => value is null ? Int32(-1) : Octets(value);

    /// <summary>A GUID.</summary>
    public UaWriter Guid(Guid value)
    {
        value.TryWriteBytes(Grow(16));
        return this;
    }

    /// <summary>A NodeId in its shortest form (5.2.2.9).</summary>
    public UaWriter NodeId(NodeId value) => NodeId(value, 0);

    private UaWriter NodeId(NodeId value, byte flags)
    {
        switch (value.Kind)
        {
            case NodeIdKind.Number when value.Namespace == 0 && value.Number <= byte.MaxValue:
                return Byte(flags).Byte((byte)value.Number);
            case NodeIdKind.Number when value.Namespace <= byte.MaxValue && value.Number <= ushort.MaxValue:
                return Byte((byte)(1 | flags)).Byte((byte)value.Namespace).UInt16((ushort)value.Number);
            case NodeIdKind.Number:
                return Byte((byte)(2 | flags)).UInt16(value.Namespace).UInt32(value.Number);
            case NodeIdKind.Text:
                return Byte((byte)(3 | flags)).UInt16(value.Namespace).Text(value.Text);
            case NodeIdKind.Guid:
                return Byte((byte)(4 | flags)).UInt16(value.Namespace).Guid(value.Guid);
            default:
                return Byte((byte)(5 | flags)).UInt16(value.Namespace).Octets(value.Opaque);
        }
    }

    /// <summary>An ExpandedNodeId (5.2.2.10).</summary>
    public UaWriter ExpandedNodeId(ExpandedNodeId value)
    {
        NodeId(value.Node, (byte)((value.NamespaceUri is null ? 0 : 0x80) | (value.Server == 0 ? 0 : 0x40)));
        if (value.NamespaceUri is not null) Text(value.NamespaceUri);
        return value.Server == 0 ? this : UInt32(value.Server);
    }

    /// <summary>A QualifiedName.</summary>
    public UaWriter QualifiedName(QualifiedName value) => UInt16(value.Namespace).Text(value.Name);

    /// <summary>A LocalizedText (5.2.2.14).</summary>
    public UaWriter LocalizedText(LocalizedText value)
    {
        Byte((byte)((value.Locale is null ? 0 : 1) | (value.Text is null ? 0 : 2)));
        if (value.Locale is not null) Text(value.Locale);
        return value.Text is null ? this : Text(value.Text);
    }

    /// <summary>Begins an ExtensionObject with a binary body; <see cref="EndBody"/> with the result writes its length.</summary>
    public int BeginBody(uint typeId)
    {
        NodeId(new NodeId(0, typeId)).Byte(1).Int32(0);
        return _length;
    }

    /// <summary>Ends the body that began at <paramref name="begin"/>.</summary>
    public UaWriter EndBody(int begin)
    {
        BinaryPrimitives.WriteInt32LittleEndian(_buffer.AsSpan(begin - 4, 4), _length - begin);
        return this;
    }

    /// <summary>Puts another value over four bytes written before, at <paramref name="position"/>.</summary>
    public void Patch(int position, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(position, 4), value);

    /// <summary>A scalar Variant of a number, Boolean, DateTime or StatusCode given by its bits, as <see cref="Variant.Bits"/> holds them.</summary>
    public UaWriter Scalar(BuiltInType type, ulong bits)
    {
        Byte((byte)type);
        return type.FixedSize() switch
        {
            1 => Byte((byte)bits),
            2 => UInt16((ushort)bits),
            4 => UInt32((uint)bits),
            _ => UInt64(bits),
        };
    }
}
