using System.Globalization;
using System.Numerics;
using CsCheck;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Records.Tests;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0", 0, 0)]
    [InlineData("-0", 0, 0)]
    [InlineData("0.01", 1, -2)]
    [InlineData("-3", -3, 0)]
    [InlineData("+3", 3, 0)]
    [InlineData(".5", 5, -1)]
    [InlineData("5.", 5, 0)]
    [InlineData("1e-3", 1, -3)]
    [InlineData("1.50E+2", 15, 1)]
    [InlineData("000.100", 1, -1)]
    [InlineData("-9223372036854775808", long.MinValue, 0)]
    [InlineData("0.000000000000000001", 1, -18)]
    [InlineData("0e36", 0, 0)]
    public void Reads(string text, long mantissa, int exponent)
    {
        Assert.True(ExactDecimal.TryParse(text, out var value));
        Assert.Equal(new ExactDecimal(mantissa, (sbyte)exponent), value.Normalize());
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("-")]
    [InlineData("-.")]
    [InlineData("e5")]
    [InlineData("1e")]
    [InlineData("1e99")]
    [InlineData("1e-2147483648")]
    [InlineData("1e-19")]
    [InlineData("1e40")]
    [InlineData("-9223372036854775808e19")]
    [InlineData("9223372036854775808")]
    [InlineData(".-5")]
    [InlineData(".+5")]
    [InlineData("1.-5")]
    [InlineData("1.2.3")]
    [InlineData("1,5")]
    [InlineData(" 1")]
    [InlineData("1 ")]
    [InlineData("0x10")]
    [InlineData("NaN")]
    [InlineData("--1")]
    [InlineData("\u0661")]
    public void Refuses(string text) => Assert.False(ExactDecimal.TryParse(text, out _));

    [Fact]
    public void Written_and_read_again_is_the_same_number() => Any.Decimal.Sample(value =>
    {
        var text = value.ToString();
        Assert.Equal(Exact(value), Exact(text));
        if (text.Length < 19)
        {
            Assert.True(ExactDecimal.TryParse(text, out var read));
            Assert.Equal(value.Normalize(), read.Normalize());
        }
    }, iter: 20_000);

    [Fact]
    public void Any_text_is_refused_or_read_exactly() => Gen.Char["0123456789.-+eE "].Array[0, 24].Select(c => new string(c)).Sample(text =>
    {
        if (!ExactDecimal.TryParse(text, out var value)) return;
        Assert.True(decimal.TryParse(text, NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out _) || value.Exponent > 0, text);
        Assert.Equal(Exact(text), Exact(value));
        Assert.InRange(value.Exponent, ExactDecimal.MinExponent, -ExactDecimal.MinExponent);
    }, iter: 50_000);

    [Fact]
    public void The_product_is_exact_or_refused() => Gen.Select(Any.Decimal, Any.Decimal).Sample((a, b) =>
    {
        var (m, e) = Exact(a);
        var (n, f) = Exact(b);
        var wanted = Reduce(m * n, e + f);
        var fits = wanted.Exponent >= ExactDecimal.MinExponent && Fits(wanted);
        try
        {
            Assert.Equal(wanted, Exact(a.Multiply(b)));
        }
        catch (OverflowException)
        {
            Assert.False(fits, $"{a} × {b} fits");
        }
    }, iter: 20_000);

    [Fact]
    public void The_double_is_the_nearest() => Any.Decimal.Sample(value => Assert.Equal(double.Parse(value.ToString(), CultureInfo.InvariantCulture), value.ToDouble()), iter: 20_000);

    [Fact]
    public void Normal_form_is_unique() => Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Int[-12, 6], Gen.Int[0, 6]).Sample((m, e, shift) =>
        Assert.Equal(new ExactDecimal(m, (sbyte)e).Normalize(), new ExactDecimal(m * (long)Math.Pow(10, shift), (sbyte)(e - shift)).Normalize()), iter: 5_000);

    private static (BigInteger Mantissa, int Exponent) Exact(ExactDecimal value) => Reduce(value.Mantissa, value.Exponent);

    private static (BigInteger Mantissa, int Exponent) Exact(string text)
    {
        var exponent = 0;
        if (text.IndexOfAny(['e', 'E']) is >= 0 and var at)
        {
            exponent = int.Parse(text.AsSpan(at + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
            text = text[..at];
        }
        if (text.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot)
        {
            exponent -= text.Length - dot - 1;
            text = text.Remove(dot, 1);
        }
        return Reduce(BigInteger.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture), exponent);
    }

    private static (BigInteger Mantissa, int Exponent) Reduce(BigInteger mantissa, int exponent)
    {
        if (mantissa.IsZero) return (0, 0);
        for (; mantissa % 10 == 0; exponent++) mantissa /= 10;
        return (mantissa, exponent);
    }

    private static bool Fits((BigInteger Mantissa, int Exponent) number)
    {
        var (mantissa, exponent) = number;
        for (; exponent > -ExactDecimal.MinExponent; exponent--) mantissa *= 10;
        return mantissa >= long.MinValue && mantissa <= long.MaxValue;
    }
}
