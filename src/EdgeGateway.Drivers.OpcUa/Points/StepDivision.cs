using System.Numerics;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>A float ÷ its declared resolution, rounded half to even, as infinite precision would. Allocates only for quotients near a tie or beyond 2⁴⁵.</summary>
internal sealed class StepDivision
{
    private const double FastLimit = 1L << 45, TieMargin = 1.0 / 32;
    private readonly BigInteger _numerator, _denominator;
    private readonly double _multiply, _divide;

    public StepDivision(ExactDecimal resolution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution.Mantissa);
        _numerator = BigInteger.Pow(10, Math.Max(0, -resolution.Exponent));
        _denominator = resolution.Mantissa * BigInteger.Pow(10, Math.Max(0, (int)resolution.Exponent));
        (_multiply, _divide) = ((double)_numerator, (double)_denominator);
    }

    /// <summary>The steps; false where the value is no number or the steps are outside int64.</summary>
    public bool TryDivide(double value, out long steps)
    {
        steps = 0;
        if (!double.IsFinite(value)) return false;
        var near = value * _multiply / _divide;
        if (Math.Abs(near) < FastLimit)
        {
            var rounded = Math.Round(near, MidpointRounding.ToEven);
            if (Math.Abs(near - rounded) < 0.5 - TieMargin)
            {
                steps = (long)rounded;
                return true;
            }
        }
        return TryExactly(value, out steps);
    }

    private bool TryExactly(double value, out long steps)
    {
        var bits = BitConverter.DoubleToInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var mantissa = (bits & 0xF_FFFF_FFFF_FFFF) | (exponent == 0 ? 0 : 1L << 52);
        var shift = Math.Max(exponent, 1) - 1075;
        var top = mantissa * _numerator * (shift > 0 ? BigInteger.One << shift : 1);
        var bottom = _denominator * (shift < 0 ? BigInteger.One << -shift : 1);
        var quotient = BigInteger.DivRem(top, bottom, out var rest);
        var twice = (rest * 2).CompareTo(bottom);
        if (twice > 0 || (twice == 0 && !quotient.IsEven)) quotient++;
        if (value < 0) quotient = -quotient;
        var fits = quotient >= long.MinValue && quotient <= long.MaxValue;
        steps = fits ? (long)quotient : 0;
        return fits;
    }
}
