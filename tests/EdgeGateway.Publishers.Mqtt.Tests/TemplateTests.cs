using System.Text.Json;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Templates;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Payloads as platforms want them, through a real broker.</summary>
public sealed class TemplateTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Every_shipped_template_is_without_faults() => Assert.All(TemplateShelf.Names, name =>
    {
        var faults = new FaultList();
        Assert.NotNull(TemplateShelf.Read(name, new Mark("plant.yaml", 1, 1), faults));
        Assert.Empty(faults.Ordered);
    });

    [Fact]
    public async Task Thingsboard_gets_its_devices_with_times_in_milliseconds()
    {
        var messages = await SentAsync(("format", "thingsboard"));
        Assert.All(messages, m => Assert.Equal("v1/gateway/telemetry", m.Topic));
        Equal("""{"line-1":[{"ts":1795478400000,"values":{"window":"1m","rev_seq":4711,"void":false,"coverage":1,"1m_electricity":1.234,"1m_electricity_basis":"exact","1m_good":20,"1m_good_basis":"exact","1m_scrap":1,"1m_scrap_basis":"exact","1m_kWh_per_good":0.0617,"1m_kWh_per_good_basis":"exact"}}]}""", messages[0].Payload);
        Equal("""{"press-meter":[{"ts":1795478400250,"values":{"power":12.34,"energy_import":1234.56}}]}""", messages[1].Payload);
        // A reading that is missing has no value, and is left out.
        Equal("""{"press-meter":[{"ts":1795478401250,"values":{}}]}""", messages[2].Payload);
    }

    [Fact]
    public async Task Huawei_gets_services_with_properties()
    {
        var messages = await SentAsync(("format", "huawei-iotda"), ("parameters", "device_id=abc_gw01"));
        Assert.All(messages, m => Assert.Equal("$oc/devices/abc_gw01/sys/properties/report", m.Topic));
        Equal("""{"services":[{"service_id":"press-meter","event_time":"20261124T000000Z","properties":{"power":12.34,"energy_import":1234.56}}]}""", messages[1].Payload);
    }

    [Fact]
    public async Task Alibaba_gets_properties_with_values_and_times()
    {
        var messages = await SentAsync(("format", "alibaba-iot"), ("parameters", "product_key=a1B, device_name=gw01"));
        Assert.All(messages, m => Assert.Equal("/sys/a1B/gw01/thing/event/property/post", m.Topic));
        Equal("""{"id":"1795478400250","version":"1.0","params":{"press-meter_power":{"value":12.34,"time":1795478400250},"press-meter_energy_import":{"value":1234.56,"time":1795478400250}},"method":"thing.event.property.post"}""", messages[1].Payload);
    }

    [Fact]
    public async Task The_national_record_has_codes_and_says_what_is_valid()
    {
        var record = Plant.Record();
        (record.Kind, record.WindowId) = (WindowKind.Day, "2026-11-24");
        var broker = await SentAsync([new RecordItem(1, record)], ("format", "national-record"), ("parameters", "device_id=D1, enterprise_code=91440000XXXXXXXXXX, scope=3"), ("codes", "line-1.electricity=0101010101330001, line-1.good=0101010102990001"));
        var message = Assert.Single(broker);
        Assert.Equal("energy/91440000XXXXXXXXXX/D1", message.Topic);
        var items = Rendered.Parse(message.Payload).EnumerateArray().ToArray();
        Assert.Equal(["0101010101330001", "0101010102990001"], items.Select(i => i.GetProperty("dataCode").GetString()));
        Assert.Equal("1.234 4 1 3 2026-11-24 08:00:00 1 91440000XXXXXXXXXX D1", string.Join(' ', new[] { "dataValue", "inputType", "statType", "scope", "statDate", "valid", "enterpriseCode", "deviceId" }.Select(n => items[0].GetProperty(n).ToString())));
        Assert.Matches("^20[0-9]{2}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}$", items[0].GetProperty("uploadDate").GetString());
    }

    [Fact]
    public async Task Flat_objects_have_a_member_a_value()
    {
        var messages = await SentAsync(("format", "flat"));
        Assert.Equal(["edgegateway/gw-01/flat/line-1/1m", "edgegateway/gw-01/flat/press-meter", "edgegateway/gw-01/flat/press-meter"], messages.Select(m => m.Topic));
        Equal("""{"gateway":"gw-01","device":"press-meter","t":"2026-11-24T00:00:00.250000Z","power":12.34,"power_quality":"good","energy_import":1234.56,"energy_import_quality":"good"}""", messages[1].Payload);
        Equal("""{"gateway":"gw-01","device":"press-meter","t":"2026-11-24T00:00:01.250000Z","energy_import_quality":"timeout"}""", messages[2].Payload);
    }

    [Fact]
    public async Task A_withdrawn_record_has_no_values()
    {
        var record = Plant.Record();
        record.Flags |= WindowFlags.Void;
        var json = Rendered.Parse(Assert.Single(await SentAsync([new RecordItem(1, record)], ("format", "flat"))).Payload);
        Assert.True(json.GetProperty("void").GetBoolean());
        Assert.False(json.TryGetProperty("electricity", out _));
    }

    [Theory]
    [InlineData("records: {topic: t, body: {a: \"${untit}\"}}", "own.yaml:1:31: there is no placeholder 'untit' here; did you mean 'unit'?")]
    [InlineData("records: {topic: t, body: {a: \"${value}\"}}", "own.yaml:1:31: there is no placeholder 'value' here")]
    [InlineData("records: {topic: t, body: {a: \"${unit\"}}", "own.yaml:1:31: a placeholder has no end")]
    [InlineData("records: {topic: t, body: {$samples: {a: b}}}", "own.yaml:1:28: there is no '$samples' here; the repetition of this message is $quantities.")]
    [InlineData("records: {topic: t}", "own.yaml:1:10: a message needs 'topic' and 'body'.")]
    [InlineData("record: {topic: t, body: {}}", "own.yaml:1:1: a template has no 'record'; did you mean 'records'?")]
    [InlineData("about: x", "own.yaml:1:1: the template sends nothing")]
    [InlineData("telemetry: {topic: t, body: [{$samples: {$samples: {a: b}}}]}", "own.yaml:1:42: $samples cannot stand within itself.")]
    [InlineData("records: {topic: t, body: {a: \"${stat[kind]}\"}}", "own.yaml:1:31: the template has no table 'stat'")]
    [InlineData("- x", "own.yaml:1:1: a template is a table")]
    [InlineData("records: {topic: [", "own.yaml:1:")]
    public void A_wrong_template_is_told_at_its_place(string text, string expected)
    {
        var faults = new FaultList();
        Assert.Null(TemplateReader.Read("own.yaml", text, faults));
        Assert.Contains(faults.Ordered, f => f.ToString().StartsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void A_map_is_told_what_its_template_lacks()
    {
        Assert.EndsWith("or the path of a .yaml file; did you mean 'thingsboard'?", Fault(("format", "thingsbord")), StringComparison.Ordinal);
        Assert.Equal("format: huawei-iotda needs parameters: device_id (the device's id at IoTDA).", Fault(("format", "huawei-iotda")));
        Assert.Equal("parameters: thingsboard has no 'device_id'; it has none.", Fault(("format", "thingsboard"), ("parameters", "device_id=x")));
        Assert.StartsWith("codes: national-record sends only what has a code of the platform", Fault(("format", "national-record"), ("parameters", "device_id=x, enterprise_code=91440000XXXXXXXXXX, scope=1")), StringComparison.Ordinal);
        Assert.StartsWith("format: cannot read 'none.yaml'", Fault(("format", "none.yaml")), StringComparison.Ordinal);

        static string Fault(params (string, string)[] options)
        {
            var faults = new FaultList();
            Target.Bind(faults, [("url", "mqtt://broker"), .. options]);
            return Assert.Single(faults.Ordered).Message;
        }
    }

    [Theory]
    [InlineData("records: {topic: 'a/#/${unit}', body: {v: '${unit}'}}", "records: topic: 'a/#/unit-1' is no topic to publish to.")]
    [InlineData("records: {topic: '', body: {v: 1}}", "records: topic: '' is no topic to publish to.")]
    [InlineData("telemetry: {topic: t, body: {power: 1, $samples: {'${point}': '${value}'}}}", "telemetry: the body of a sample is no JSON: ")]
    [InlineData("records: {topic: t, body: {$quantities: {value: '${value}'}}}", "records: the body of a sample is no JSON: ")]
    public void What_no_broker_or_reader_would_take_is_told_before_anything_is_sent(string text, string expected)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("template-").FullName, "own.yaml");
        File.WriteAllText(file, text);
        var faults = new FaultList();
        Target.Bind(faults, ("url", "mqtt://broker"), ("format", file));
        Assert.StartsWith($"format: {file}: {expected}", Assert.Single(faults.Ordered).Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, true);
    }

    [Theory]
    [InlineData("enterprise_code", "91440000xxxxxxxxxx", "parameters: enterprise_code: '91440000xxxxxxxxxx' may hold capital letters and digits only.")]
    [InlineData("enterprise_code", "9144", "parameters: enterprise_code: '9144' has 4 characters; the platform wants 18.")]
    [InlineData("scope", "5", "parameters: scope: '5' is none of 1, 2, 3, 4.")]
    [InlineData("code", "010101010133000", "codes: line-1.electricity: '010101010133000' has 15 characters; the platform wants 16.")]
    [InlineData("code", "01010101013300AA", "codes: line-1.electricity: '01010101013300AA' may hold digits only.")]
    public void What_the_platform_demands_of_codes_and_parameters_is_checked(string name, string value, string expected)
    {
        string Or(string key, string otherwise) => key == name ? value : otherwise;
        var faults = new FaultList();
        Target.Bind(faults, ("url", "mqtt://broker"), ("format", "national-record"), ("codes", "line-1.electricity=" + Or("code", "0101010101330001")),
            ("parameters", $"device_id=D1, enterprise_code={Or("enterprise_code", "91440000XXXXXXXXXX")}, scope={Or("scope", "1")}"));
        Assert.Equal(expected, Assert.Single(faults.Ordered).Message);
    }

    [Theory]
    [InlineData("records: {topic: t, body: {v: 1}}\nchecks: {code: {digit: 16}}", "own.yaml:2:17: there is no check 'digit'; did you mean 'digits'?")]
    [InlineData("records: {topic: t, body: {v: 1}}\nchecks: {code: {digits: x}}", "own.yaml:2:17: expected one of {digits: 16}")]
    [InlineData("records: {topic: t, body: {v: 1}}\nchecks: {scope: {digits: 1}}", "own.yaml:2:10: there is no parameter 'scope' to check")]
    [InlineData("records: {topic: t, body: {v: 1}}\nchecks: 16", "own.yaml:2:9: expected a table of checks")]
    public void A_wrong_check_is_told_at_its_place(string text, string expected)
    {
        var faults = new FaultList();
        Assert.Null(TemplateReader.Read("own.yaml", text, faults));
        Assert.StartsWith(expected, Assert.Single(faults.Ordered).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Codes_go_by_the_plants_own_names_whatever_the_target_calls_them()
    {
        var message = Assert.Single(await SentAsync([new RecordItem(1, Plant.Record())], ("format", Write("records: {topic: 't/${unit}', body: {$quantities: {'${code}': '${value}'}}}")), ("codes", "line-1.electricity=E1"), ("rename", "{line-1: 冲压线}")));
        Assert.Equal(("t/冲压线", """{"E1":"1.234"}"""), (message.Topic, message.Payload));
    }

    private static string Write(string template)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("template-").FullName, "own.yaml");
        File.WriteAllText(file, template);
        return file;
    }

    private static Task<IReadOnlyList<MqttMessage>> SentAsync(params (string, string)[] options) => SentAsync([new RecordItem(1, Plant.Record()), new TelemetryItem(1, Plant.MeterSamples()), new EventItem(1, Plant.Reset())], options);

    private static async Task<IReadOnlyList<MqttMessage>> SentAsync(PublishItem[] items, params (string, string)[] options)
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("#", "$oc/#");
        await using var publisher = Target.Publisher(null, [("url", broker.Url), .. options]);
        await publisher.ConnectAsync(Cancel);
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, Cancel);
        Assert.All(outcomes, o => Assert.Equal(Outcome.Accepted, o));
        return await sub.ReceivedAsync(items.Sum(i => i is RecordItem ? 1 : i is TelemetryItem ? 2 : 0));
    }

    private static void Equal(string expected, string actual) => Assert.Equal(JsonSerializer.Serialize(Rendered.Parse(expected)), JsonSerializer.Serialize(Rendered.Parse(actual)));
}
