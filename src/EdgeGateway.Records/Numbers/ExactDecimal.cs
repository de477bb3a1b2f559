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

    /// <summary>1.</summary>
    public static ExactDecimal One => new(1, 0);

    /// <summary>The nearest <see cref="double"/>; for physics and bounds, never for totals.</summary>
    public double ToDouble() => Exponent < 0 ? Mantissa / Math.Pow(10, -Exponent) : Mantissa * Math.Pow(10, Exponent);

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
        var (a, b) = (Normalize(), other.Normalize());
        var e = a.Exponent + b.Exponent;
        var m = checked(a.Mantissa * b.Mantissa);
        if (m == 0) return default;
        if (e is < MinExponent or > -MinExponent) throw new OverflowException("The product's exponent is out of range.");
        return new ExactDecimal(m, (sbyte)e).Normalize();
    }

    /// <summary>Reads <c>0.01</c>, <c>-3</c>, <c>1e-3</c>; invariant culture, no thousands separators.</summary>
    /// <returns>False where the text is no number, or has more than 18 digits or 18 places.</returns>
    public static bool TryParse(ReadOnlySpan<char> text, out ExactDecimal value)
    {
        value = default;
        var exponent = 0;
        var at = text.IndexOfAny('e', 'E');
        if (at >= 0)
        {
            if (!int.TryParse(text[(at + 1)..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 36) return false;
            text = text[..at];
        }
        var dot = text.IndexOf('.');
        Span<char> digits = stackalloc char[20];
        if (text.Length > 20 || text.Length == 0) return false;
        if (dot >= 0)
        {
            if (text.Length == 1) return false;
            text[..dot].CopyTo(digits);
            text[(dot + 1)..].CopyTo(digits[dot..]);
            exponent -= text.Length - dot - 1;
            digits = digits[..(text.Length - 1)];
        }
        else
        {
            text.CopyTo(digits);
            digits = digits[..text.Length];
        }
        if (!long.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var mantissa)) return false;
        while (mantissa != 0 && mantissa % 10 == 0 && exponent < 0)
        {
            mantissa /= 10;
            exponent++;
        }
        while (exponent > -MinExponent && mantissa != 0 && Math.Abs(mantissa) < long.MaxValue / 10)
        {
            mantissa *= 10;
            exponent--;
        }
        if (exponent is < MinExponent or > -MinExponent && mantissa != 0) return false;
        value = mantissa == 0 ? default : new ExactDecimal(mantissa, (sbyte)exponent);
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
