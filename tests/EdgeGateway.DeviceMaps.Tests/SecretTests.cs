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
}
