using System.Numerics;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Carbon;

/// <summary>Quotients of decimals for reference data; not for the hot path.</summary>
public static class Quotient
{
    private const int Places = 15;

    /// <summary><paramref name="value"/> ÷ <paramref name="divisor"/>, exact where it is a decimal of up to fifteen places, else rounded half to even there.</summary>
    /// <exception cref="DivideByZeroException">The divisor is zero.</exception>
    /// <exception cref="OverflowException">The quotient does not fit.</exception>
    public static ExactDecimal Of(ExactDecimal value, ExactDecimal divisor, int places = Places)
    {
        var (numerator, denominator) = ((BigInteger)value.Mantissa, (BigInteger)divisor.Mantissa);
        var exponent = value.Exponent - divisor.Exponent + places;
        if (exponent >= 0) numerator *= BigInteger.Pow(10, exponent);
        else denominator *= BigInteger.Pow(10, -exponent);
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        var quotient = BigInteger.DivRem(numerator, denominator, out var rest);
        var twice = BigInteger.Abs(rest) * 2;
        if (twice > denominator || (twice == denominator && !quotient.IsEven)) quotient += numerator.Sign;
        while (places > 0 && quotient % 10 == 0)
        {
            quotient /= 10;
            places--;
        }
        return quotient >= long.MinValue && quotient <= long.MaxValue ? new ExactDecimal((long)quotient, (sbyte)-places).Normalize() : throw new OverflowException("The quotient does not fit.");
    }
}
