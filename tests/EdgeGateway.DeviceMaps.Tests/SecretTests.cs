using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.DeviceMaps.Tests;

public sealed class SecretTests
{
    private const string Map = "\uFEFFgateway: {id: gw-01}\r\npublish:\r\n  p: {broker: {url: \"mqtt://h/${env:TOKEN}\", password: \"${env:TOKEN}\"}}\r\n";

    [Fact]
    public void A_secret_is_resolved_and_never_prints()
    {
        var options = Maps.Read(Map).Plant!.Publishers[0].Options;
        var password = options.Get(TestSchemas.Password);
        Assert.Equal("geheim-4711", password.Reveal());
        Assert.Equal("***", $"{password}");
        Assert.Equal("mqtt://h/geheim-4711", options.Get(TestSchemas.Url));
    }

    [Fact]
    public void The_effective_map_holds_no_secret_and_reads_as_the_same_plant()
    {
        var reading = Maps.Read(Map);
        Assert.Equal("gateway: {id: gw-01}\npublish:\n  p: {broker: {url: \"mqtt://h/${env:TOKEN}\", password: \"${env:TOKEN}\"}}\n", reading.EffectiveMap);
        Assert.Equal(reading.EffectiveMap, Maps.Read(reading.EffectiveMap).EffectiveMap);
        Assert.Equal(PlantDump.Write(reading.Plant!), PlantDump.Write(Maps.Read(reading.EffectiveMap).Plant!));
    }

    [Fact]
    public void A_secret_may_stand_in_the_map_itself()
    {
        var plant = Maps.Read("gateway: {id: gw-01}\npublish: {p: {broker: {url: 'm://x', password: plain}}}\n").Plant!;
        Assert.Equal("plain", plant.Publishers[0].Options.Get(TestSchemas.Password).Reveal());
    }

    [Fact]
    public void A_stored_map_is_read_without_its_secrets()
    {
        const string map = """
            gateway: {id: "${env:GATEWAY}", clock_wait: 1min}
            connections: {bus: {bench: {host: "${env:TOKEN}", port: "${env:PORT}", key: "${file:/run/secrets/key}"}}}
            devices: {m: {connection: bus, rated_power: 75 kW, points: {e: {kind: counter, unit: kWh, resolution: 0.01, address: 65535, type: u32}}}}
            units: {line: {electricity: m.e}}
            publish: {p: {broker: {url: "${env:TOKEN}", topics: ["${env:TOKEN}"]}}}
            """;
        Assert.Null(Maps.Read(map).Plant);
        var reading = PlantReader.ReadStored("stored", map, TestSchemas.Drivers, TestSchemas.Publishers);
        Assert.Empty(reading.Faults);
        var plant = reading.Plant!;
        Assert.Equal(75 / 3600.0, plant.Devices[0].Points[0].RatedPerSecond);
        Assert.Equal("m.e", plant.Units[0].Inputs[0].Point);
        Assert.False(plant.Connections[0].Options.Has(TestSchemas.Port));
        Assert.NotEmpty(PlantReader.ReadStored("stored", map.Replace("m.e}", "m.f}", StringComparison.Ordinal), TestSchemas.Drivers, TestSchemas.Publishers).Faults);
    }
}
