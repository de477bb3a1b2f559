using System.Collections.Immutable;
using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Renders a sample by a template before anything real is: what no broker would take, or no reader could read, is said while the map is checked.</summary>
internal static class TemplateTrial
{
    private const long Start = 1_795_478_400_000_000;
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>What is wrong; empty where all is well.</summary>
    public static IEnumerable<string> Complaints(PayloadTemplate template, TemplateContext context)
    {
        var messages = new TemplateMessages(template, context, new Names(context.Codes));
        foreach (var (what, item) in Samples())
        {
            foreach (var (message, values) in messages.Of(item))
            {
                if (Complaint(message, values) is { } wrong) yield return $"{what}: {wrong}";
            }
        }
    }

    private static string? Complaint(MessageTemplate message, IPlaceholders values)
    {
        try
        {
            TemplateMessages.TopicOf(message, values);
            using var json = new JsonBuffer();
            message.Write(json.Begin(), values);
            using var document = JsonDocument.Parse(json.End(), Strict);
            return null;
        }
        catch (PayloadException e)
        {
            return "topic: " + e.Message;
        }
        catch (JsonException e)
        {
            return $"the body of a sample is no JSON: {e.Message}";
        }
    }

    /// <summary>Of each kind of message one as it should be and one with nothing known.</summary>
    private static IEnumerable<(string, PublishItem)> Samples()
    {
        yield return ("records", new RecordItem(1, Record(WindowFlags.None)));
        yield return ("records", new RecordItem(2, Record(WindowFlags.Void)));
        yield return ("telemetry", new TelemetryItem(3, [Row(1, Quality.Good), Row(2, Quality.Good), Row(3, Quality.Good), Row(4, Quality.Good)]));
        yield return ("telemetry", new TelemetryItem(4, [Row(1, Quality.BadTimeout)]));
    }

    private static SampleRow Row(int point, Quality quality) => new(point, Start, 12.5, 1, quality, "A-1");

    private static WindowRecord Record(WindowFlags flags)
    {
        var record = new WindowRecord { Unit = 1, Kind = WindowKind.QuarterHour, Start = Start, End = Start + 15 * UtcMicros.PerMinute, Revision = new Revision(1_795_478_400, 1), CoveredMicros = 15 * UtcMicros.PerMinute, Flags = flags };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
        record.Add(new WindowInput { Point = 2, RegisterEpoch = 1, Role = InputRole.Purchased, Carrier = Carrier.Electricity, Unit = UnitOfMeasure.KilowattHour, Sign = 1, T0 = 0, T1 = 6_553_600, Step = new ExactDecimal(1, -2), Ratio = ExactDecimal.One, Bound = 65_536 });
        record.Add(new WindowInput { Point = 3, RegisterEpoch = 1, Role = InputRole.Good, Unit = UnitOfMeasure.Piece, Sign = 1, T0 = 0, T1 = 65_536, Step = ExactDecimal.One, Ratio = ExactDecimal.One, Bound = 65_536 });
        foreach (var figure in Figures.All) record.Add(new Figure { Id = figure.Id, Value = ExactDecimal.One });
        return record;
    }

    /// <summary>Names that have the codes of the map, where it has any.</summary>
    private sealed class Names(ImmutableDictionary<string, string> codes) : INames
    {
        private readonly (string First, string Last) _coded = codes.Keys.Select(k => k.LastIndexOf('.') is > 0 and var cut ? (k[..cut], k[(cut + 1)..]) : (k, k)).FirstOrDefault(("unit-1", "energy"));

        public PointName? Point(int id) => id switch
        {
            1 => new PointName(_coded.First, "power", PointKind.Gauge, UnitOfMeasure.Kilowatt, ExactDecimal.One, ExactDecimal.One),
            2 => new PointName(_coded.First, _coded.Last, PointKind.Counter, UnitOfMeasure.KilowattHour, ExactDecimal.One, ExactDecimal.One),
            3 => new PointName(_coded.First, "state", PointKind.State, UnitOfMeasure.None, ExactDecimal.One, ExactDecimal.One),
            _ => new PointName(_coded.First, "batch", PointKind.Text, UnitOfMeasure.None, ExactDecimal.One, ExactDecimal.One),
        };

        public string? Unit(int id) => _coded.First;
    }
}
