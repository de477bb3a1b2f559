using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Tests;

public sealed class ValueTests
{
    private static readonly RegisterType[] _whole =
        [RegisterType.U16, RegisterType.I16, RegisterType.U32, RegisterType.I32, RegisterType.U64, RegisterType.I64, RegisterType.Bool, RegisterType.Bcd16, RegisterType.Bcd32, RegisterType.Bcd64];

    private static readonly Gen<WordOrder> _orders = Gen.Int[0, 7].Select(o => (WordOrder)o);

    [Theory]
    [InlineData(WordOrder.Efghabcd, new byte[] { 5, 6, 7, 8, 1, 2, 3, 4 })]
    [InlineData(WordOrder.Cdabghef, new byte[] { 3, 4, 1, 2, 7, 8, 5, 6 })]
    [InlineData(WordOrder.Fehgbadc, new byte[] { 6, 5, 8, 7, 2, 1, 4, 3 })]
    [InlineData(WordOrder.Dcbahgfe, new byte[] { 4, 3, 2, 1, 8, 7, 6, 5 })]
    public void The_orders_of_64_bits_are_what_their_letters_say(WordOrder order, byte[] wire)
    {
        Assert.Equal(0x0102030405060708UL, RegisterBits.Read(wire, 4, order));
        var written = new byte[8];
        RegisterBits.Write(written, 4, order, 0x0102030405060708);
        Assert.Equal(wire, written);
    }

    [Fact]
    public void Whole_numbers_survive_every_type_and_order() => Gen.Select(Gen.Int[0, 9].Select(i => _whole[i]), _orders, Gen.Long, Gen.Int[0, 63]).Sample((type, order, value, shift) =>
    {
        var wire = new byte[8];
        var written = value >> shift;
        if (!RegisterEncoder.TryWriteWhole(wire, type, order, written)) return;
        var reading = new RegisterDecoder(new RegisterFormat { Type = type, Kind = PointKind.Counter, Order = order }).Decode(wire);
        Assert.Equal(new RegisterReading(Quality.Good, 0, written), reading);
    }, iter: 2_000);

    [Theory]
    [InlineData(RegisterType.U16, 65_536)]
    [InlineData(RegisterType.U16, -1)]
    [InlineData(RegisterType.I16, 32_768)]
    [InlineData(RegisterType.U32, 4_294_967_296)]
    [InlineData(RegisterType.Bool, 2)]
    [InlineData(RegisterType.Bcd16, 10_000)]
    [InlineData(RegisterType.Bcd32, -1)]
    [InlineData(RegisterType.F32, 16_777_217)]
    [InlineData(RegisterType.Text, 1)]
    public void What_a_type_cannot_hold_is_refused(RegisterType type, long value) => Assert.False(RegisterEncoder.TryWriteWhole(new byte[8], type, WordOrder.Abcd, value));

    [Fact]
    public void Floats_survive() => Gen.Select(Gen.Int[-2_048, 2_048], _orders).Sample((value, order) =>
    {
        foreach (var type in new[] { RegisterType.F16, RegisterType.F32, RegisterType.F64 })
        {
            var wire = new byte[8];
            Assert.True(RegisterEncoder.TryWriteFraction(wire, type, order, (double)value));
            Assert.Equal(value, new RegisterDecoder(new RegisterFormat { Type = type, Kind = PointKind.Gauge, Order = order }).Decode(wire).Number);
            Assert.False(RegisterEncoder.TryWriteFraction(wire, type, order, double.NaN));
        }
        Assert.False(RegisterEncoder.TryWriteFraction(new byte[8], RegisterType.F16, order, 1e6));
        Assert.False(RegisterEncoder.TryWriteFraction(new byte[8], RegisterType.F32, order, 1e300));
    }, iter: 100);

    [Theory]
    [InlineData("3C00", 1)]
    [InlineData("C000", -2)]
    [InlineData("7BFF", 65504)]
    public void Half_floats_are_read(string wire, double value) =>
        Assert.Equal(value, new RegisterDecoder(new RegisterFormat { Type = RegisterType.F16, Kind = PointKind.Gauge }).Decode(Convert.FromHexString(wire)).Number);

