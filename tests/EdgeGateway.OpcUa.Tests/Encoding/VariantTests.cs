using System.Globalization;
using CsCheck;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Tests.Encoding;

public sealed class VariantTests
{
    private static Variant Read(byte[] bytes, out DecodeFault fault, out int position)
    {
        var r = new UaReader(bytes);
        Variant v = default;
        Variant.Read(ref r, ref v);
        (fault, position) = (r.Fault, r.Position);
        return v;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    // Bytes by the rules of OPC 10000-6, 5.2.2, written out by hand.
    [Theory]
    [InlineData("01 01", BuiltInType.Boolean, 1)]
    [InlineData("01 FF", BuiltInType.Boolean, 1)]
    [InlineData("02 F8", BuiltInType.SByte, -8)]
    [InlineData("03 F8", BuiltInType.Byte, 248)]
    [InlineData("04 F0 FF", BuiltInType.Int16, -16)]
    [InlineData("05 F0 FF", BuiltInType.UInt16, 65520)]
    [InlineData("06 E0 FF FF FF", BuiltInType.Int32, -32)]
    [InlineData("07 FF FF FF FF", BuiltInType.UInt32, 4294967295)]
    [InlineData("08 D6 FF FF FF FF FF FF FF", BuiltInType.Int64, -42)]
    [InlineData("09 02 00 00 00 01 00 00 00", BuiltInType.UInt64, 4294967298)]
    [InlineData("0A 00 00 C0 3F", BuiltInType.Float, 1.5)]
    [InlineData("0B 00 00 00 00 00 00 02 40", BuiltInType.Double, 2.25)]
    public void Numbers_are_decoded(string hex, BuiltInType type, double expected)
    {
        var bytes = Hex(hex);
        var v = Read(bytes, out var fault, out var position);
        Assert.Equal(DecodeFault.None, fault);
        Assert.Equal(bytes.Length, position);
        Assert.Equal(type, v.Type);
        Assert.True(v.TryDouble(out var number));
        Assert.Equal(expected, number);
    }

    [Fact]
    public void A_scalar_comes_back_as_it_was_written() => Gen.Select(Gen.Int[1, 11], Gen.ULong).Sample((t, raw) =>
    {
        var type = (BuiltInType)t;
        var w = new UaWriter().Scalar(type, raw);
        var v = Read(w.Written.ToArray(), out var fault, out _);
        var again = new UaWriter().Scalar(type, v.Bits);
        return fault == DecodeFault.None && v.Type == type && (type == BuiltInType.Boolean || again.Written.SequenceEqual(w.Written));
    }, iter: 2000);

    [Fact]
    public void Null_empty_and_text_differ()
    {
        Assert.True(Read(Hex("00"), out _, out _).IsNull);
        Assert.True(Read(Hex("0C FF FF FF FF"), out _, out _).IsNullContent);
        var empty = Read(Hex("0C 00 00 00 00"), out _, out _);
        Assert.Equal("", empty.Text(Hex("0C 00 00 00 00")));
        var bytes = Hex("0C 03 00 00 00 E7 94 B5");
        Assert.Equal("电", Read(bytes, out _, out _).Text(bytes));
    }

    [Fact]
    public void Elements_of_arrays_are_found_in_place()
    {
        var bytes = Hex("8C 03 00 00 00 01 00 00 00 61 FF FF FF FF 02 00 00 00 62 63");
        var v = Read(bytes, out var fault, out _);
        Assert.Equal(DecodeFault.None, fault);
        Assert.Equal(3, v.Count);
        Variant element = default;
        Assert.True(v.TryElement(bytes, 0, ref element));
        Assert.Equal("a", element.Text(bytes));
        Assert.True(v.TryElement(bytes, 1, ref element));
        Assert.True(element.IsNullContent);
        Assert.True(v.TryElement(bytes, 2, ref element));
        Assert.Equal("bc", element.Text(bytes));
        Assert.False(v.TryElement(bytes, 3, ref element));
        Assert.False(v.TryElement(bytes, -1, ref element));
    }

    [Fact]
    public void Dimensions_must_fit_the_count()
    {
        var good = Hex("C4 06 00 00 00 0100 0200 0300 0400 0500 0600 02 00 00 00 02 00 00 00 03 00 00 00");
        var v = Read(good, out var fault, out var position);
        Assert.Equal((DecodeFault.None, good.Length, 2), (fault, position, v.Rank));
        Assert.Equal(2, v.Dimension(good, 0));
        Assert.Equal(3, v.Dimension(good, 1));
        good[^4] = 4;
        Read(good, out fault, out _);
        Assert.Equal(DecodeFault.BadLength, fault);
    }

    [Theory]
    [InlineData("40")]
    [InlineData("3F 01")]
    [InlineData("80 01 00 00 00")]
    [InlineData("8B FF FF FF 7F")]
    [InlineData("8B FE FF FF FF")]
    [InlineData("0C FE FF FF FF")]
    [InlineData("0C FF FF FF 7F")]
    [InlineData("8B 02 00 00 00 00 00 00 00 00 00 00 00")]
    [InlineData("16 00 00 03")]
    [InlineData("11 06 00")]
    public void Hostile_bytes_have_a_reason(string hex)
    {
        Read(Hex(hex), out var fault, out _);
        Assert.NotEqual(DecodeFault.None, fault);
    }

    [Fact]
    public void Nesting_ends_at_a_hundred()
    {
        // Variants in arrays of variants, DataValues in DataValues, inner diagnostics: each deeper than any stack should go.
        var variants = Enumerable.Repeat(Hex("98 01 00 00 00"), 5000).SelectMany(b => b).ToArray();
        Read(variants, out var fault, out _);
        Assert.Equal(DecodeFault.TooDeep, fault);
        var values = Enumerable.Repeat(Hex("01 17"), 5000).SelectMany(b => b).ToArray();
        var r = new UaReader(values);
        DataValue value = default;
        DataValue.Read(ref r, ref value);
        Assert.Equal(DecodeFault.TooDeep, r.Fault);
        var infos = Enumerable.Repeat((byte)0x40, 5000).ToArray();
        var d = new UaReader(infos);
        d.SkipValue(BuiltInType.DiagnosticInfo);
        Assert.Equal(DecodeFault.TooDeep, d.Fault);
    }

    [Fact]
    public void A_count_is_never_believed_before_the_rest_is_measured()
    {
        // 2^31 - 1 elements of one byte each, in a message of a few: nothing may be reserved or walked for them.
        for (var type = 1; type <= 25; type++)
        {
            byte[] bytes = [(byte)(0x80 | type), 0xFF, 0xFF, 0xFF, 0x7F, 1, 2, 3];
            var before = GC.GetAllocatedBytesForCurrentThread();
            var r = new UaReader(bytes);
            Variant v = default;
            Variant.Read(ref r, ref v);
            var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.Equal((DecodeFault.BadLength, 0), (r.Fault, allocated));
        }
    }

    [Fact]
    public void Random_bytes_never_throw() => Gen.Byte.Array[0, 200].Sample(bytes =>
    {
        Read(bytes, out _, out var position);
        var r = new UaReader(bytes);
        DataValue value = default;
        while (!r.Failed && r.Remaining > 0) DataValue.Read(ref r, ref value);
        for (var type = 0; type < 32; type++)
        {
            var s = new UaReader(bytes);
            s.SkipValue((BuiltInType)type);
            s.SkipArray((BuiltInType)type);
        }
        return position <= bytes.Length;
    }, iter: 5000);

    [Fact]
    public void A_truncated_value_is_never_taken_for_a_whole_one()
    {
        string[] whole = ["0B 00 00 00 00 00 00 02 40", "0C 03 00 00 00 61 62 63", "8B 01 00 00 00 00 00 00 00 00 00 02 40", "16 01 00 2F 01 01 02 00 00 00 09 09", "11 03 02 00 01 00 00 00 61", "15 03 01 00 00 00 65 01 00 00 00 78",
            "12 C1 00 01 00 01 00 00 00 75 07 00 00 00", "0E 00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F", "14 01 00 01 00 00 00 61", "17 0F 0B 00 00 00 00 00 00 02 40 00 00 00 80 01 00 00 00 00 00 00 00 02 00 00 00 00 00 00 00"];
        foreach (var hex in whole)
        {
            var bytes = Hex(hex);
            Read(bytes, out var fault, out var position);
            Assert.Equal((hex, DecodeFault.None, bytes.Length), (hex, fault, position));
            for (var n = 0; n < bytes.Length; n++)
            {
                Read(bytes[..n], out fault, out _);
                Assert.True(fault != DecodeFault.None, string.Create(CultureInfo.InvariantCulture, $"{hex} cut at {n}"));
            }
            // Guard bytes behind are not touched.
            Read([.. bytes, 0xEE, 0xEE], out fault, out position);
            Assert.Equal((DecodeFault.None, bytes.Length), (fault, position));
        }
    }
}
