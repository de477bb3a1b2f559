using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Numerics;
using CsCheck;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Tests;

public sealed class RegisterTests
{
    private static readonly Gen<WordOrder> Orders = Gen.Int[0, 3].Select(o => (WordOrder)o);
    private static readonly Gen<int> Widths = Gen.Int[0, 2].Select(w => 1 << w);

    [Theory]
    [InlineData(WordOrder.Abcd, new byte[] { 0x0A, 0x0B, 0x0C, 0x0D })]
    [InlineData(WordOrder.Cdab, new byte[] { 0x0C, 0x0D, 0x0A, 0x0B })]
    [InlineData(WordOrder.Badc, new byte[] { 0x0B, 0x0A, 0x0D, 0x0C })]
    [InlineData(WordOrder.Dcba, new byte[] { 0x0D, 0x0C, 0x0B, 0x0A })]
    public void The_four_orders_are_what_their_letters_say(WordOrder order, byte[] wire)
    {
        Assert.Equal(0x0A0B0C0DUL, RegisterBits.Read(wire, 2, order));
        var written = new byte[4];
        RegisterBits.Write(written, 2, order, 0x0A0B0C0D);
        Assert.Equal(wire, written);
    }

    [Theory]
    [InlineData(WordOrder.Abcd, new byte[] { 1, 2, 3, 4, 5, 6, 7, 8 })]
    [InlineData(WordOrder.Cdab, new byte[] { 7, 8, 5, 6, 3, 4, 1, 2 })]
    [InlineData(WordOrder.Badc, new byte[] { 2, 1, 4, 3, 6, 5, 8, 7 })]
    [InlineData(WordOrder.Dcba, new byte[] { 8, 7, 6, 5, 4, 3, 2, 1 })]
    public void The_four_orders_hold_for_four_registers(WordOrder order, byte[] wire) => Assert.Equal(0x0102030405060708UL, RegisterBits.Read(wire, 4, order));

    [Fact]
    public void Bits_survive_every_order_and_width() => Gen.Select(Gen.ULong, Widths, Orders).Sample((bits, width, order) =>
    {
        var masked = width == 4 ? bits : bits & ((1UL << (16 * width)) - 1);
        var wire = new byte[10];
        wire.AsSpan().Fill(0xEE);
        RegisterBits.Write(wire.AsSpan(1), width, order, bits);
        Assert.Equal(masked, RegisterBits.Read(wire.AsSpan(1, 2 * width), width, order));
        Assert.Equal(0xEE, wire[0]);
        Assert.All(wire[(1 + 2 * width)..], b => Assert.Equal(0xEE, b));
    }, iter: 500);

