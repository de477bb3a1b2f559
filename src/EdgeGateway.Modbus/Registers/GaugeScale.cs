using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Raw number × a decimal factor + a decimal offset as the nearest double: 2301 × 0.1 is 230.1, not 230.10000000000002.</summary>
/// <remarks>Immutable; thread-safe; nothing is allocated.</remarks>
public readonly struct GaugeScale
{
    // |raw| < 2⁶⁴, so product and sum stay within 127 bits.
    private static readonly Int128 _mostExactOffset = Int128.One << 120;

    private readonly Int128 _mantissa, _addend;
    private readonly double _divide, _multiply, _factor, _offset;

    /// <summary>Prepares multiplication by <paramref name="factor"/>.</summary>
    public GaugeScale(ExactDecimal factor) : this(factor, new ExactDecimal(0, 0))
    {
    }

    /// <summary>Prepares multiplication by <paramref name="factor"/> and addition of <paramref name="offset"/>.</summary>
    public GaugeScale(ExactDecimal factor, ExactDecimal offset)
    {
        var (f, o) = (factor.Normalize(), offset.Normalize());
        var exponent = o.Mantissa == 0 ? f.Exponent : Math.Min(f.Exponent, o.Exponent);
        (_mantissa, _addend) = (f.Mantissa, 0);
        if (o.Mantissa != 0)
        {
            if (!TryAlign(f, exponent, Int128.One << 60, out _mantissa) || !TryAlign(o, exponent, _mostExactOffset, out _addend))
            {
                // So far apart that the smaller one is lost in the double anyway.
                (_mantissa, _addend, exponent) = (f.Mantissa, 0, f.Exponent);
                _offset = o.ToDouble();
            }
        }
        // Powers of ten up to 10²² are exact doubles, so one rounding is left.
        _divide = exponent < 0 ? new ExactDecimal(1, (sbyte)-exponent).ToDouble() : 1;
        _multiply = exponent > 0 ? new ExactDecimal(1, exponent).ToDouble() : 1;
        _factor = (double)_mantissa;
    }

    /// <summary>Scales an integer.</summary>
    public double OfWhole(Int128 raw) => (double)(raw * _mantissa + _addend) * _multiply / _divide + _offset;

    /// <summary>Scales a float.</summary>
    public double OfFraction(double raw) => (raw * _factor + (double)_addend) * _multiply / _divide + _offset;

    private static bool TryAlign(ExactDecimal value, int exponent, Int128 limit, out Int128 mantissa)
    {
        mantissa = value.Mantissa;
        for (var e = (int)value.Exponent; e > exponent && Int128.Abs(mantissa) < limit; e--) mantissa *= 10;
        return Int128.Abs(mantissa) < limit;
    }
}
