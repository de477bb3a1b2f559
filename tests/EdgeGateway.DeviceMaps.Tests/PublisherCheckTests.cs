using EdgeGateway.Composition;
using EdgeGateway.Pipeline.Publishing.Choosing;

namespace EdgeGateway.DeviceMaps.Tests;

/// <summary>What a publisher's options say of the plant is checked against it.</summary>
public sealed class PublisherCheckTests
{
    [Theory]
    [InlineData("line-1.electrcity", "codes: 'line-1.electrcity': units have no quantity 'electrcity'; did you mean 'electricity'?; write a carrier, good, scrap, or a figure.")]
    [InlineData("line-2.electricity", "codes: there is no unit or point for 'line-2.electricity'; did you mean 'line-1.electricity'?")]
    [InlineData("meter.enrgy", "codes: there is no unit or point for 'meter.enrgy'; did you mean 'meter.energy'?")]
    [InlineData("meter.energy", null)]
    [InlineData("line-1.kgce", null)]
    public void A_code_of_what_the_plant_does_not_have_is_a_fault(string key, string? expected)
    {
        var map = """
            gateway: {id: gw-01}
            connections: {net: {modbus_tcp: {host: 127.0.0.1}}}
            devices: {meter: {connection: net, unit_id: 1, rated_power: 75 kW, points: {energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}}}}
            units: {line-1: {electricity: meter.energy}}
            publish:
              province:
                mqtt:
                  url: "mqtts://energy.example:8883"
                  format: national-record
                  parameters: {device_id: D001, enterprise_code: 91440000XXXXXXXXXX, scope: "1"}
                  codes: {KEY: "0101010101330001"}
            """.Replace("KEY", key, StringComparison.Ordinal);
        var (_, faults) = MapFile.Parse("plant.yaml", map, ".", _ => null);
        Assert.Equal(expected is null ? [] : [expected], faults.Select(f => f.Message));
        if (expected is not null) Assert.Equal(11, Assert.Single(faults).Mark.Line);
    }

    [Theory]
    [InlineData("", 86_400)]
    [InlineData(", collect: 2s", 43_200)]
    [InlineData(", collect: 1min", 1_440)]
    public void What_leaves_at_once_is_a_message_a_poll_and_what_is_collected_goes_together(string option, int messages)
    {
        var map = """
            gateway: {id: gw-01}
            connections: {net: {modbus_tcp: {host: 127.0.0.1}}}
            devices: {meter: {connection: net, unit_id: 1, poll: 1s, points: {a: {address: 0, type: u16}, b: {address: 1, type: u16}}}}
            publish: {platform: {mqtt: {url: "mqtts://energy.example:8883", streams: telemetry OPTION}}}
            """.Replace(" OPTION", option, StringComparison.Ordinal);
        var (loaded, faults) = MapFile.Parse("plant.yaml", map, ".", _ => null);
        Assert.Empty(faults);
        var day = TrafficEstimate.Of(loaded!.Plant, loaded.Plant.Publishers[0], new TrafficShape(0, 0, 1, 1000));
        Assert.Equal(2 * 86_400 + messages * 1000.0, day.MostSamples, 3);
    }
}
