using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.DeviceMaps.Templates;

/// <summary>A parameter's name, or a sum of products of names and numbers: <c>ct * pt</c>, <c>base + 2</c>.</summary>
internal sealed class ParameterSum
{
    private readonly string[][] _products;

    private ParameterSum(string[][] products) => _products = products;

    /// <summary>Every name in it.</summary>
    public IEnumerable<string> Names => _products.SelectMany(p => p).Where(f => !IsNumber(f));

    /// <summary>The expression, or null where it is none.</summary>
    public static ParameterSum? Parse(string text)
    {
        var products = text.Split('+').Select(p => p.Split('*', StringSplitOptions.TrimEntries)).ToArray();
        var sound = products.SelectMany(p => p).All(f => IsNumber(f) ? Number(f) is not null : MapNames.Wrong(f) is null);
        return sound ? new ParameterSum(products) : null;
    }

    /// <summary>Its value; a name alone may stand for any text. Null where it cannot be computed exactly.</summary>
    public string? Value(Func<string, string> valueOf, out string wrong)
    {
        wrong = "";
        if (_products is [[var only]]) return IsNumber(only) ? only : valueOf(only);
        try
        {
            var sum = new ExactDecimal(0, 0);
            foreach (var product in _products)
            {
                var value = ExactDecimal.One;
                foreach (var factor in product)
                {
                    var text = IsNumber(factor) ? factor : valueOf(factor);
                    if (Number(text) is not { } number)
                    {
                        wrong = $"'{text}' is not a number.";
                        return null;
                    }
                    value = value.Multiply(number);
                }
                sum = Add(sum, value);
            }
            return sum.ToString();
        }
        catch (OverflowException)
        {
            wrong = "the result has too many digits.";
            return null;
        }
    }

    private static bool IsNumber(string factor) => factor.Length > 0 && (char.IsAsciiDigit(factor[0]) || factor[0] is '-' or '.');

    private static ExactDecimal? Number(string text)
    {
        if (text.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
        {
            return long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var whole) && whole >= 0 ? new ExactDecimal(whole, 0) : null;
        }
        return ExactDecimal.TryParse(text, out var value) ? value : null;
    }

    private static ExactDecimal Add(ExactDecimal a, ExactDecimal b)
    {
        var exponent = Math.Min(a.Exponent, b.Exponent);
        return new ExactDecimal(checked(Scaled(a, exponent) + Scaled(b, exponent)), exponent).Normalize();
    }

    private static long Scaled(ExactDecimal value, sbyte exponent)
    {
        var mantissa = value.Mantissa;
        for (int e = value.Exponent; e > exponent; e--) mantissa = checked(mantissa * 10);
        return mantissa;
    }
}
