using System.Numerics;
using CsCheck;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Tests;

/// <summary>Against exact fractions: an amount is a count of 10⁻¹²/65 536 base units.</summary>
public sealed class AmountTests
{
    private static readonly BigInteger QuantaPerBase = 65_536 * BigInteger.Pow(10, 12);
    private static readonly Gen<long> Totals = Gen.OneOf(Gen.Long[-(1L << 50), 1L << 50], Gen.Long[-100, 100]);
    private static readonly Gen<ExactDecimal> Steps = Gen.Select(Gen.Long[1, 9999], Gen.Int[-5, 1]).Select((m, e) => new ExactDecimal(m, (sbyte)e));
    private static readonly Gen<UnitOfMeasure> Units = Any.From(UnitOfMeasure.KilowattHour, UnitOfMeasure.WattHour, UnitOfMeasure.MegawattHour, UnitOfMeasure.Piece);
    private static readonly Gen<Amount> Amounts = Gen.OneOf(
        Gen.Select(Totals, Steps, Steps, Units).Select((t, s, r, u) => (t, s, r, u)).Where(a => a.s.Multiply(a.r).Multiply(a.u.ToBase()).Exponent >= Amount.MinExponent).Select(a => Amount.Of(a.t % (1L << 40), a.s, a.r, a.u)),
        Gen.Long[-1_000_000, 1_000_000].Select(Amount.Whole),
        Gen.Long[-1_000_000, 1_000_000].Select(q => new Amount((Int128)q * 32_768_000_000)));

    [Fact]
    public void An_amount_is_the_exact_product() => Gen.Select(Totals, Steps, Steps, Units).Sample((deltaT, step, ratio, unit) =>
    {
        // deltaT/65 536 steps × step × ratio × unit, as a fraction with denominator 65 536 × 10^30.
        var numerator = new BigInteger(deltaT) * Scaled(step, 10) * Scaled(ratio, 10) * Scaled(unit.ToBase(), 10);
        try
        {
            var amount = Amount.Of(deltaT, step, ratio, unit);
            Assert.Equal(numerator * BigInteger.Pow(10, 12), (BigInteger)amount.Quanta * BigInteger.Pow(10, 30));
        }
        catch (OverflowException)
        {
            var quanta = BigInteger.DivRem(numerator, BigInteger.Pow(10, 18), out var rest);
            Assert.True(!rest.IsZero || BigInteger.Abs(quanta) > (BigInteger)Int128.MaxValue || step.Multiply(ratio).Multiply(unit.ToBase()).Exponent < Amount.MinExponent);
        }
    }, iter: 20_000);

    [Fact]
    public void Parts_sum_to_the_whole() => Gen.Select(Totals, Gen.Long[-1000, 1000], Steps).Sample((t, cut, step) =>
        Assert.Equal(Amount.Of(t, step, ExactDecimal.One, UnitOfMeasure.WattHour),
            Amount.Of(t - cut, step, ExactDecimal.One, UnitOfMeasure.WattHour) + Amount.Of(cut, step, ExactDecimal.One, UnitOfMeasure.WattHour)), iter: 5_000);

    [Fact]
    public void Rounding_is_half_to_even_at_six_places() => Amounts.Sample(amount =>
    {
        var micros = HalfEven((BigInteger)amount.Quanta * 1_000_000, QuantaPerBase);
        if (BigInteger.Abs(micros) <= long.MaxValue) Assert.Equal(new ExactDecimal((long)micros, -6), amount.RoundToSix());
        else Assert.Throws<OverflowException>(() => amount.RoundToSix());
    }, iter: 20_000);

    [Theory]
    [InlineData(1, 0)] // 0.0000005 → 0
    [InlineData(3, 2)] // 0.0000015 → 0.000002
    [InlineData(5, 2)] // 0.0000025 → 0.000002
    [InlineData(-1, 0)]
    [InlineData(-3, -2)]
    public void Halves_go_to_the_even_neighbour(long halfMicros, long micros) =>
        Assert.Equal(new ExactDecimal(micros, -6), new Amount((Int128)halfMicros * 32_768_000_000).RoundToSix());

    [Fact]
    public void A_quotient_is_rounded_once() => Gen.Select(Amounts, Amounts).Sample((a, b) =>
    {
        var per = a.Per(b);
        if (b.Quanta == 0) Assert.Null(per);
        else if (per is { } value) Assert.Equal(HalfEven((BigInteger)a.Quanta * 1_000_000, (BigInteger)b.Quanta), value.Mantissa);
        else Assert.True(BigInteger.Abs(HalfEven((BigInteger)a.Quanta * 1_000_000, (BigInteger)b.Quanta)) > long.MaxValue || BigInteger.Abs((BigInteger)a.Quanta) > BigInteger.Pow(10, 14) * QuantaPerBase);
    }, iter: 20_000);

