using System.Globalization;
using System.Numerics;

namespace EdgeGateway.Records.Numbers;

/// <summary>A decimal number without rounding: <see cref="Mantissa"/> × 10^<see cref="Exponent"/>. Steps, ratios and modulus declarations are of this type.</summary>
/// <param name="Mantissa">Any value.</param>
/// <param name="Exponent">-18 to 18.</param>
public readonly record struct ExactDecimal(long Mantissa, sbyte Exponent)
{
    /// <summary>The smallest and, negated, the largest exponent.</summary>
    public const int MinExponent = -18;

    private const long MaxExactDouble = 1L << 53;

    /// <summary>1.</summary>
    public static ExactDecimal One => new(1, 0);

    /// <summary>The nearest <see cref="double"/>; for physics and bounds, never for totals. Allocates only for mantissas above 2^53.</summary>
    public double ToDouble()
    {
        // Mantissa and power of ten are then doubles without rounding, so that one rounding remains.
        if (Mantissa is >= -MaxExactDouble and <= MaxExactDouble) return Exponent < 0 ? Mantissa / Math.Pow(10, -Exponent) : Mantissa * Math.Pow(10, Exponent);
        return double.Parse(ToString(), NumberStyles.Float, CultureInfo.InvariantCulture);
    }

    /// <summary>Without trailing zeros in the mantissa; 0 becomes (0, 0).</summary>
    public ExactDecimal Normalize()
    {
        if (Mantissa == 0) return default;
        var (m, e) = (Mantissa, (int)Exponent);
        while (m % 10 == 0 && e < -MinExponent)
        {
            m /= 10;
            e++;
        }
        return new ExactDecimal(m, (sbyte)e);
    }

    /// <summary>The product.</summary>
    /// <exception cref="OverflowException">The product does not fit.</exception>
    public ExactDecimal Multiply(ExactDecimal other)
    {
        var m = (Int128)Mantissa * other.Mantissa;
        return Fit(m, Exponent + other.Exponent, out var product) ? product.Normalize() : throw new OverflowException("The product is out of range.");
    }

    /// <summary>Reads <c>0.01</c>, <c>-3</c>, <c>1e-3</c>; invariant culture, no thousands separators.</summary>
    /// <returns>False where the text is no number, is longer than 20 characters before its exponent part, or needs more than 63 bits or 18 places.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactDecimal value)
    {
        value = default;
        var exponent = 0;
        var at = text.IndexOfAny('e', 'E');
        if (at >= 0)
        {
            if (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || exponent is < -36 or > 36) return false;
            text = text[..at];
        }
        Span<char> digits = stackalloc char[20];
        if (text.Length > digits.Length || text.IsEmpty) return false;
        var dot = text.IndexOf('.');
        if (dot >= 0)
        {
            // A sign behind the point would become one before the number when the point is taken out.
            var places = text[(dot + 1)..];
            if (places.IndexOfAnyExceptInRange('0', '9') >= 0) return false;
            text[..dot].CopyTo(digits);
            places.CopyTo(digits[dot..]);
            exponent -= places.Length;
            digits = digits[..(text.Length - 1)];
        }
        else
        {
            text.CopyTo(digits);
            digits = digits[..text.Length];
        }
        return long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa) && Fit(mantissa, exponent, out value);
    }

    /// <summary>The same number within the limits of the type, its exponent as near to <paramref name="e"/> as may be; false where there is none.</summary>
    private static bool Fit(Int128 m, int e, out ExactDecimal value)
    {
        value = default;
        if (m == 0) return true;
        for (; m % 10 == 0 && (e < 0 || m > long.MaxValue || m < long.MinValue); e++) m /= 10;
        for (; e > -MinExponent && m <= long.MaxValue / 10 && m >= long.MinValue / 10; e--) m *= 10;
        if (m > long.MaxValue || m < long.MinValue || e is < MinExponent or > -MinExponent) return false;
        value = new ExactDecimal((long)m, (sbyte)e);
        return true;
    }

    /// <summary>Plain digits without an exponent: <c>0.01</c>.</summary>
    public override string ToString()
    {
        var n = Normalize();
        var negative = n.Mantissa < 0;
        var digits = BigInteger.Abs(n.Mantissa).ToString(CultureInfo.InvariantCulture);
        if (n.Exponent >= 0) digits += new string('0', n.Exponent);
        else
        {
            var places = -n.Exponent;
            if (digits.Length <= places) digits = new string('0', places - digits.Length + 1) + digits;
            digits = string.Concat(digits.AsSpan(0, digits.Length - places), ".", digits.AsSpan(digits.Length - places));
        }
        return negative ? "-" + digits : digits;
    }
}
