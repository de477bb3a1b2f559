using System.Text.Json;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Publishers.Mqtt.Payloads;

/// <summary>Decimal numbers in JSON, without passing through a double.</summary>
internal static class DecimalJson
{
    private const int Places = 6;
    private static readonly Int128 QuantaPerMicro = (Int128)65_536 * 1_000_000;

    /// <summary>Writes a number value.</summary>
    public static void WriteNumber(Utf8JsonWriter w, Int128 mantissa, int exponent, int minPlaces = 0)
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength];
        w.WriteRawValue(text[..DecimalText.Format(mantissa, exponent, minPlaces, text)], skipInputValidation: true);
    }

    /// <summary>Writes <c>"0.01 kWh"</c>, or <c>"20"</c> where there is no <paramref name="symbol"/>.</summary>
    public static void WriteText(Utf8JsonWriter w, ExactDecimal value, string symbol = "")
    {
        Span<byte> text = stackalloc byte[DecimalText.MaxLength + 32];
        var length = DecimalText.Format(value.Mantissa, value.Exponent, 0, text);
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
