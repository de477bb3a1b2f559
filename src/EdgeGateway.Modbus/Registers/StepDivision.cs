using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Modbus.Registers;

/// <summary>A float reading ÷ its declared resolution, rounded half to even: exactly what infinite precision would give for the bits that were read.</summary>
/// <remarks>Immutable; thread-safe; nothing is allocated.</remarks>
public sealed class StepDivision
{
    // Three roundings of a double cannot carry a quotient below 2⁴⁵ past a tie that is 1/32 away.
    private const double FastLimit = 1L << 45, TieMargin = 1.0 / 32;

    private readonly UInt128 _tenfold, _divisor;
    private readonly double _multiply, _divide;

    /// <summary>Prepares division by <paramref name="resolution"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The resolution is not above 0.</exception>
    public StepDivision(ExactDecimal resolution)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(resolution.Mantissa);
        var r = resolution.Normalize();
        (_tenfold, _divisor) = (1, (UInt128)r.Mantissa);
        for (var e = (int)r.Exponent; e < 0; e++) _tenfold *= 10;
        for (var e = (int)r.Exponent; e > 0; e--) _divisor *= 10;
        (_multiply, _divide) = ((double)_tenfold, (double)_divisor);
    }

    /// <summary>The steps of <paramref name="value"/>; false where it is no number or outside int64.</summary>
    public bool TryDivide(double value, out long steps)
    {
        steps = 0;
        var near = value * _multiply / _divide;
        // A product that overflows to infinity is beyond int64 too.
        if (!double.IsFinite(value) || !(Math.Abs(near) < 9.3e18)) return false;
        if (Math.Abs(near) < FastLimit)
        {
            var rounded = Math.Round(near, MidpointRounding.ToEven);
            if (Math.Abs(near - rounded) < 0.5 - TieMargin)
            {
                steps = (long)rounded;
                return true;
            }
        }
        return TryDivideExactly(value, out steps);
    }

    private bool TryDivideExactly(double value, out long steps)
    {
        steps = 0;
        var bits = BitConverter.DoubleToUInt64Bits(value);
        var exponent = (int)((bits >> 52) & 0x7FF);
        var fraction = bits & 0xF_FFFF_FFFF_FFFF;
        var negative = value < 0;
        if (exponent != 0) fraction |= 1UL << 52;
        else exponent = 1;
        if (fraction == 0) return true;
        var zeros = System.Numerics.BitOperations.TrailingZeroCount(fraction);
        UInt128 dividend = fraction >> zeros, divisor = _divisor;
        var shift = exponent - 1075 + zeros;
        // 53 bits × 10¹⁸ < 2¹¹³.
        dividend *= _tenfold;
        if (shift > 0)
        {
            // Only resolutions above 10¹⁹ come here with a quotient inside int64; refusing them is honest enough.
            if (shift > (int)UInt128.LeadingZeroCount(dividend)) return false;
            dividend <<= shift;
        }
        else if (shift < 0)
        {
            // A divisor beyond 2¹²⁷ is more than twice any dividend: the quotient rounds to 0.
            if (-shift >= (int)UInt128.LeadingZeroCount(divisor)) return true;
            divisor <<= -shift;
        }
        var (quotient, rest) = UInt128.DivRem(dividend, divisor);
        var half = divisor - rest;
        if (rest > half || (rest == half && UInt128.IsOddInteger(quotient))) quotient++;
        var limit = (UInt128)long.MaxValue + (negative ? 1u : 0u);
        if (quotient > limit) return false;
        steps = negative ? (long)-(Int128)quotient : (long)quotient;
        return true;
    }
}
