using System.Buffers.Binary;

namespace EdgeGateway.OpcUa.Encoding;

/// <summary>A value of any type, decoded in place: numbers into <see cref="Bits"/>, all else as a range of the message. Meant to be reused; allocates nothing (OPC 10000-6, 5.2.2.16).</summary>
/// <remarks>Offsets count from the begin of the reader's data, so they hold as long as the message's buffer does.</remarks>
public struct Variant
{
    private const byte ArrayFlag = 0x80, DimensionsFlag = 0x40;

    /// <summary>Type of the value, or of the elements.</summary>
    public BuiltInType Type { readonly get; private set; }

    /// <summary>True for arrays, null arrays included.</summary>
    public bool IsArray { readonly get; private set; }

    /// <summary>True for a null String, ByteString or array.</summary>
    public bool IsNullContent { readonly get; private set; }

    /// <summary>Number of elements of an array.</summary>
    public int Count { readonly get; private set; }

    /// <summary>Number of dimensions; 0 for scalars, 1 for plain arrays.</summary>
    public int Rank { readonly get; private set; }

    /// <summary>Bits of a scalar number, Boolean, DateTime (ticks) or StatusCode; signed numbers are sign-extended, floats are in their own format.</summary>
    public ulong Bits { readonly get; private set; }

    /// <summary>Begin of the content: octets of a text, encoding of other scalars, elements of an array.</summary>
    public int Offset { readonly get; private set; }

    /// <summary>Bytes of the content.</summary>
    public int Length { readonly get; private set; }

    /// <summary>Begin of the dimensions, Int32 each, where <see cref="Rank"/> is above 1.</summary>
    public int DimensionsOffset { readonly get; private set; }

    /// <summary>True where there is no value at all.</summary>
    public readonly bool IsNull => Type == BuiltInType.Null;

    /// <summary>Decodes one into <paramref name="v"/>.</summary>
    public static void Read(ref UaReader r, ref Variant v)
    {
        v = default;
        var encoding = r.Byte();
        var type = (BuiltInType)(encoding & 0x3F);
        if ((encoding & ArrayFlag) != 0)
        {
            v.Type = type;
            ReadArray(ref r, ref v, (encoding & DimensionsFlag) != 0);
            return;
        }
        if ((encoding & DimensionsFlag) != 0 || (byte)type > 31)
        {
            r.Fail(DecodeFault.BadEncoding);
            return;
        }
        v.Type = type;
        if (type == BuiltInType.Null) return;
        if (type.FitsBits()) v.Bits = ReadBits(ref r, type);
        else ReadContent(ref r, ref v);
    }

    /// <summary>The number of a numeric, Boolean or StatusCode scalar; false for all else.</summary>
    public readonly bool TryDouble(out double value)
    {
        value = Type switch
        {
            BuiltInType.Double => BitConverter.UInt64BitsToDouble(Bits),
            BuiltInType.Float => BitConverter.UInt32BitsToSingle((uint)Bits),
            BuiltInType.UInt64 => Bits,
            _ => (long)Bits,
        };
        return !IsArray && Type.FitsBits();
    }

    /// <summary>The integer of an integer or Boolean scalar; false for all else, and for what does not fit into a long.</summary>
    public readonly bool TryInteger(out long value)
    {
        value = (long)Bits;
        return !IsArray && (Type is >= BuiltInType.Boolean and <= BuiltInType.Int64 || (Type == BuiltInType.UInt64 && value >= 0));
    }

    /// <summary>Content in its message; see <see cref="Offset"/>.</summary>
    public readonly ReadOnlySpan<byte> Content(ReadOnlySpan<byte> message) => message.Slice(Offset, Length);

    /// <summary>The text of a String or LocalizedText scalar; null for null and for all else.</summary>
    public readonly string? Text(ReadOnlySpan<byte> message)
    {
        if (IsArray || IsNullContent) return null;
        return Type switch
        {
            BuiltInType.String or BuiltInType.XmlElement => System.Text.Encoding.UTF8.GetString(Content(message)),
            BuiltInType.LocalizedText => new UaReader(Content(message)).LocalizedText().Text,
            _ => null,
        };
    }