    [Fact]
    public void Quotients_of_great_amounts_are_right_too()
    {
        // Divisors beyond 2^126, where twice the rest no longer fits.
        var divisor = new Amount((Int128.One << 126) + 3);
        Assert.Equal(new ExactDecimal(0, -6), new Amount(Int128.MaxValue / 4_000_000).Per(divisor)!.Value);
        Assert.Equal(new ExactDecimal(1_000_000, -6), new Amount((Int128.One << 100) + 5).Per(new Amount((Int128.One << 100) + 7))!.Value);
        foreach (var shift in new[] { 120, 124, 125, 126 })
        {
            var great = (Int128.One << shift) + 12345;
            foreach (var part in new[] { great / 3, great / 2, (great / 2) + 1, great - 1 })
            {
                var small = part / 2_000_000;
                if (new Amount(small).Per(new Amount(great)) is { } per) Assert.Equal(HalfEven((BigInteger)small * 1_000_000, (BigInteger)great), per.Mantissa);
            }
        }
    }

    [Fact]
    public void Sums_that_do_not_fit_are_refused()
    {
        Assert.Throws<OverflowException>(() => new Amount(Int128.MaxValue) + new Amount(1));
        Assert.Throws<OverflowException>(() => Amount.Of(1, new ExactDecimal(1, -10), new ExactDecimal(1, -3), UnitOfMeasure.KilowattHour));
        Assert.Throws<OverflowException>(() => Amount.Of(long.MaxValue, new ExactDecimal(1, 9), ExactDecimal.One, UnitOfMeasure.KilowattHour));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var amount = Amount.Of(1 << 20, new ExactDecimal(1, -2), new ExactDecimal(40, 0), UnitOfMeasure.KilowattHour);
        var sink = 0L;
        for (var i = 0; i < 100; i++) Run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Run();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.NotEqual(0, sink);

        void Run()
        {
            var sum = amount + Amount.Of(1 << 16, new ExactDecimal(1, -2), new ExactDecimal(40, 0), UnitOfMeasure.KilowattHour);
            sink += sum.RoundToSix().Mantissa + (sum.Per(Amount.Whole(7))?.Mantissa ?? 0);
        }
    }

    private static BigInteger Scaled(ExactDecimal value, int places) => value.Exponent >= -places
        ? value.Mantissa * BigInteger.Pow(10, value.Exponent + places)
        : throw new ArgumentOutOfRangeException(nameof(value));

    private static BigInteger HalfEven(BigInteger value, BigInteger divisor)
    {
        if (divisor.Sign < 0) (value, divisor) = (-value, -divisor);
        var twice = (2 * value) + divisor;
        var quotient = BigInteger.DivRem(twice, 2 * divisor, out var rest);
        if (rest.Sign < 0) (quotient, rest) = (quotient - 1, rest + (2 * divisor));
        return rest.IsZero && !quotient.IsEven ? quotient - 1 : quotient;
    }

    [Fact]
    public void A_share_of_an_amount_is_the_exact_quotient_rounded_once() =>
        Gen.Select(Gen.Long, Gen.Long, Gen.Long[1, long.MaxValue], Gen.Int[0, 40], Gen.Int[0, 40]).Sample((value, part, whole, up, more) =>
        {
            var (a, b, c) = ((Int128)value << up, (Int128)part << more, (Int128)whole << more);
            var exact = (System.Numerics.BigInteger)a * b;
            var quotient = System.Numerics.BigInteger.DivRem(System.Numerics.BigInteger.Abs(exact), c, out var rest);
            if (2 * rest > c || (2 * rest == c && !quotient.IsEven)) quotient++;
            if (quotient > (System.Numerics.BigInteger)Int128.MaxValue) Assert.Throws<OverflowException>(() => new Amount(a).Share(new Amount(b), new Amount(c)));
            else Assert.Equal((exact.Sign < 0 ? -quotient : quotient), new Amount(a).Share(new Amount(b), new Amount(c)).Quanta);
        }, iter: 20_000);

    [Theory]
    [InlineData(1234, -3, 1229, -4, "0.151659")]
    [InlineData(1000, 0, 4419, -4, "441.900000")]
    [InlineData(-5, 0, 1, -1, "-0.500000")]
    public void A_factor_turns_kilowatt_hours_into_something_else(long kwh, int exponent, long factor, int places, string expected) =>
        Assert.Equal(expected, Amount.Of(kwh * 65_536, new ExactDecimal(1, (sbyte)exponent), ExactDecimal.One, UnitOfMeasure.KilowattHour).Scale(new ExactDecimal(factor, (sbyte)places)).RoundToSix().ToDouble().ToString("F6", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_heat_meter_that_counts_kilowatt_hours_states_megajoules()
    {
        Assert.Equal(Amount.Whole(36), Amount.Of(10 * 65_536, ExactDecimal.One, ExactDecimal.One, UnitOfMeasure.KilowattHour, Dimension.Heat));
        Assert.Throws<OverflowException>(() => Amount.Of(1, ExactDecimal.One, ExactDecimal.One, UnitOfMeasure.CubicMetre, Dimension.NormalVolume));
    }
}
