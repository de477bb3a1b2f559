using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>Placeholders of the samples of one device at one time; its turns are the samples.</summary>
internal sealed class SampleValues(string device, IReadOnlyList<(SampleRow Row, PointName Point)> samples, TemplateContext context) : IPlaceholders
{
    public static readonly string[] Names = [.. TemplateContext.Names, "device", .. TimeValue.Names("t")];

    /// <summary>Names of a turn, beside the others.</summary>
    public static readonly string[] TurnNames = ["point", "value", "ok", "quality", "measure", "code"];

    public PlaceholderValue this[string name] => name switch
    {
        "device" => PlaceholderValue.Of(device),
        _ when TimeValue.TryGet(name, "t", samples[0].Row.Time, out var time) => time,
        _ => context.Get(name),
    };

    public IEnumerable<IPlaceholders> Turns => samples.Select(s => new Sample(this, s.Row, s.Point, context));

    private sealed record Sample(SampleValues Outer, SampleRow Row, PointName Point, TemplateContext Context) : IPlaceholders
    {
        public IEnumerable<IPlaceholders> Turns => [];

        public PlaceholderValue this[string name] => name switch
        {
            "point" => PlaceholderValue.Of(Point.Name),
            "value" => Value,
            "ok" => PlaceholderValue.Of(!Value.IsNothing),
            "quality" => PlaceholderValue.Of(Row.Quality.Word()),
            "measure" => PlaceholderValue.Of(Point.Unit.Symbol()),
            "code" => PlaceholderValue.Of(Context.Codes.GetValueOrDefault(Point.Path)),
            _ => Outer[name],
        };

        private PlaceholderValue Value => !Row.Quality.HasValue() ? default : Point.Kind switch
        {
            PointKind.Counter => Point.TryCounterValue(Row.Integer, out var mantissa, out var exponent) ? PlaceholderValue.Of(mantissa, exponent) : default,
            PointKind.State => PlaceholderValue.Of((Int128)Row.Integer),
            PointKind.Text => PlaceholderValue.Of(Row.Text),
            _ => PlaceholderValue.Of(Row.Number),
        };
    }
}
