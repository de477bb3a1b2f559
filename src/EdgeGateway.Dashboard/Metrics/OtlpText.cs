using System.Buffers;
using System.Globalization;
using System.Text.Json;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Dashboard.Metrics;

/// <summary>Renders metrics for a collector of OpenTelemetry: OTLP/HTTP, protobuf's JSON form.</summary>
/// <remarks>opentelemetry-proto, <c>ExportMetricsServiceRequest</c>; 64-bit numbers are texts there. Counters are cumulative since the process started.</remarks>
internal static class OtlpText
{
    private const int Cumulative = 2;

    public static ReadOnlyMemory<byte> Render(IEnumerable<Metric> metrics, IGatewayView gateway)
    {
        var bytes = new ArrayBufferWriter<byte>(32 * 1024);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteStartArray("resourceMetrics");
            json.WriteStartObject();
            json.WriteStartObject("resource");
            Attributes(json, [("service.name", "edgegateway"), ("service.instance.id", gateway.Plant.Map.Gateway.Id), ("service.version", gateway.Version)]);
            json.WriteEndObject();
            json.WriteStartArray("scopeMetrics");
            json.WriteStartObject();
            json.WriteStartObject("scope");
            json.WriteString("name", "edgegateway");
            json.WriteEndObject();
            json.WriteStartArray("metrics");
            var (start, now) = (Nanos(gateway.StartedAt), Nanos(UtcMicros.From(gateway.Time.GetUtcNow())));
            foreach (var metric in metrics) Write(json, metric, [.. metric.Read(gateway).Where(v => double.IsFinite(v.Value))], start, now);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        return bytes.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, Metric metric, IReadOnlyList<MetricValue> values, string start, string now)
    {
        if (values.Count == 0) return;
        var counts = metric.Kind == "counter";
        json.WriteStartObject();
        json.WriteString("name", Metric.Prefix + metric.Name);
        json.WriteString("description", metric.Help);
        json.WriteStartObject(counts ? "sum" : "gauge");
        if (counts)
        {
            json.WriteNumber("aggregationTemporality", Cumulative);
            json.WriteBoolean("isMonotonic", true);
        }
        json.WriteStartArray("dataPoints");
        foreach (var value in values)
        {
            json.WriteStartObject();
            Attributes(json, metric.Labels.Select((label, i) => (label, value.Labels[i])));
            if (counts) json.WriteString("startTimeUnixNano", start);
            json.WriteString("timeUnixNano", now);
            json.WriteNumber("asDouble", value.Value);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Attributes(Utf8JsonWriter json, IEnumerable<(string Key, string Value)> pairs)
    {
        json.WriteStartArray("attributes");
        foreach (var (key, value) in pairs)
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteStartObject("value");
            json.WriteString("stringValue", value);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    private static string Nanos(long micros) => (micros * 1000).ToString(CultureInfo.InvariantCulture);
}
