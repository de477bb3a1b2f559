using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>What a node's value says of its point.</summary>
/// <param name="Quality">Whether there is a value, and why not.</param>
/// <param name="Number">Of gauges, in the point's unit.</param>
/// <param name="Integer">Steps of counters, code of states.</param>
internal readonly record struct PointReading(Quality Quality, double Number, long Integer);

/// <summary>A node's value → reading of its point. Numbers allocate nothing; texts only where they changed.</summary>
internal sealed class PointDecoder
{
    private readonly PointKind _kind;
    private readonly double _scale;
    private readonly NodeFormat _format;
    private readonly StepDivision? _steps;
    private readonly int _element;
    private readonly long[] _stateValues, _stateCodes;
    private readonly FieldStep[]? _field;
    private Variant _part, _inner;

    public PointDecoder(PointMap map)
    {
        _kind = map.Kind;
        _scale = DeviceCheck.Scale(map).ToDouble();
        _format = map.Options.GetOr(OpcUaOptions.Format, NodeFormat.Integer);
        _element = map.Options.Has(OpcUaOptions.Element) ? (int)map.Options.Get(OpcUaOptions.Element) : -1;
        _field = map.Options.Has(OpcUaOptions.Field) ? [.. StructureLayout.ReadPath(map.Options.Get(OpcUaOptions.Field))!.Value] : null;
        _steps = _kind == PointKind.Counter && _format != NodeFormat.Integer ? new StepDivision(map.Resolution) : null;
        _stateValues = [.. map.States.Keys];
        _stateCodes = [.. map.States.Values.Select(s => (long)s)];
    }

    /// <summary>The way to a field of a structure, or null where the value itself is wanted.</summary>
    public FieldStep[]? Field => _field;

    /// <summary>How the structure lies in its bytes; null until the server has told it in this session.</summary>
    public StructureLayout? Layout { get; set; }

    /// <summary>The number that the server told last, as it told it: its type, and its bits. Null of what is no number.</summary>
    public (BuiltInType Type, ulong Bits) Raw { get; private set; }

    /// <summary>The last text that was decoded.</summary>
    public string Text { get; private set; } = "";

    public PointReading Decode(in DataValue value, ReadOnlySpan<byte> message)
    {
        Raw = default;
        if (value.Status.IsBad) return new PointReading(QualityOf(value.Status), 0, 0);
        var reading = Decode(value.Value, message);
        return value.Status.IsUncertain && reading.Quality == Quality.Good ? reading with { Quality = Quality.UncertainDevice } : reading;
    }

    /// <summary>The reason behind a bad status.</summary>
    public static Quality QualityOf(StatusCode status) => status.Code switch
    {
        StatusCodes.BadTimeout or StatusCodes.BadRequestTimeout => Quality.BadTimeout,
        StatusCodes.BadNoCommunication or StatusCodes.BadNotConnected or StatusCodes.BadSecureChannelClosed or StatusCodes.BadConnectionClosed => Quality.BadDisconnected,
        StatusCodes.BadOutOfRange => Quality.BadOutOfRange,
        StatusCodes.BadWaitingForInitialData => Quality.BadStale,
        StatusCodes.BadDecodingError or StatusCodes.BadUnknownResponse => Quality.BadMalformed,
        _ => Quality.BadException,
    };

    private PointReading Decode(in Variant whole, ReadOnlySpan<byte> message)
    {
        ref readonly var value = ref whole;
        if (_element >= 0)
        {
            // An array that became shorter has no such element; what lies elsewhere must not be taken for it.
            if (!whole.TryElement(message, _element, ref _part)) return Bad(Quality.BadMalformed);
            value = ref _part;
        }
        if (_field is not null)
        {
            // Without its layout the bytes of a structure are not guessed at.
            if (Layout is null) return Bad(Quality.BadStale);
            if (!Layout.TryFind(value, message, _field, ref _inner)) return Bad(Quality.BadMalformed);
            value = ref _inner;
        }
        if (value.IsNull || value.IsArray) return Bad(Quality.BadMalformed);
        if (value.Type.FitsBits()) Raw = (value.Type, value.Bits);
        switch (_kind)
        {
            case PointKind.Gauge:
                if (value.Type is BuiltInType.DateTime or BuiltInType.StatusCode || !value.TryDouble(out var number)) return Bad(Quality.BadMalformed);
                number *= _scale;
                return double.IsFinite(number) ? new PointReading(Quality.Good, number, 0) : Bad(Quality.BadOutOfRange);
            case PointKind.Counter:
                return Count(value);
            case PointKind.State:
                if (!value.TryInteger(out var raw)) return Bad(Quality.BadMalformed);
                var at = Array.BinarySearch(_stateValues, raw);
                return at < 0 ? Bad(Quality.BadOutOfRange) : new PointReading(Quality.Good, 0, _stateCodes[at]);
            default:
                return Read(value, message);
        }
    }

    private PointReading Count(in Variant value)
    {
        if (_steps is null)
        {
            if (value.Type == BuiltInType.Boolean || (value.Type == BuiltInType.UInt64 && !value.TryInteger(out _))) return Bad(value.Type == BuiltInType.Boolean ? Quality.BadMalformed : Quality.BadOutOfRange);
            return value.TryInteger(out var steps) ? new PointReading(Quality.Good, 0, steps) : Bad(Quality.BadMalformed);
        }
        // Metering reckons with the declared width; a node of another one would have other steps than it believes.
        var fits = _format == NodeFormat.Float ? value.Type == BuiltInType.Float : value.Type == BuiltInType.Double;
        if (!fits || !value.TryDouble(out var number)) return Bad(Quality.BadMalformed);
        return _steps.TryDivide(number, out var divided) ? new PointReading(Quality.Good, 0, divided) : Bad(Quality.BadOutOfRange);
    }

    private PointReading Read(in Variant value, ReadOnlySpan<byte> message)
    {
        if (value.Type is BuiltInType.String or BuiltInType.LocalizedText)
        {
            if (value.Text(message) is not { } text) return Bad(Quality.BadMalformed);
            if (text != Text) Text = text;
            return new PointReading(Quality.Good, 0, 0);
        }
        if (!value.TryInteger(out var number)) return Bad(Quality.BadMalformed);
        var digits = number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (digits != Text) Text = digits;
        return new PointReading(Quality.Good, 0, 0);
    }

    private static PointReading Bad(Quality reason) => new(reason, 0, 0);
}
