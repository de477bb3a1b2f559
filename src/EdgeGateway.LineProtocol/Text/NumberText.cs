using System.Buffers.Text;
using System.Globalization;

namespace EdgeGateway.LineProtocol.Text;

/// <summary>Floating point numbers as a person would write them: <c>230.1</c>, not <c>230.10000610351562</c>.</summary>
internal static class NumberText
{
    /// <summary>Room for any number.</summary>
    public const int MaxLength = 32;

    private const int Places = 6;
    private const double Scale = 1_000_000, MaxScaled = 1e15;

    // Four units in the last place: what a multiplication by a scale and a few additions leave behind.
    private const double Noise = 1.0 / (1L << 50);

    /// <summary>Writes a finite number.</summary>
    /// <remarks>A number with at most six places, but for rounding noise of 2⁻⁵⁰ of itself, is written with those places. One that is a float32 (a register's, mostly) has the
    /// shortest digits that tell it from other float32. Everything else has the shortest digits that read back as the same float64.</remarks>
    /// <returns>Bytes written.</returns>
    public static int Write(double value, Span<byte> text)
    {
        var scaled = value * Scale;
        if (Math.Abs(scaled) < MaxScaled)
        {
            var mantissa = (long)Math.Round(scaled);
            if (Math.Abs(mantissa / Scale - value) <= Math.Abs(value) * Noise) return WriteMillionths(mantissa, text);
        }
        var narrow = (float)value;
        int length;
        // ReSharper disable once CompareOfFloatsByEqualityOperator
        if (narrow == value) narrow.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
        else value.TryFormat(text, out length, "R", CultureInfo.InvariantCulture);
        return length;
    }

    /// <summary>Writes <paramref name="mantissa"/> ÷ 10⁶ without trailing zeros.</summary>
    private static int WriteMillionths(long mantissa, Span<byte> text)
    {
        var at = 0;
        if (mantissa < 0)
        {
            text[at++] = (byte)'-';
            mantissa = -mantissa;
        }
        var (whole, rest) = Math.DivRem(mantissa, (long)Scale);
        at += WriteWhole((ulong)whole, text[at..]);
        if (rest == 0) return at;
        var fraction = (uint)rest;
        var places = Places;
        for (uint tenth; (tenth = fraction / 10) * 10 == fraction; places--) fraction = tenth;
        text[at] = (byte)'.';
        for (var i = at + places; i > at; i--)
        {
            var tenth = fraction / 10;
            text[i] = (byte)('0' + (fraction - tenth * 10));
            fraction = tenth;
        }
        return at + 1 + places;
    }

    /// <summary>Writes a whole number.</summary>
    public static int WriteWhole(ulong value, Span<byte> text)
    {
        if (value < 10)
        {
            text[0] = (byte)('0' + value);
            return 1;
        }
        Utf8Formatter.TryFormat(value, text, out var length);
        return length;
    }
}
