using EdgeGateway.Records.Samples;

namespace EdgeGateway.Modbus.Registers;

/// <summary>Registers → reading of one point. Immutable; thread-safe; decoding allocates nothing.</summary>
public sealed class RegisterDecoder
{
    private readonly PointKind _kind;
    private readonly RegisterType _type;
    private readonly WordOrder _order;
    private readonly bool _hasSentinel, _plain;
    private readonly ulong _sentinel;
    private readonly GaugeScale _scale;
    private readonly StepDivision? _steps;
    private readonly long[] _stateValues, _stateCodes;

    /// <summary>Prepares decoding.</summary>
    /// <exception cref="ArgumentException">The kind is text, a state lies in a float, or a counter's scale is not above 0.</exception>
    public RegisterDecoder(RegisterFormat format)
    {
        ArgumentNullException.ThrowIfNull(format);
        if (format.Kind == PointKind.Text) throw new ArgumentException("Text is not read from number registers.", nameof(format));
        if (format.Kind == PointKind.State && format.Type.IsFloat()) throw new ArgumentException("A state is a whole number.", nameof(format));
        (_kind, _type, _order) = (format.Kind, format.Type, format.Order);
        Width = _type.Width();
        _hasSentinel = format.Sentinel is not null;
        _sentinel = format.Sentinel ?? 0;
        _plain = format.Scale.Normalize() == Records.Numbers.ExactDecimal.One;
        _scale = new GaugeScale(format.Scale);
        _steps = _kind == PointKind.Counter && _type.IsFloat() ? new StepDivision(format.Scale) : null;
        _stateValues = [.. format.States.Keys];
        _stateCodes = [.. format.States.Values];
    }

    /// <summary>Registers it reads: 1, 2 or 4.</summary>
    public int Width { get; }

    /// <summary>Decodes the point's registers.</summary>
    /// <param name="data">Wire bytes from the point's first register on; at least 2 × <see cref="Width"/>.</param>
    public RegisterReading Decode(ReadOnlySpan<byte> data)
    {
        var bits = RegisterBits.Read(data, Width, _order);
        if (_hasSentinel && bits == _sentinel) return Bad(Quality.BadSentinel);
        return _type switch
        {
            RegisterType.U16 or RegisterType.U32 => Whole((long)bits),
            RegisterType.I16 => Whole((short)bits),
            RegisterType.I32 => Whole((int)bits),
            RegisterType.I64 => Whole((long)bits),
            RegisterType.U64 => bits <= long.MaxValue ? Whole((long)bits) : Beyond(bits),
            RegisterType.F32 => Fraction(BitConverter.UInt32BitsToSingle((uint)bits)),
            _ => Fraction(BitConverter.UInt64BitsToDouble(bits)),
        };
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
    private RegisterReading Beyond(ulong raw) => _kind == PointKind.Gauge ? new RegisterReading(Quality.Good, _scale.OfWhole(raw), 0) : Bad(Quality.BadOutOfRange);

    private RegisterReading Fraction(double raw)
    {
        if (_steps is not null) return _steps.TryDivide(raw, out var steps) ? new RegisterReading(Quality.Good, 0, steps) : Bad(Quality.BadOutOfRange);
        var value = _plain ? raw : _scale.OfFraction(raw);
        return double.IsFinite(value) ? new RegisterReading(Quality.Good, value, 0) : Bad(Quality.BadOutOfRange);
    }
}
