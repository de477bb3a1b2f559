using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Publishers.Mqtt.Topics;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class OptionTests
{
    [Theory]
    [InlineData("mqtt://broker", "mqtt://broker:1883")]
    [InlineData("mqtts://broker", "mqtts://broker:8883")]
    [InlineData("mqtt://10.0.0.9:2883/", "mqtt://10.0.0.9:2883")]
    [InlineData("mqtts://[::1]:9", "mqtts://[::1]:9")]
    public void A_url_is_read(string text, string expected) => Assert.Equal(expected, BrokerAddress.Parse(text, out _)?.ToString());

    [Theory]
    [InlineData("broker:1883", "expected mqtt://")]
    [InlineData("", "expected mqtt://")]
    [InlineData("http://broker", "neither mqtt:// nor mqtts://")]
    [InlineData("mqttss://broker", "did you mean 'mqtts'")]
    [InlineData("ws://broker", "not supported")]
    [InlineData("tcp://broker", "write mqtt:// instead of tcp://")]
    [InlineData("ssl://broker", "write mqtts:// instead of ssl://")]
    [InlineData("mqtt://user:secret@broker", "options of their own")]
    [InlineData("mqtt://broker:99999", "is not mqtt://host")]
    [InlineData("mqtt://broker:0", "port 0")]
    [InlineData("mqtt://", "is not mqtt://host")]
    [InlineData("mqtt://broker/root", "the option topic")]
    public void A_wrong_url_says_what_to_write(string text, string expected)
    {
        var faults = new FaultList();
        Target.Bind(faults, ("url", text));
        var fault = Assert.Single(faults.Ordered);
        Assert.StartsWith("plant.yaml:2:5: url: ", fault.ToString(), StringComparison.Ordinal);
        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Loopback_is_known() =>
        Assert.Equal([true, true, true, false], new[] { "localhost", "127.0.0.1", "[::1]", "10.0.0.9" }.Select(h => BrokerAddress.Parse("mqtt://" + h, out _)!.IsLoopback));

    [Fact]
    public void Defaults_hold()
    {
        var settings = new MqttSettings(Target.Map(("url", "mqtt://broker")), "gw-01");
        Assert.Equal(("gw-01", null, "edgegateway", true, TimeSpan.FromSeconds(30)), (settings.ClientId, settings.Username, settings.Root, settings.Telemetry, settings.KeepAlive));
        Assert.True(settings.Windows.IsEmpty);
    }

    [Fact]
    public async Task Windows_choose_records_and_telemetry_can_be_left_out()
    {
        await using var publisher = Target.Publisher(null, ("url", "mqtt://broker"), ("windows", "15m, 1h"), ("telemetry", "false"));
        Assert.Equal([false, true, true, false], new[] { WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day }.Select(publisher.Wants));
        Assert.Equal([Pipeline.Publishing.RecordStream.Records, Pipeline.Publishing.RecordStream.Events], publisher.Streams);
    }

    [Fact]
    public void Windows_may_be_a_list_and_a_wrong_one_is_named()
    {
        var faults = new FaultList();
        var mark = new Mark("plant.yaml", 3, 9);
        var node = new MapList(mark, [new MapText(mark, "15m", true), new MapText(mark with { Column = 14 }, "16m", true)]);
        Assert.Null(ChoiceOptions.Windows.Read(node, faults));
        Assert.StartsWith("plant.yaml:3:14: windows: '16m' is no window kind", Assert.Single(faults.Ordered).ToString(), StringComparison.Ordinal);
        Assert.NotNull(ChoiceOptions.Windows.Read(new MapList(mark, [node.Items[0]]), new FaultList()));
        Assert.Null(ChoiceOptions.Windows.Read(new MapList(mark, []), faults));
    }

    [Fact]
    public void Options_that_need_each_other_are_missed()
    {
        var faults = new FaultList();
        Target.Bind(faults, ("url", "mqtt://broker"), ("password", "s3cret"), ("ca_file", "ca.pem"), ("client_key", "k.pem"));
        Assert.Equal(["password: there is no username beside it.", "ca_file: only an mqtts:// url uses certificates.", "client_key: there is no client_certificate beside it."],
            faults.Ordered.Select(f => f.Message));
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("a//b", "empty level")]
    [InlineData("a/", "empty level")]
    [InlineData("$SYS/a", "broker")]
    [InlineData("a/#", "wildcards")]
    [InlineData("a\u0001", "control")]
    public void A_root_that_is_no_topic_is_refused(string root, string expected) => Assert.Contains(expected, TopicNames.WrongRoot(root), StringComparison.Ordinal);

    [Fact]
    public void Topics_are_valid_whatever_a_name_holds()
    {
        Assert.Null(TopicNames.WrongRoot("集团/厂-1"));
        var topics = new TopicNames("集团/厂-1", "gw/1");
        Assert.Equal("集团/厂-1/gw_1/status", topics.Status);
        Assert.Equal("集团/厂-1/gw_1/records/冲压线/15m", topics.Record("冲压线", WindowKind.QuarterHour));
        Assert.Equal("集团/厂-1/gw_1/telemetry/a_b_c_d_e_", topics.Telemetry("a+b#c/d\0e\uD800"));
        Assert.Equal("集团/厂-1/gw_1/telemetry/_", topics.Telemetry(""));
        Assert.True(topics.Telemetry(new string('线', 70_000)).Length < 20_000);
    }
}
