namespace EdgeGateway.Records.Numbers;

/// <summary>Value × numerator ÷ denominator with a product of 256 bits: a share of an amount without rounding on the way. Allocates nothing.</summary>
internal static class WideProduct
{
    /// <summary>Rounded half to even.</summary>
    /// <exception cref="DivideByZeroException">The denominator is zero.</exception>
    /// <exception cref="OverflowException">The quotient does not fit.</exception>
    public static Int128 Divide(Int128 value, Int128 numerator, Int128 denominator)
    {
        if (denominator == 0) throw new DivideByZeroException();
        var negative = (Int128.IsNegative(value) ^ Int128.IsNegative(numerator)) ^ Int128.IsNegative(denominator);
        var divisor = Size(denominator);
        Multiply(Size(value), Size(numerator), out var high, out var low);
        if (high >= divisor) throw new OverflowException("The share is out of range.");
        var rest = high;
        var quotient = UInt128.Zero;
        for (var bit = 127; bit >= 0; bit--)
        {
            var carry = rest >> 127 != 0;
            rest = (rest << 1) | ((low >> bit) & 1);
            quotient <<= 1;
            if (!carry && rest < divisor) continue;
            rest -= divisor;
            quotient |= 1;
        }
        var left = divisor - rest;
        if (rest > left || (rest == left && (quotient & 1) == 1)) quotient++;
        if (quotient > (UInt128)Int128.MaxValue) throw new OverflowException("The share is out of range.");
        return negative ? -(Int128)quotient : (Int128)quotient;
    }

    private static UInt128 Size(Int128 value) => value < 0 ? (UInt128)(-(value + 1)) + 1 : (UInt128)value;

    private static void Multiply(UInt128 a, UInt128 b, out UInt128 high, out UInt128 low)
    {
        const ulong mask = ulong.MaxValue;
        var (a1, a0, b1, b0) = (a >> 64, a & mask, b >> 64, b & mask);
        var (p00, p01, p10, p11) = (a0 * b0, a0 * b1, a1 * b0, a1 * b1);
        var middle = (p00 >> 64) + (p01 & mask) + (p10 & mask);
        low = (middle << 64) | (p00 & mask);
        high = p11 + (p01 >> 64) + (p10 >> 64) + (middle >> 64);
    }
}
