using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Raw number × a decimal factor as the nearest double: 2301 × 0.1 is 230.1, not 230.10000000000002.</summary>
/// <remarks>Immutable; thread-safe; nothing is allocated.</remarks>
public readonly struct GaugeScale
{
    private readonly long _mantissa;
    private readonly double _divide, _multiply;

    /// <summary>Prepares multiplication by <paramref name="factor"/>.</summary>
    public GaugeScale(ExactDecimal factor)
    {
        var f = factor.Normalize();
        // Powers of ten up to 10²² are exact doubles, so one rounding is left.
        _mantissa = f.Mantissa;
        _divide = f.Exponent < 0 ? new ExactDecimal(1, (sbyte)-f.Exponent).ToDouble() : 1;
        _multiply = f.Exponent > 0 ? new ExactDecimal(1, f.Exponent).ToDouble() : 1;
    }

    /// <summary>Scales an integer.</summary>
    public double OfWhole(Int128 raw)
    {
        var product = raw * _mantissa;
        return (double)product * _multiply / _divide;
    }

    /// <summary>Scales a float.</summary>
    public double OfFraction(double raw) => raw * _mantissa * _multiply / _divide;
}
