using System.Globalization;
using System.Text;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Makes messages of items by a template. Not thread-safe.</summary>
internal sealed class TemplateMessages(PayloadTemplate template, TemplateContext context, INames names)
{
    private readonly DeviceRows _rows = new();

    /// <summary>What there is to say of an item: a template and its values for each message; empty where the template does not carry it.</summary>
    /// <exception cref="PayloadException">The item cannot be stated.</exception>
    public IReadOnlyList<(MessageTemplate Message, IPlaceholders Values)> Of(PublishItem item) => item switch
    {
        RecordItem { Record: var record } when template.Records is { } message => Of(message, record),
        TelemetryItem telemetry when template.Telemetry is { } message => Of(message, telemetry.Samples),
        _ => [],
    };

    /// <summary>The topic of a message; what cannot stand in one is a reason not to send it.</summary>
    /// <exception cref="PayloadException">It is no topic.</exception>
    public static string TopicOf(MessageTemplate message, IPlaceholders values)
    {
        var topic = message.Topic.Render(values);
        if (topic.Length == 0 || Encoding.UTF8.GetByteCount(topic) > ushort.MaxValue || topic.AsSpan().IndexOfAny('+', '#', '\0') >= 0) throw new PayloadException($"'{topic}' is no topic to publish to.");
        return topic;
    }

    private List<(MessageTemplate, IPlaceholders)> Of(MessageTemplate message, WindowRecord record)
    {
        var unit = names.Unit(record.Unit) ?? throw new PayloadException(string.Create(CultureInfo.InvariantCulture, $"The map no longer names unit {record.Unit}."));
        var values = new RecordValues(record, unit, context);
        return message.Says(values) ? [(message, values)] : [];
    }

    /// <summary>One message a device and time.</summary>
    private List<(MessageTemplate, IPlaceholders)> Of(MessageTemplate message, IReadOnlyList<SampleRow> samples)
    {
        _rows.Take(samples, names);
        if (_rows.Count == 0 && _rows.Unnamed > 0) throw new PayloadException("The map no longer names any of the points.");
        var messages = new List<(MessageTemplate, IPlaceholders)>();
        for (var device = 0; device < _rows.Count; device++)
        {
            var named = new List<(SampleRow Row, PointName Point)>();
            foreach (var row in _rows.Rows(device)) named.Add((samples[row], _rows.Point(row)));
            foreach (var moment in named.GroupBy(n => n.Row.Time))
            {
                var values = new SampleValues(_rows.Device(device), [.. moment], context);
                if (message.Says(values)) messages.Add((message, values));
            }
        }
        return messages;
    }
}
