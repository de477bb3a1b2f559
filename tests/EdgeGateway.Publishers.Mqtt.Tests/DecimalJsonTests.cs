using System.Globalization;
using System.Numerics;
using System.Text;
using CsCheck;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class DecimalJsonTests
{
    [Theory]
    [InlineData(0, 0, 0, "0")]
    [InlineData(0, -6, 6, "0.000000")]
    [InlineData(0, -6, 0, "0")]
    [InlineData(0, 5, 2, "0.00")]
    [InlineData(-5, -1, 6, "-0.500000")]
    [InlineData(1234000, -6, 6, "1.234000")]
    [InlineData(1234000, -6, 0, "1.234")]
    [InlineData(1000000, -6, 0, "1")]
    [InlineData(10, -3, 0, "0.01")]
    [InlineData(7, 3, 0, "7000")]
    [InlineData(7, 0, 6, "7.000000")]
    [InlineData(long.MinValue, -18, 0, "-9.223372036854775808")]
    public void Digits_are_plain(long mantissa, int exponent, int places, string expected) => Assert.Equal(expected, Text(mantissa, exponent, places));

    [Fact]
    public void The_greatest_numbers_fit()
    {
        Assert.Equal("-170141183460469231731687303715884105728" + new string('0', 36), Text(Int128.MinValue, 36, 0));
        Assert.Equal("0.000000000000000000000000000000000007", Text(7, -36, 0));
    }

    [Fact]
    public void Equals_plain_arithmetic_on_any_number() =>
        Gen.Select(Gen.Long, Gen.Long, Gen.Int[-36, 36], Gen.Int[0, 7]).Sample((high, low, exponent, places) =>
        {
            var mantissa = (Int128)high * low / 4;
            var text = Text(mantissa, exponent, places);
            Assert.DoesNotContain('E', text);
            var dot = text.IndexOf('.', StringComparison.Ordinal);
            var shown = dot < 0 ? 0 : text.Length - dot - 1;
            Assert.True(shown >= places);
            if (shown > places) Assert.NotEqual('0', text[^1]);
            // Both sides scaled to 10^-36 are the same integer.
            var value = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) * BigInteger.Pow(10, 36 - shown);
            Assert.Equal((BigInteger)mantissa * BigInteger.Pow(10, 36 + exponent), value);
        }, iter: 2000);

    [Fact]
    public void A_bound_is_never_rounded_down() =>
        Gen.Long.Where(q => q >= 0).Sample(quanta =>
        {
            var text = Rendered.Json(w => DecimalJson.WriteBound(w, new Amount(quanta)));
            var micros = BigInteger.Parse(text.Contains('.', StringComparison.Ordinal) ? text.Replace(".", "", StringComparison.Ordinal).PadRight(text.IndexOf('.', StringComparison.Ordinal) + 6, '0') : text + "000000", CultureInfo.InvariantCulture);
            var exact = (BigInteger)65_536 * 1_000_000;
            Assert.InRange(micros * exact - quanta, 0, exact - 1);
        }, iter: 500);

    private static string Text(Int128 mantissa, int exponent, int places)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        return Encoding.ASCII.GetString(text[..DecimalText.Format(mantissa, exponent, places, text)]);
    }
}