    [Fact]
    public void Decimal_digits_are_read_and_what_is_none_is_bad()
    {
        var decoder = new RegisterDecoder(new RegisterFormat { Type = RegisterType.Bcd32, Kind = PointKind.Counter });
        Assert.Equal(12_345_678, decoder.Decode(Convert.FromHexString("12345678")).Integer);
        Assert.Equal(Quality.BadOutOfRange, decoder.Decode(Convert.FromHexString("123A5678")).Quality);
        Assert.Equal(9_999_999_999_999_999, new RegisterDecoder(new RegisterFormat { Type = RegisterType.Bcd64, Kind = PointKind.Counter }).Decode(Convert.FromHexString("9999999999999999")).Integer);
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(4, 4, 0xB)]
    [InlineData(8, 0, 0xA5)]
    [InlineData(15, 1, 1)]
    public void Bits_are_cut_out_of_their_register(int first, int count, long expected) => Assert.Equal(expected,
        new RegisterDecoder(new RegisterFormat { Type = RegisterType.U16, Kind = PointKind.Gauge, FirstBit = first, BitCount = count }).Decode(Convert.FromHexString("A5B1")).Number);

    [Theory]
    [InlineData(RegisterType.U16, 10, 7)]
    [InlineData(RegisterType.U16, 16, 0)]
    [InlineData(RegisterType.I16, 0, 1)]
    [InlineData(RegisterType.F32, 0, 1)]
    public void Bits_outside_a_number_are_refused(RegisterType type, int first, int count) =>
        Assert.Throws<ArgumentException>(() => new RegisterDecoder(new RegisterFormat { Type = type, Kind = PointKind.Gauge, FirstBit = first, BitCount = count }));

    [Fact]
    public void A_sum_counts_every_number_by_its_weight()
    {
        var format = new RegisterFormat { Type = RegisterType.U16, Kind = PointKind.Counter, Weights = [10_000, 1], Sentinel = 0xFFFF };
        var decoder = new RegisterDecoder(format);
        Assert.Equal(2, decoder.Width);
        Assert.Equal(1_234_567, decoder.Decode([0, 123, 0x11, 0xD7]).Integer);
        Assert.Equal(Quality.BadSentinel, decoder.Decode([0xFF, 0xFF, 0, 1]).Quality);
        Assert.Equal(Quality.BadSentinel, decoder.Decode([0, 1, 0xFF, 0xFF]).Quality);
        var wide = new RegisterDecoder(format with { Type = RegisterType.U64, Weights = [long.MaxValue, long.MaxValue], Sentinel = null });
        Assert.Equal(Quality.BadOutOfRange, wide.Decode(Convert.FromHexString("FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF")).Quality);
        Assert.Throws<ArgumentException>(() => new RegisterDecoder(format with { Type = RegisterType.F32 }));
    }

    [Fact]
    public void Sums_equal_infinite_precision() => Gen.Select(Gen.Long.Array[1, 4], Gen.Long.Array[4, 4]).Sample((values, weights) =>
    {
        var wire = new byte[8 * values.Length];
        for (var i = 0; i < values.Length; i++) RegisterBits.Write(wire.AsSpan(8 * i), 4, WordOrder.Abcd, (ulong)values[i]);
        weights = [.. weights.Take(values.Length).Select((w, i) => i == 0 ? w : w >> 40)];
        BigInteger sum = 0;
        var fits = true;
        for (var i = 0; i < values.Length; i++)
        {
            sum += (BigInteger)values[i] * weights[i];
            fits &= sum >= long.MinValue && sum <= long.MaxValue;
        }
        var reading = new RegisterDecoder(new RegisterFormat { Type = RegisterType.I64, Kind = PointKind.Counter, Weights = [.. weights] }).Decode(wire);
        Assert.Equal(fits ? new RegisterReading(Quality.Good, 0, (long)sum) : new RegisterReading(Quality.BadOutOfRange, 0, 0), reading);
    }, iter: 1_000);

