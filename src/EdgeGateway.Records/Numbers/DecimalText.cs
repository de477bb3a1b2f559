using System.Buffers.Text;

namespace EdgeGateway.Records.Numbers;

/// <summary>Decimal numbers as plain digits, without an exponent and without passing through a double.</summary>
public static class DecimalText
{
    /// <summary>Room for any mantissa and an exponent of -36 to 36.</summary>
    public const int MaxLength = 96;

    /// <summary>Writes <paramref name="mantissa"/> × 10^<paramref name="exponent"/>; zeros beyond <paramref name="minPlaces"/> are left out.</summary>
    /// <param name="mantissa">Any value.</param>
    /// <param name="exponent">-36 to 36.</param>
    /// <param name="minPlaces">Decimal places that are always written.</param>
    /// <param name="text">Room for <see cref="MaxLength"/> bytes.</param>
    /// <returns>Bytes written.</returns>
    public static int Format(Int128 mantissa, int exponent, int minPlaces, Span<byte> text)
    {
        Span<byte> digits = stackalloc byte[MaxLength];
        var size = (UInt128)(mantissa < 0 ? -mantissa : mantissa);
        int count;
        if (size <= ulong.MaxValue) Utf8Formatter.TryFormat((ulong)size, digits, out count);
        else size.TryFormat(digits, out count, default, System.Globalization.CultureInfo.InvariantCulture);
        var places = 0;
        if (exponent > 0 && mantissa != 0)
        {
            digits.Slice(count, exponent).Fill((byte)'0');
            count += exponent;
        }
        else if (exponent < 0)
        {
            places = -exponent;
            while (places > minPlaces && digits[count - 1] == '0' && count > 1)
            {
                places--;
                count--;
            }
            if (mantissa == 0) places = Math.Min(places, minPlaces);
        }
        var at = 0;
        if (mantissa < 0) text[at++] = (byte)'-';
        var whole = count - places;
        if (whole > 0)
        {
            digits[..whole].CopyTo(text[at..]);
            at += whole;
        }
        else text[at++] = (byte)'0';
        if (places == 0 && minPlaces == 0) return at;
        text[at++] = (byte)'.';
        for (var i = whole; i < 0; i++) text[at++] = (byte)'0';
        var fraction = digits[Math.Max(0, whole)..count];
        fraction.CopyTo(text[at..]);
        at += fraction.Length;
        for (; places < minPlaces; places++) text[at++] = (byte)'0';
        return at;
    }
}
