using System.Globalization;
using System.Text.Json;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>What a placeholder stands for: a text, an exact decimal, a float, true or false, or nothing.</summary>
internal readonly struct PlaceholderValue
{
    private readonly string? _text;
    private readonly Int128 _mantissa;
    private readonly int _exponent;
    private readonly double _number;
    private readonly Form _form;

    private PlaceholderValue(Form form, string? text = null, Int128 mantissa = default, int exponent = 0, double number = 0) => (_form, _text, _mantissa, _exponent, _number) = (form, text, mantissa, exponent, number);

    private enum Form : byte
    {
        Nothing,
        Text,
        Decimal,
        Number,
        True,
        False,
    }

    /// <summary>No value.</summary>
    public static PlaceholderValue Nothing => default;

    public bool IsNothing => _form == Form.Nothing;

    public static PlaceholderValue Of(string? text) => text is null ? default : new(Form.Text, text);

    public static PlaceholderValue Of(bool value) => new(value ? Form.True : Form.False);

    public static PlaceholderValue Of(Int128 mantissa, int exponent = 0) => new(Form.Decimal, mantissa: mantissa, exponent: exponent);

    public static PlaceholderValue Of(ExactDecimal? value) => value is { } v ? Of(v.Mantissa, v.Exponent) : default;

    /// <summary>A number; what JSON cannot say is nothing.</summary>
    public static PlaceholderValue Of(double value) => double.IsFinite(value) ? new(Form.Number, number: value) : default;

    /// <summary>Writes it as a JSON value of its own type.</summary>
    public void Write(Utf8JsonWriter w)
    {
        switch (_form)
        {
            case Form.Text:
                w.WriteStringValue(_text);
                break;
            case Form.Decimal:
                DecimalJson.WriteNumber(w, _mantissa, _exponent);
                break;
            case Form.Number:
                w.WriteNumberValue(_number);
                break;
            case Form.True or Form.False:
                w.WriteBooleanValue(_form == Form.True);
                break;
            default:
                w.WriteNullValue();
                break;
        }
    }

    /// <summary>As it stands within a text; nothing is empty.</summary>
    public override string ToString()
    {
        switch (_form)
        {
            case Form.Text:
                return _text!;
            case Form.Decimal:
                Span<byte> digits = stackalloc byte[DecimalText.MaxLength];
                return System.Text.Encoding.UTF8.GetString(digits[..DecimalText.Format(_mantissa, _exponent, 0, digits)]);
            case Form.Number:
                return _number.ToString("R", CultureInfo.InvariantCulture);
            case Form.True:
                return "true";
            case Form.False:
                return "false";
            default:
                return "";
        }
    }
}
