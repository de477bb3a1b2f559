using System.Text;
using System.Text.Json;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Payloads as text.</summary>
internal static class Rendered
{
    public static string Json(Action<Utf8JsonWriter> write)
    {
        using var buffer = new JsonBuffer();
        write(buffer.Begin());
        var text = Encoding.UTF8.GetString(buffer.End().Span);
        JsonDocument.Parse(text).Dispose();
        return text;
    }

    public static string Record(WindowRecord record, string unit = "line-1") => Json(w => RecordJson.Write(w, record, Plant.Gateway, unit, new Plant()));

    /// <summary>One message a device; more where <paramref name="limit"/> says so.</summary>
    public static List<string> Telemetry(IReadOnlyList<SampleRow> rows, long limit = long.MaxValue)
    {
        var telemetry = new TelemetryJson(Plant.Gateway, new Plant());
        telemetry.Take(rows);
        List<string> messages = [];
        for (var device = 0; device < telemetry.Block.Count; device++)
        {
            for (var from = 0; from < telemetry.Block.Rows(device).Length;)
            {
                messages.Add(Json(w => from = telemetry.Write(w, device, from, limit)));
            }
        }
        return messages;
    }

    public static JsonElement Parse(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }
}
