using EdgeGateway.Composition;
using EdgeGateway.DeviceMaps.Differences;
using EdgeGateway.Reloading;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class DifferenceTests
{
    private const string Before = """
        gateway: {id: gw-01}
        connections: {net: {modbus_tcp: {host: 10.0.0.1}}, spare: {modbus_tcp: {host: 10.0.0.2}}}
        devices:
          meter: {connection: net, unit_id: 1, rated_power: 75 kW, poll: 5s, points: {energy: {address: 0, type: u32, kind: counter, unit: kWh}, power: {address: 2, type: u16, unit: W}}}
          other: {connection: spare, unit_id: 1, points: {power: {address: 2, type: u16, unit: W}}}
        units: {line-1: {electricity: meter.energy}}
        publish:
          platform: {mqtt: {url: "mqtts://10.0.0.9:8883", username: gw, password: "${env:FIRST}"}}
          second: {mqtt: {url: "mqtts://10.0.0.8:8883", client_id: gw-b}}
        """;

    [Fact]
    public void Order_comments_and_quotes_make_no_difference()
    {
        var transition = Between(Before, "# a comment\n" + Before.Replace("{id: gw-01}", "{ id: \"gw-01\" }", StringComparison.Ordinal).Replace("unit_id: 1, rated_power: 75 kW", "rated_power: 75 kW, unit_id: 1", StringComparison.Ordinal));
        Assert.True(transition.IsEmpty);
        Assert.Empty(transition.EndBuses);
    }

    [Fact]
    public void What_changed_is_said_and_only_that_restarts()
    {
        var transition = Between(Before, Before.Replace("poll: 5s", "poll: 1s, max_gap: 10s", StringComparison.Ordinal).Replace("unit: W}}}\n  other", "unit: kW}}}\n  other", StringComparison.Ordinal)
            .Replace("units: {line-1: {electricity: meter.energy}}", "units: {line-1: {electricity: meter.energy}, line-2: {}}", StringComparison.Ordinal).Replace("client_id: gw-b", "client_id: gw-c", StringComparison.Ordinal));
        Assert.Empty(transition.Faults);
        Assert.Equal(["device 'meter': poll 5s → 1s; new max_gap 10s; points.power.unit W → kW", "unit 'line-2': new", "publisher 'second': mqtt.client_id gw-b → gw-c"], transition.Words);
        Assert.Equal(["net"], transition.EndBuses);
        Assert.Equal(["net"], transition.BeginBuses);
        Assert.Equal(["second"], transition.EndPublishers);
    }

    [Fact]
    public void What_is_gone_ends_and_what_was_renamed_is_told()
    {
        var after = Before.Replace("  other: {connection: spare, unit_id: 1, points: {power: {address: 2, type: u16, unit: W}}}\n", "", StringComparison.Ordinal)
            .Replace("  meter: {", "  main: {was: meter, ", StringComparison.Ordinal).Replace("meter.energy", "main.energy", StringComparison.Ordinal);
        var transition = Between(Before, after);
        Assert.Equal(["device 'main': was 'meter'", "device 'other': gone", "unit 'line-1': electricity meter.energy → main.energy"], transition.Words);
        Assert.Equal(["net", "spare"], transition.EndBuses);
    }

    [Fact]
    public void A_secret_never_shows_and_another_one_is_noticed()
    {
        var transition = Between(Before, Before, secondSecret: "two");
        Assert.Equal(["publisher 'platform': a secret it uses is another one"], transition.Words);
        Assert.Equal(["platform"], transition.BeginPublishers);
        transition = Between(Before, Before.Replace("${env:FIRST}", "plain-text", StringComparison.Ordinal));
        Assert.Equal("publisher 'platform': mqtt.password *** → ***", Assert.Single(transition.Words));
    }

    [Theory]
    [InlineData("unit: kWh}", "unit: kWh, resolution: 0.1}", "its resolution changes from 1 to 0.1")]
    [InlineData("unit: kWh}", "unit: Wh}", "its unit changes from kWh to Wh")]
    [InlineData("unit: kWh}", "unit: kWh, ratio: 40}", "its ratio changes from 1 to 40")]
    [InlineData("unit: kWh}", "unit: kWh, modulus: 100000000}", "its modulus changes from none to 100000000")]
    [InlineData("address: 0, type: u32", "address: 4, type: u32", "its register changes")]
    [InlineData("address: 0, type: u32", "address: 0, type: i32", "its register changes")]
    [InlineData("net, unit_id: 1", "net, unit_id: 2", "its device's address changes from unit 1 to unit 2")]
    public void A_counter_does_not_go_on_under_another_register(string was, string now, string why)
    {
        var after = Before.Replace(was, now, StringComparison.Ordinal);
        var fault = Assert.Single(Between(Before, after).Faults);
        Assert.Contains("point 'meter.energy': " + why, fault.Message, StringComparison.Ordinal);
        Assert.Equal(4, fault.Mark.Line);
        Assert.NotNull(EdgeGateway.DeviceMaps.Language.MessageCatalogue.Chinese.Translate(fault.Message));
        Assert.Empty(Between(Before, after.Replace("meter: {", "meter: {epochs: [2026-11-24T08:00Z], ", StringComparison.Ordinal)).Faults);
    }

    [Fact]
    public void An_epoch_that_has_begun_stays()
    {
        var with = Before.Replace("meter: {", "meter: {epochs: [2026-11-24T08:00Z], ", StringComparison.Ordinal);
        Assert.Contains("had more epochs", Assert.Single(Between(with, Before).Faults).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_address_on_the_net_is_the_same_meter() => Assert.Empty(Between(Before, Before.Replace("10.0.0.1", "10.0.0.7", StringComparison.Ordinal)).Faults);

    [Fact]
    public void The_name_of_the_box_is_kept_while_it_runs() => Assert.Contains("stop it and start it anew", Assert.Single(Between(Before, Before.Replace("gw-01", "gw-02", StringComparison.Ordinal)).Faults).Message, StringComparison.Ordinal);

    [Fact]
    public void Another_name_of_the_plant_restarts_the_publishers_that_may_name_it()
    {
        var transition = Between(Before, Before.Replace("{id: gw-01}", "{id: gw-01, site: foshan-1}", StringComparison.Ordinal));
        Assert.Empty(transition.Faults);
        Assert.Equal(["gateway: new site foshan-1"], transition.Words);
        Assert.Empty(transition.EndBuses);
        Assert.Equal(["platform", "second"], transition.BeginPublishers);
    }

    [Fact]
    public void Names_and_passwords_within_an_url_are_masked()
    {
        var words = MapDifference.Between("publish: {p: {mqtt: {url: \"mqtt://me:secret@host:1\"}}}", "publish: {p: {mqtt: {url: \"mqtt://me:secret@host:2\"}}}", [], []).Changes.Single().Words;
        Assert.Equal("publisher 'p': mqtt.url mqtt://***@host:1 → mqtt://***@host:2", words);
    }

    [Fact]
    public void The_map_of_the_document_is_valid()
    {
        var page = File.ReadAllText(RepositoryFolder.PathOf("docs/map.md"));
        var from = page.IndexOf("```yaml\n", StringComparison.Ordinal) + "```yaml\n".Length;
        Assert.Empty(MapFile.Parse("docs/map.md", page[from..page.IndexOf("```", from, StringComparison.Ordinal)], ".", _ => null).Faults);
    }

    private static PlantTransition Between(string before, string after, string secondSecret = "one") => PlantTransition.Between(Load(before, "one"), Load(after, secondSecret));

    private static LoadedMap Load(string text, string secret)
    {
        var (map, faults) = MapFile.Parse("map", text, ".", _ => secret);
        Assert.Empty(faults);
        return map!;
    }
}