    [Fact]
    public void Offsets_are_added_as_decimals() => Gen.Select(Gen.Int[-100_000, 100_000], Gen.Int[-6, 3], Gen.Int[1, 999], Gen.Int[-9_999, 9_999], Gen.Int[-6, 3]).Sample((raw, exponent, mantissa, offset, place) =>
    {
        var wire = new byte[4];
        RegisterEncoder.TryWriteWhole(wire, RegisterType.I32, WordOrder.Abcd, raw);
        var format = new RegisterFormat { Type = RegisterType.I32, Kind = PointKind.Gauge, Scale = new(mantissa, (sbyte)exponent), Offset = new(offset, (sbyte)place) };
        var exact = raw * mantissa * Power(exponent) + offset * Power(place);
        var expected = double.Parse(exact.ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
        // A sum beyond 2⁵³ units of its last place is rounded twice.
        var seen = new RegisterDecoder(format).Decode(wire).Number;
        Assert.InRange(seen, Math.BitDecrement(expected), Math.BitIncrement(expected));
        if (Math.Abs(exact) * Power(-Math.Min(exponent, place)) < 1L << 53) Assert.Equal(expected, seen);
    }, iter: 1_000);

    [Fact]
    public void An_offset_far_from_its_scale_is_as_good_as_a_double() =>
        Assert.Equal(1e18 + 5, new GaugeScale(new ExactDecimal(1, -18), new ExactDecimal(1, 18)).OfWhole(5_000_000_000_000_000_000), 1e3);

    [Theory]
    [InlineData(DateForm.Unix, "6553F1FF")]
    [InlineData(DateForm.Six, "07E7000B000E00160010001F")]
    [InlineData(DateForm.Packed, "170B0E16101F")]
    [InlineData(DateForm.PackedBcd, "231114221631")]
    [InlineData(DateForm.Iec, "00170B4E96107918")]
    public void Times_are_read_and_written_in_every_form(DateForm form, string wire)
    {
        var bytes = Convert.FromHexString(wire);
        Assert.Equal(bytes.Length, 2 * form.Width());
        Assert.True(RegisterDate.TryRead(bytes, form, out var time));
        Assert.Equal(new DateTime(2023, 11, 14, 22, form == DateForm.Unix ? 17 : 16, form == DateForm.Unix ? 35 : 31), time.AddMilliseconds(-time.Millisecond));
        var written = new byte[bytes.Length];
        Assert.True(RegisterDate.TryWrite(written, form, time));
        Assert.True(RegisterDate.TryRead(written, form, out var again));
        Assert.Equal(time, again);
    }

    [Theory]
    [InlineData(DateForm.Six, "07E7000D000E00160010001F")]
    [InlineData(DateForm.Six, "000000000000000000000000")]
    [InlineData(DateForm.Packed, "17021E000000")]
    [InlineData(DateForm.PackedBcd, "2A1114221631")]
    [InlineData(DateForm.Iec, "00170B0E161FFFFF")]
    public void What_is_no_time_is_refused(DateForm form, string wire) => Assert.False(RegisterDate.TryRead(Convert.FromHexString(wire), form, out _));

    [Fact]
    public void Random_registers_never_crash_a_decoder() => Gen.Select(Gen.Byte.Array[16, 16], Gen.Int[0, 18], _orders).Sample((bytes, type, order) =>
    {
        if (((RegisterType)type).IsText()) new TextDecoder((RegisterType)type, 8, order).Decode(bytes);
        else new RegisterDecoder(new RegisterFormat { Type = (RegisterType)type, Kind = PointKind.Gauge, Order = order }).Decode(bytes);
    }, iter: 2_000);

    [Fact]
    public void Text_ends_at_nul_and_keeps_no_spaces_at_its_end()
    {
        Assert.Equal("SDM 630", new TextDecoder(RegisterType.Text, 5, WordOrder.Abcd).Decode("SDM 630  \0"u8));
        Assert.Equal("MS36", new TextDecoder(RegisterType.Text, 3, WordOrder.Badc).Decode("SM63\0\0"u8));
        Assert.Equal("", new TextDecoder(RegisterType.Text, 1, WordOrder.Abcd).Decode("\0A"u8));
        Assert.Equal("a\uFFFDb", new TextDecoder(RegisterType.Text, 2, WordOrder.Abcd).Decode([(byte)'a', 7, (byte)'b', 0]));
        Assert.Equal("2023-11-14T22:16:31", new TextDecoder(RegisterType.DatePacked, 0, WordOrder.Abcd).Decode(Convert.FromHexString("170B0E16101F")));
        Assert.Equal("2023-11-14T22:17:35", new TextDecoder(RegisterType.DateUnix, 0, WordOrder.Cdab).Decode(Convert.FromHexString("F1FF6553")));
        Assert.Null(new TextDecoder(RegisterType.DatePacked, 0, WordOrder.Abcd).Decode(new byte[6]));
    }

    [Fact]
    public void Text_survives() => Gen.Select(Gen.Char[' ', '~'].Array[0, 20], Gen.Bool).Sample((characters, swapped) =>
    {
        var text = new string(characters).TrimEnd();
        var wire = new byte[20];
        Assert.True(RegisterText.TryWrite(text, swapped, wire));
        Assert.Equal(text, new TextDecoder(RegisterType.Text, 10, swapped ? WordOrder.Badc : WordOrder.Abcd).Decode(wire));
        Assert.False(RegisterText.TryWrite("123", swapped, wire.AsSpan(0, 2)));
        Assert.False(RegisterText.TryWrite("\n", swapped, wire));
    }, iter: 200);

    private static decimal Power(int exponent) => exponent < 0 ? 1m / (decimal)Math.Pow(10, -exponent) : (decimal)Math.Pow(10, exponent);
}
