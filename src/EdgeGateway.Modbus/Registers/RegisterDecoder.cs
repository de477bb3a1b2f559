using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers → reading of one point. Immutable; thread-safe; decoding allocates nothing.</summary>
public sealed class RegisterDecoder
{
    private readonly PointKind _kind;
    private readonly RegisterType _type;
    private readonly WordOrder _order;
    private readonly bool _hasSentinel, _plain;
    private readonly int _width, _shift;
    private readonly ulong _sentinel, _mask = ulong.MaxValue;
    private readonly long[] _weights;
    private readonly GaugeScale _scale;
    private readonly StepDivision? _steps;
    private readonly long[] _stateValues, _stateCodes;

    /// <summary>Prepares decoding.</summary>
    /// <exception cref="ArgumentException">Kind or type is text, a state or a sum lies in floats, bits lie outside their number, or a counter's scale is not above 0.</exception>
    public RegisterDecoder(RegisterFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.Kind == PointKind.Text || format.Type.IsText()) throw new ArgumentException("Text is not read from number registers.", nameof(format));
        if (format.Kind == PointKind.State && format.Type.IsFloat()) throw new ArgumentException("A state is a whole number.", nameof(format));
        if (format.Weights.Length > 0 && format.Type.IsFloat()) throw new ArgumentException("Whole numbers are summed, floats are not.", nameof(format));
        (_kind, _type, _order) = (format.Kind, format.Type, format.Order);
        _width = _type.Width();
        _weights = [.. format.Weights];
        Width = _width * Math.Max(1, _weights.Length);
        if ((format.FirstBit, format.BitCount) != (0, 0))
        {
            var bits = format.BitCount == 0 ? 16 * _width - format.FirstBit : format.BitCount;
            if (!_type.IsUnsigned() || format.FirstBit < 0 || bits < 1 || format.FirstBit + bits > 16 * _width) throw new ArgumentException("These bits do not lie in an unsigned number of this type.", nameof(format));
            (_shift, _mask) = (format.FirstBit, ulong.MaxValue >> (64 - bits));
        }
        _hasSentinel = format.Sentinel is not null;
        _sentinel = format.Sentinel ?? 0;
        _plain = format.Scale.Normalize() == Records.Numbers.ExactDecimal.One && format.Offset.Mantissa == 0;
        _scale = new GaugeScale(format.Scale, format.Offset);
        _steps = _kind == PointKind.Counter && _type.IsFloat() ? new StepDivision(format.Scale) : null;
        _stateValues = [.. format.States.Keys];
        _stateCodes = [.. format.States.Values];
    }

    /// <summary>Registers it reads: 1, 2 or 4, for each number of a sum.</summary>
    public int Width { get; }

    /// <summary>Decodes the point's registers.</summary>
    /// <param name="data">Wire bytes from the point's first register on; at least 2 × <see cref="Width"/>.</param>
    public RegisterReading Decode(ReadOnlySpan<byte> data)
    {
        if (_weights.Length > 0) return Sum(data);
        var bits = RegisterBits.Read(data, _width, _order);
        if (_hasSentinel && bits == _sentinel) return Bad(Quality.BadSentinel);
        switch (_type)
        {
            case RegisterType.F16:
                return Fraction((double)BitConverter.UInt16BitsToHalf((ushort)bits));
            case RegisterType.F32:
                return Fraction(BitConverter.UInt32BitsToSingle((uint)bits));
            case RegisterType.F64:
                return Fraction(BitConverter.UInt64BitsToDouble(bits));
            default:
                if (!TryWhole(bits, out var raw)) return Bad(Quality.BadOutOfRange);
                return raw <= long.MaxValue ? Whole((long)raw) : Beyond(raw);
        }
    }

    private RegisterReading Sum(ReadOnlySpan<byte> data)
    {
        // 2⁶⁴ × 2⁶³ is below 2¹²⁷; a sum that reaches it is refused.
        Int128 sum = 0;
        for (var i = 0; i < _weights.Length; i++)
        {
            var bits = RegisterBits.Read(data[(2 * _width * i)..], _width, _order);
            if (_hasSentinel && bits == _sentinel) return Bad(Quality.BadSentinel);
            if (!TryWhole(bits, out var raw)) return Bad(Quality.BadOutOfRange);
            sum += raw * _weights[i];
            if (sum > long.MaxValue || sum < long.MinValue) return Bad(Quality.BadOutOfRange);
        }
        return Whole((long)sum);
    }

    private bool TryWhole(ulong bits, out Int128 raw)
    {
        var right = true;
        switch (_type)
        {
            case RegisterType.I16:
                raw = (short)bits;
                break;
            case RegisterType.I32:
                raw = (int)bits;
                break;
            case RegisterType.I64:
                raw = (long)bits;
                break;
            case RegisterType.Bool:
                raw = bits != 0 ? 1 : 0;
                break;
            case RegisterType.Bcd16 or RegisterType.Bcd32 or RegisterType.Bcd64:
                right = Bcd.TryRead(bits, out var digits);
                raw = digits;
                break;
            default:
                raw = (bits >> _shift) & _mask;
                break;
        }
        return right;
    }

    private static RegisterReading Bad(Quality reason) => new(reason, 0, 0);

    private RegisterReading Whole(long raw)
    {
        switch (_kind)
        {
            case PointKind.Gauge:
                return new RegisterReading(Quality.Good, _plain ? raw : _scale.OfWhole(raw), 0);
            case PointKind.Counter:
                return new RegisterReading(Quality.Good, 0, raw);
            default:
                var at = Array.BinarySearch(_stateValues, raw);
                return at < 0 ? Bad(Quality.BadOutOfRange) : new RegisterReading(Quality.Good, 0, _stateCodes[at]);
        }
    }

    // Above int64: a gauge still has a value, a counter or a state has not.
    private RegisterReading Beyond(Int128 raw) => _kind == PointKind.Gauge ? new RegisterReading(Quality.Good, _scale.OfWhole(raw), 0) : Bad(Quality.BadOutOfRange);

    private RegisterReading Fraction(double raw)
    {
        if (_steps is not null) return _steps.TryDivide(raw, out var steps) ? new RegisterReading(Quality.Good, 0, steps) : Bad(Quality.BadOutOfRange);
        var value = _plain ? raw : _scale.OfFraction(raw);
        return double.IsFinite(value) ? new RegisterReading(Quality.Good, value, 0) : Bad(Quality.BadOutOfRange);
    }
}
