using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Dashboard.Api;

/// <summary>Where a figure comes from: one window record with its inputs, gauges, segments and figures.</summary>
internal sealed class RecordReport(IGatewayView gateway)
{
    /// <summary>The newest revision of a key, or null.</summary>
    public RecordAnswer? Of(int unit, string path, WindowKind kind, long start, string id)
    {
        var record = new WindowRecord();
        foreach (var row in gateway.Store.ReadWindows(unit, kind.Code, start, start + 1, 100))
        {
            if (WindowRecordCodec.TryDecode(row.Body, record) && record.WindowId == id) return Answer(record, path);
        }
        return null;
    }

    private RecordAnswer Answer(WindowRecord record, string path)
    {
        var sum = new SpanSum(record.Unit, record.Start, record.End);
        sum.Add(record);
        var sums = new SumsReport(gateway.Plant).Of(sum, path, withInputs: true) with { Figures = Figures(record) };
        return new RecordAnswer(gateway.Plant.Map.Gateway.Id, record.Kind.Name, record.WindowId, record.Revision.Epoch, record.Revision.Seq, (record.Flags & WindowFlags.Void) != 0, sums, Gauges(record), Segments(record));
    }

    private static List<NamedQuantity> Figures(WindowRecord record)
    {
        var figures = new List<NamedQuantity>();
        foreach (ref readonly var f in record.Figures) figures.Add(new(f.Id.Word(), new Quantity(f.Value?.ToString(), f.Id.Unit(), f.Basis.Word(), Reason: f.Reason.Word())));
        return figures;
    }

    private List<GaugeAnswer> Gauges(WindowRecord record)
    {
        var gauges = new List<GaugeAnswer>();
        foreach (ref readonly var g in record.Gauges)
        {
            var name = gateway.Plant.Names.Point(g.Point);
            var seen = g.CoveredMicros > 0;
            gauges.Add(new(name?.Path, name?.Unit.Symbol() ?? "", seen ? Finite(g.Integral / (g.CoveredMicros / (double)UtcMicros.PerSecond)) : null, seen ? Finite(g.Min) : null, seen ? Finite(g.Max) : null,
                seen ? Finite(g.Last) : null, Texts.Seconds(g.CoveredMicros)));
        }
        return gauges;
    }

    private static List<BatchAnswer> Segments(WindowRecord record)
    {
        var segments = new List<BatchAnswer>();
        foreach (ref readonly var s in record.Segments) segments.Add(new(Texts.Time(s.Start), Texts.Time(s.End), Texts.Cut(s.Cut), s.Batch, s.Product));
        return segments;
    }

    private static double? Finite(double value) => double.IsFinite(value) ? value : null;
}