    [Theory]
    [InlineData(RegisterType.U16, "FFFF", 65535)]
    [InlineData(RegisterType.I16, "FFFF", -1)]
    [InlineData(RegisterType.U32, "FFFFFFFE", 4294967294)]
    [InlineData(RegisterType.I32, "FFFFFFFE", -2)]
    [InlineData(RegisterType.U64, "7FFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData(RegisterType.I64, "FFFFFFFFFFFFFFFD", -3)]
    public void Counters_are_the_register_itself(RegisterType type, string wire, long steps)
    {
        var reading = new RegisterDecoder(new RegisterFormat { Type = type, Kind = PointKind.Counter, Scale = new(1, -2) }).Decode(Convert.FromHexString(wire));
        Assert.Equal(new RegisterReading(Quality.Good, 0, steps), reading);
    }

    [Fact]
    public void A_counter_beyond_int64_is_bad_and_a_gauge_is_not()
    {
        var wire = Convert.FromHexString("8000000000000000");
        Assert.Equal(Quality.BadOutOfRange, new RegisterDecoder(new RegisterFormat { Type = RegisterType.U64, Kind = PointKind.Counter }).Decode(wire).Quality);
        Assert.Equal(9223372036854775808.0, new RegisterDecoder(new RegisterFormat { Type = RegisterType.U64, Kind = PointKind.Gauge }).Decode(wire).Number);
    }

    [Fact]
    public void Gauges_scale_to_the_nearest_double_of_the_decimal() => Gen.Select(Gen.Int, Gen.Int[-6, 3], Gen.Int[1, 999]).Sample((raw, exponent, mantissa) =>
    {
        var wire = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(wire, raw);
        var decoder = new RegisterDecoder(new RegisterFormat { Type = RegisterType.I32, Kind = PointKind.Gauge, Scale = new(mantissa, (sbyte)exponent) });
        var expected = double.Parse(((decimal)raw * mantissa * Power(exponent)).ToString(System.Globalization.CultureInfo.InvariantCulture), System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(expected, decoder.Decode(wire).Number);
    }, iter: 2_000);

    [Fact]
    public void Floats_are_read_and_those_that_are_no_number_are_bad()
    {
        var gauge = new RegisterDecoder(new RegisterFormat { Type = RegisterType.F32, Kind = PointKind.Gauge });
        Assert.Equal(new RegisterReading(Quality.Good, 230.5, 0), gauge.Decode([0x43, 0x66, 0x80, 0x00]));
        Assert.Equal(Quality.BadOutOfRange, gauge.Decode([0x7F, 0xC0, 0, 0]).Quality);
        Assert.Equal(Quality.BadOutOfRange, gauge.Decode([0x7F, 0x80, 0, 0]).Quality);
        var counter = new RegisterDecoder(new RegisterFormat { Type = RegisterType.F64, Kind = PointKind.Counter, Scale = new(1, -2) });
        Assert.Equal(Quality.BadOutOfRange, counter.Decode([0xFF, 0xF0, 0, 0, 0, 0, 0, 0]).Quality);
        Assert.Equal(Quality.BadOutOfRange, counter.Decode([0x7F, 0xF8, 0, 0, 0, 0, 0, 0]).Quality);
        Assert.Equal(Quality.BadOutOfRange, counter.Decode([0x7F, 0xEF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF]).Quality);
    }

    [Theory]
    [InlineData(12345.67, 1, -2, 1234567)]
    [InlineData(0.5, 1, 0, 0)]
    [InlineData(1.5, 1, 0, 2)]
    [InlineData(2.5, 1, 0, 2)]
    [InlineData(-2.5, 1, 0, -2)]
    [InlineData(-3.5, 1, 0, -4)]
    [InlineData(1000, 1, 1, 100)]
    [InlineData(25, 1, 1, 2)]
    [InlineData(9223372036854774784.0, 1, 0, 9223372036854774784)]
    [InlineData(-9223372036854775808.0, 1, 0, long.MinValue)]
    public void Float_steps_are_the_value_over_the_resolution_half_to_even(double value, long mantissa, sbyte exponent, long expected)
    {
        Assert.True(new StepDivision(new ExactDecimal(mantissa, exponent)).TryDivide(value, out var steps));
        Assert.Equal(expected, steps);
    }

    [Theory]
    [InlineData(9223372036854775808.0, 1, 0)]
    [InlineData(-9223372036854777856.0, 1, 0)]
    [InlineData(9.3e16, 1, -2)]
    [InlineData(1e300, 1, -18)]
    public void Float_steps_outside_int64_are_refused(double value, long mantissa, sbyte exponent) =>
        Assert.False(new StepDivision(new ExactDecimal(mantissa, exponent)).TryDivide(value, out _));

    [Fact]
    public void Float_steps_equal_infinite_precision()
    {
        var values = Gen.OneOf(
            Gen.Double[-1e6, 1e6], Gen.Double[0, 1e12], Gen.Double[-1e19, 1e19], Gen.Double,
            Gen.Float[0, 1e8f].Select(f => (double)f),
            // Ties and their neighbours.
            Gen.Int[-100_000, 100_000].Select(i => i + 0.5), Gen.Int[0, 100_000].Select(i => Math.BitIncrement(i + 0.5)), Gen.Int[0, 100_000].Select(i => Math.BitDecrement(i * 0.125)));
        Gen.Select(values, Gen.Long[1, 5_000], Gen.Int[-12, 3]).Sample((value, mantissa, exponent) =>
        {
            var division = new StepDivision(new ExactDecimal(mantissa, (sbyte)exponent));
            var ok = division.TryDivide(value, out var steps);
            var expected = Exactly(value, mantissa, exponent);
            Assert.Equal(expected is not null, ok);
            if (ok) Assert.Equal(expected!.Value, (BigInteger)steps);
        }, iter: 20_000);
    }

    [Fact]
    public void Sentinels_and_unmapped_states_are_bad_and_mapped_states_carry_their_code()
    {
        var state = new RegisterDecoder(new RegisterFormat
        {
            Type = RegisterType.I16, Kind = PointKind.State, Sentinel = 0x8000,
            States = ImmutableSortedDictionary.CreateRange(new Dictionary<long, long> { [-1] = 3, [2] = 0, [7] = 1 }),
        });
        Assert.Equal(new RegisterReading(Quality.Good, 0, 3), state.Decode([0xFF, 0xFF]));
        Assert.Equal(new RegisterReading(Quality.Good, 0, 1), state.Decode([0, 7]));
        Assert.Equal(Quality.BadOutOfRange, state.Decode([0, 3]).Quality);
        Assert.Equal(Quality.BadSentinel, state.Decode([0x80, 0]).Quality);
    }

    [Fact]
    public void What_cannot_be_decoded_is_refused_at_the_start()
    {
        Assert.Throws<ArgumentException>(() => new RegisterDecoder(new RegisterFormat { Type = RegisterType.U16, Kind = PointKind.Text }));
        Assert.Throws<ArgumentException>(() => new RegisterDecoder(new RegisterFormat { Type = RegisterType.F32, Kind = PointKind.State }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RegisterDecoder(new RegisterFormat { Type = RegisterType.F32, Kind = PointKind.Counter, Scale = default }));
    }

    private static decimal Power(int exponent)
    {
        var power = 1m;
        for (var i = 0; i < Math.Abs(exponent); i++) power *= 10;
        return exponent < 0 ? 1 / power : power;
    }

    // The reference: the double as a fraction of integers, divided and rounded by BigInteger.
    private static BigInteger? Exactly(double value, long mantissa, int exponent)
    {
        if (!double.IsFinite(value)) return null;
        var bits = BitConverter.DoubleToInt64Bits(value);
        var e = (int)((bits >> 52) & 0x7FF);
        var m = new BigInteger(bits & 0xF_FFFF_FFFF_FFFF) + (e == 0 ? 0 : 1L << 52);
        e = Math.Max(e, 1) - 1075;
        if (value < 0) m = -m;
        var (top, bottom) = (m, (BigInteger)mantissa);
        if (e >= 0) top <<= e;
        else bottom <<= -e;
        if (exponent >= 0) bottom *= BigInteger.Pow(10, exponent);
        else top *= BigInteger.Pow(10, -exponent);
        var doubled = BigInteger.Abs(top) * 2 + bottom;
        var rounded = doubled / (2 * bottom);
        if (doubled % (2 * bottom) == 0 && !rounded.IsEven) rounded--;
        rounded *= top.Sign;
        return rounded < long.MinValue || rounded > long.MaxValue ? null : rounded;
    }
}
