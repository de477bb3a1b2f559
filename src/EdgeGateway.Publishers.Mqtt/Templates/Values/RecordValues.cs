using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Templates.Values;

/// <summary>Placeholders of a window record; its turns are its quantities: carriers, pieces and figures, all of them or those with a code.</summary>
internal sealed class RecordValues(WindowRecord record, string unit, TemplateContext context) : IPlaceholders
{
    public static readonly string[] Names =
        [.. TemplateContext.Names, "unit", "kind", "id", "void", "coverage", "flags", "rev.epoch", "rev.seq", .. TimeValue.Names("start"), .. TimeValue.Names("end"), "running_s", "idle_s", "stopped_s", "unknown_s"];

    /// <summary>Names of a turn, beside the others.</summary>
    public static readonly string[] TurnNames = ["quantity", "value", "ok", "basis", "measure", "code", "reason"];

    public PlaceholderValue this[string name] => name switch
    {
        "unit" => PlaceholderValue.Of(unit),
        "kind" => PlaceholderValue.Of(record.Kind.Name),
        "id" => PlaceholderValue.Of(record.WindowId),
        "void" => PlaceholderValue.Of((record.Flags & WindowFlags.Void) != 0),
        "coverage" => PlaceholderValue.Of(record.End > record.Start ? (Int128)record.CoveredMicros * 1_000_000 / (record.End - record.Start) : 0, -6),
        "flags" => PlaceholderValue.Of(string.Join(' ', record.Flags.Names())),
        "rev.epoch" => PlaceholderValue.Of((Int128)record.Revision.Epoch),
        "rev.seq" => PlaceholderValue.Of((Int128)record.Revision.Seq),
        "running_s" => PlaceholderValue.Of(record.StateMicros()[0], -6),
        "idle_s" => PlaceholderValue.Of(record.StateMicros()[1], -6),
        "stopped_s" => PlaceholderValue.Of(record.StateMicros()[2], -6),
        "unknown_s" => PlaceholderValue.Of(record.StateMicros()[3], -6),
        _ when TimeValue.TryGet(name, "start", record.Start, out var start) => start,
        _ when TimeValue.TryGet(name, "end", record.End, out var end) => end,
        _ => context.Get(name),
    };

    public IEnumerable<IPlaceholders> Turns => Quantities().Where(q => context.Codes.IsEmpty || q.Code is not null);

    private List<Quantity> Quantities()
    {
        var found = new List<Quantity>();
        var withdrawn = (record.Flags & WindowFlags.Void) != 0;
        foreach (var carrier in Carriers.All) Add(carrier.Word(), QuantitySum.Of(record, carrier));
        Add("good", QuantitySum.Of(record, InputRole.Good));
        Add("scrap", QuantitySum.Of(record, InputRole.Scrap));
        foreach (var figure in record.Figures)
        {
            found.Add(new Quantity(this, figure.Id.Word(), withdrawn ? null : figure.Value, figure.Basis, figure.Id.Unit(), Code(figure.Id.Word())) { Reason = figure.Reason.Word() });
        }
        return found;

        void Add(string name, in QuantitySum sum)
        {
            if (sum.Count == 0) return;
            if (sum.IsMixed) throw new Pipeline.Publishing.PayloadException($"Inputs of {name} are measured in unlike ways, which cannot be added.");
            var known = !withdrawn && sum.Worst != Basis.None;
            found.Add(new Quantity(this, name, known ? sum.Total.RoundToSix() : null, sum.Worst, sum.Dimension.BaseUnit().Symbol(), Code(name)));
        }
    }

    private string? Code(string quantity) => context.Codes.GetValueOrDefault($"{unit}.{quantity}");

    private sealed record Quantity(RecordValues Outer, string Name, ExactDecimal? Value, Basis Basis, string Measure, string? Code) : IPlaceholders
    {
        public string? Reason { get; init; }

        public IEnumerable<IPlaceholders> Turns => [];

        public PlaceholderValue this[string name] => name switch
        {
            "quantity" => PlaceholderValue.Of(Name),
            "value" => PlaceholderValue.Of(Value),
            "ok" => PlaceholderValue.Of(Value is not null),
            "basis" => PlaceholderValue.Of(Basis.Word()),
            "measure" => PlaceholderValue.Of(Measure),
            "code" => PlaceholderValue.Of(Code),
            "reason" => PlaceholderValue.Of(Reason),
            _ => Outer[name],
        };
    }
}
