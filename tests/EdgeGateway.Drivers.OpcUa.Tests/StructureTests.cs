using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Fields of a real server's structures, by what it says of their types.</summary>
public sealed class StructureTests(SharedServers servers)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Fields_are_found_by_the_servers_own_description(bool polls)
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki);
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe);
        var high = rig.Add("Limits", options: o => o.Set(OpcUaOptions.Field, "High"));
        var low = rig.Add("SecondLow", node: "nsu=urn:peer:plc;s=Ranges", options: o => o.Set(OpcUaOptions.Field, "Low").Set(OpcUaOptions.Element, 1L));
        // Nested, with an enumeration, dates and texts before it.
        var state = rig.Add("ServerState", node: "i=2256", options: o => o.Set(OpcUaOptions.Field, "State"));
        var product = rig.Add("Product", PointKind.Text, node: "i=2256", options: o => o.Set(OpcUaOptions.Field, "BuildInfo.ProductUri"));
        var wrong = rig.Add("Wrong", node: "nsu=urn:peer:plc;s=Limits", options: o => o.Set(OpcUaOptions.Field, "Middle"));
        var plain = rig.Add("F64");
        rig.Start();
        foreach (var slot in new[] { high, low, state, product, plain }) await rig.GoodAsync(slot);
        Assert.Equal((125.5, 3.0, 0.0, 2.25), (rig.Sink.Last(high)!.Number, rig.Sink.Last(low)!.Number, rig.Sink.Last(state)!.Number, rig.Sink.Last(plain)!.Number));
        Assert.Equal("urn:peer", rig.Sink.Last(product)!.Text);
        await Until.TrueAsync(() => rig.Sink.Last(wrong) is { } s && !s.Quality.HasValue(), "a bad sample of a field that is not there");
        await Until.TrueAsync(() => rig.Bus.Health.Devices[0].LastError?.Contains("has no field Middle; it has Low, High", StringComparison.Ordinal) == true, $"the reason, not '{rig.Bus.Health.Devices[0].LastError}'");
    }
}
