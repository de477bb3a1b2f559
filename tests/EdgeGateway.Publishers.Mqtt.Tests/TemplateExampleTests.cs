using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Payloads;
using EdgeGateway.Publishers.Mqtt.Templates;
using EdgeGateway.Publishers.Mqtt.Templates.Values;
using EdgeGateway.Records.Windows;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>docs/payloads/templates.md shows what the shipped templates render.</summary>
public sealed class TemplateExampleTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "docs", "payloads", "templates.md"));

    public static TheoryData<string> Names => [.. TemplateShelf.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_template_is_as_shown(string name)
    {
        var record = Plant.Record();
        if (name == "national-record") (record.Kind, record.WindowId) = (WindowKind.Day, "2026-11-24");
        var rendered = Render(name, new RecordItem(1, record), new TelemetryItem(2, Plant.MeterSamples()[..2]));
        Same(Example(name + " record"), rendered[0]);
        if (name == "national-record") Assert.Single(rendered);
        else Same(Example(name + " telemetry"), Assert.Single(rendered.Skip(1)));
    }

    [Fact]
    public async Task Flat_objects_are_what_their_schemas_describe()
    {
        var withdrawn = Plant.Record();
        withdrawn.Flags |= WindowFlags.Void | WindowFlags.Gap;
        var rendered = Render("flat", new RecordItem(1, Plant.Record()), new RecordItem(2, withdrawn), new TelemetryItem(3, Plant.MeterSamples()));
        await SchemaJudge.AcceptsAsync("flat-record", rendered[..2]);
        await SchemaJudge.AcceptsAsync("flat-telemetry", rendered[2..]);
        Assert.All(await SchemaJudge.JudgedAsync("flat-record", [rendered[2], rendered[0].Replace("\"exact\"", "\"sure\"", StringComparison.Ordinal)]), l => Assert.StartsWith("no ", l, StringComparison.Ordinal));
    }

    private static List<string> Render(string name, params PublishItem[] items)
    {
        var template = TemplateShelf.Read(name, new Mark("plant.yaml", 1, 1), new FaultList())!;
        var parameters = new Dictionary<string, string> { ["device_id"] = name == "national-record" ? "D001" : "abc_gw01", ["enterprise_code"] = "91440000XXXXXXXXXX", ["scope"] = "1", ["product_key"] = "a1B", ["device_name"] = "gw01" }.ToImmutableDictionary();
        var codes = template.NeedsCodes ? ImmutableDictionary<string, string>.Empty.Add("line-1.electricity", "0101010101330001") : ImmutableDictionary<string, string>.Empty;
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 11, 24, 0, 1, 5, TimeSpan.Zero));
        var messages = new TemplateMessages(template, new TemplateContext(Plant.Gateway, Plant.Gateway, parameters, codes, time), new Plant());
        var rendered = new List<string>();
        foreach (var (message, values) in items.SelectMany(messages.Of))
        {
            Assert.Contains($"`{TemplateMessages.TopicOf(message, values)}`", Document, StringComparison.Ordinal);
            using var json = new JsonBuffer();
            message.Write(json.Begin(), values);
            rendered.Add(Encoding.UTF8.GetString(json.End().Span));
        }
        return rendered;
    }

    private static string Example(string name)
    {
        var at = Document.IndexOf($"<!-- example: {name} -->", StringComparison.Ordinal);
        Assert.True(at >= 0, name);
        var start = Document.IndexOf("```json", at, StringComparison.Ordinal) + "```json".Length;
        return Document[start..Document.IndexOf("```", start, StringComparison.Ordinal)];
    }

    private static void Same(string expected, string actual) => Assert.Equal(JsonSerializer.Serialize(Rendered.Parse(expected)), JsonSerializer.Serialize(Rendered.Parse(actual)));
}
