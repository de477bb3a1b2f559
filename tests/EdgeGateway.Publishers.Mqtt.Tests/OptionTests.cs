using EdgeGateway.DeviceMaps.Located;
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
        Assert.Equal((true, TimeSpan.FromHours(1), TimeSpan.Zero, 64, true, false), (settings.IsVersion5, settings.SessionExpiry, settings.MessageExpiry, settings.InFlight, settings.TopicAliases, settings.Gzip));
        Assert.Equal(("gw-01", null, "edgegateway", TimeSpan.FromSeconds(30)), (settings.ClientId, settings.Username, settings.Root, settings.KeepAlive));
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
    [InlineData("url: some are mqtts:// and some are not", "url", "[mqtt://a, mqtts://b]")]
    [InlineData("message_expiry: MQTT 3.1.1 has no such thing; check protocol.", "url", "mqtt://a", "protocol", "3.1.1", "message_expiry", "1h")]
    public void What_does_not_go_together_is_said(string expected, params string[] options)
    {
        var faults = new FaultList();
        Target.Bind(faults, [.. options.Chunk(2).Select(o => (o[0], o[1]))]);
        Assert.StartsWith(expected, Assert.Single(faults.Ordered).Message, StringComparison.Ordinal);
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
