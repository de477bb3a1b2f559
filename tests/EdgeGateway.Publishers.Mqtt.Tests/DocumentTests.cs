using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>docs/mqtt.md shows what the code renders, and names every option.</summary>
public sealed class DocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "mqtt.md"));

    [Fact]
    public void The_record_is_as_shown()
    {
        var record = Plant.Record();
        record.Add(new WindowGauge { Point = Plant.Power, Integral = 74.04 * 60, CoveredMicros = UtcMicros.PerMinute, Min = 71.5, Max = 78.25, Last = 73 });
        Assert.Equal(Example("record"), Rendered.Record(record));
    }

    [Fact]
    public void The_samples_are_as_shown() => Assert.Equal(Example("telemetry"), Assert.Single(Rendered.Telemetry(Plant.MeterSamples())));

    [Fact]
    public void The_event_is_as_shown() => Assert.Equal(Example("event"), Rendered.Json(w => EventJson.Write(w, 12, Plant.Reset(), Plant.Gateway)));

    [Fact]
    public void The_status_is_as_shown() => Assert.Equal(Example("status"), Rendered.Json(w => StatusJson.WriteOnline(w, Plant.Gateway, Plant.Start)));

    [Fact]
    public void Every_option_is_named_with_its_default()
    {
        var options = Document[Document.IndexOf("## Options", StringComparison.Ordinal)..Document.IndexOf("## Topics", StringComparison.Ordinal)];
        Assert.All(MqttOptions.Table.Items, option =>
        {
            var row = options.Split('\n').Single(l => l.StartsWith('|') && l.Split('|')[1].Contains($"`{option.Key}`", StringComparison.Ordinal));
            if (option.DefaultText is { } text) Assert.EndsWith($"| `{text}` |", row.TrimEnd(), StringComparison.Ordinal);
        });
    }

    /// <summary>The example with this name, its line breaks taken out.</summary>
    private static string Example(string name)
    {
        var at = Document.IndexOf($"<!-- example: {name} -->", StringComparison.Ordinal);
        var start = Document.IndexOf("```json", at, StringComparison.Ordinal) + "```json".Length;
        return Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)].ReplaceLineEndings("");
    }
}
