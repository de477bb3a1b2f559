using System.Buffers.Text;
using System.Text.Json;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Decimal numbers as plain digits, without an exponent and without passing through a double.</summary>
internal static class DecimalText
{
    /// <summary>Room for any mantissa and an exponent of -36 to 36.</summary>
    public const int MaxLength = 96;

    private const int Places = 6;
    private static readonly Int128 QuantaPerMicro = (Int128)65_536 * 1_000_000;

    /// <summary>Writes <paramref name="mantissa"/> × 10^<paramref name="exponent"/>; zeros beyond <paramref name="minPlaces"/> are left out.</summary>
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

    /// <summary>Writes a number value.</summary>
    public static void WriteNumber(Utf8JsonWriter w, Int128 mantissa, int exponent, int minPlaces = 0)
    {
        Span<byte> text = stackalloc byte[MaxLength];
        w.WriteRawValue(text[..Format(mantissa, exponent, minPlaces, text)], skipInputValidation: true);
    }

    /// <summary>Writes <c>"0.01 kWh"</c>, or <c>"20"</c> where there is no <paramref name="symbol"/>.</summary>
    public static void WriteText(Utf8JsonWriter w, ExactDecimal value, string symbol = "")
    {
        Span<byte> text = stackalloc byte[MaxLength + 32];
        var length = Format(value.Mantissa, value.Exponent, 0, text);
        if (symbol.Length > 0)
        {
            text[length++] = (byte)' ';
            length += System.Text.Encoding.UTF8.GetBytes(symbol, text[length..]);
        }
        w.WriteStringValue(text[..length]);
    }

    /// <summary>Writes an amount half-even to six places, always with six digits: <c>1.234000</c>.</summary>
    public static void WriteSixPlaces(Utf8JsonWriter w, Amount amount)
    {
        var rounded = amount.RoundToSix();
        WriteNumber(w, rounded.Mantissa, rounded.Exponent, Places);
    }

    /// <summary>Writes an amount half-even to six places, without trailing zeros: <c>20</c>.</summary>
    public static void WriteShort(Utf8JsonWriter w, Amount amount)
    {
        var rounded = amount.RoundToSix();
        WriteNumber(w, rounded.Mantissa, rounded.Exponent);
    }

    /// <summary>Writes a bound: rounded up to six places, so that it never says less than it should.</summary>
    public static void WriteBound(Utf8JsonWriter w, Amount bound)
    {
        var (quotient, rest) = Int128.DivRem(bound.Quanta, QuantaPerMicro);
        WriteNumber(w, rest > 0 ? quotient + 1 : quotient, -Places);
    }
}