    /// <summary>The extent of a dimension of an array.</summary>
    public readonly int Dimension(ReadOnlySpan<byte> message, int index) =>
        Rank <= 1 ? Count : BinaryPrimitives.ReadInt32LittleEndian(message.Slice(DimensionsOffset + 4 * index, 4));

    /// <summary>Element <paramref name="index"/> of an array, in row-major order, as a scalar of the same message; false outside.</summary>
    public readonly bool TryElement(ReadOnlySpan<byte> message, int index, ref Variant element)
    {
        if (!IsArray || (uint)index >= (uint)Count) return false;
        var size = Type.FixedSize();
        // Positions stay those of the message, so the reader starts at its begin.
        var r = new UaReader(message[..(Offset + Length)]);
        r.Skip(Offset);
        if (size > 0) r.Skip(size * index);
        else
        {
            for (var i = 0; i < index && !r.Failed; i++) r.SkipValue(Type);
        }
        ReadScalar(ref r, Type, ref element);
        return !r.Failed;
    }

    /// <summary>Decodes a scalar whose type is known beforehand and so is not encoded with it; a Variant becomes what it holds.</summary>
    internal static void ReadScalar(ref UaReader r, BuiltInType type, ref Variant v)
    {
        if (type == BuiltInType.Variant)
        {
            Read(ref r, ref v);
            return;
        }
        v = new Variant { Type = type };
        if (type.FitsBits()) v.Bits = ReadBits(ref r, type);
        else ReadContent(ref r, ref v);
    }

    private static ulong ReadBits(ref UaReader r, BuiltInType type) => type switch
    {
        BuiltInType.Boolean => r.Byte() != 0 ? 1UL : 0UL,
        BuiltInType.SByte => (ulong)(sbyte)r.Byte(),
        BuiltInType.Byte => r.Byte(),
        BuiltInType.Int16 => (ulong)(short)r.UInt16(),
        BuiltInType.UInt16 => r.UInt16(),
        BuiltInType.Int32 => (ulong)r.Int32(),
        BuiltInType.UInt32 or BuiltInType.Float or BuiltInType.StatusCode => r.UInt32(),
        _ => r.UInt64(),
    };

    private static void ReadContent(ref UaReader r, ref Variant v)
    {
        if (v.Type is BuiltInType.String or BuiltInType.ByteString or BuiltInType.XmlElement or > BuiltInType.DiagnosticInfo)
        {
            v.Length = r.Octets(out var isNull).Length;
            v.IsNullContent = isNull;
            v.Offset = r.Position - v.Length;
            return;
        }
        if (!r.Enter()) return;
        v.Offset = r.Position;
        r.SkipValue(v.Type);
        v.Length = r.Position - v.Offset;
        r.Leave();
    }

    private static void ReadArray(ref UaReader r, ref Variant v, bool hasDimensions)
    {
        if (v.Type == BuiltInType.Null)
        {
            r.Fail(DecodeFault.BadEncoding);
            return;
        }
        v.IsArray = true;
        v.Rank = 1;
        var count = r.Count(v.Type.LeastSize());
        v.IsNullContent = count < 0;
        v.Count = Math.Max(0, count);
        v.Offset = r.Position;
        var size = v.Type.FixedSize();
        if (size > 0) r.Skip(size * v.Count);
        else if (r.Enter())
        {
            for (var i = 0; i < v.Count && !r.Failed; i++) r.SkipValue(v.Type);
            r.Leave();
        }
        v.Length = r.Position - v.Offset;
        if (!hasDimensions) return;
        var rank = r.Count(4);
        v.DimensionsOffset = r.Position;
        var product = 1L;
        for (var i = 0; i < rank && !r.Failed; i++)
        {
            var extent = r.Int32();
            product = extent < 0 || product > int.MaxValue ? long.MaxValue : product * extent;
        }
        if (rank > 0 && !r.Failed && product != v.Count) r.Fail(DecodeFault.BadLength);
        if (rank > 1) v.Rank = rank;
    }
}
