using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Many items for some time; started by hand, because the peer takes most of a machine for it.</summary>
public sealed class SoakTests(SharedServers shared)
{
    [Theory(Explicit = true)]
    [InlineData(10_000, 1000, 20)]
    [InlineData(1_000, 100, 20)]
    public async Task No_change_of_many_items_is_lost(int items, int ticks, int seconds)
    {
        await using var peers = new OpcUaServers();
        var server = peers.Describe("soak", doubles: items, ticks: ticks);
        await peers.StartAsync(server);
        await using var rig = new BusRig(server, shared.Pki);
        rig.Device.Set(OpcUaOptions.Queue, 100L).Set(OpcUaOptions.Sampling, TimeSpan.Zero).Set(OpcUaOptions.Publishing, TimeSpan.FromMilliseconds(ticks));
        rig.Connection.Set(OpcUaOptions.Timeout, TimeSpan.FromSeconds(30));
        for (var i = 0; i < items; i++) rig.Add("D" + i, pollSeconds: 5);
        rig.Start();
        await rig.GoodAsync(items - 1, TimeSpan.FromSeconds(60));
        var wanted = seconds * 1000 / ticks * 3 / 4;
        await Until.TrueAsync(() => rig.Sink.Of(items - 1).Count(s => s.Quality == Quality.Good) >= wanted, "changes", TimeSpan.FromSeconds(seconds * 3));
        Assert.Equal(0, rig.Bus.Line!.Client.Subscriptions.All[0].Gaps);
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
        for (var slot = 0; slot < items; slot += Math.Max(1, items / 200))
        {
            var values = rig.Sink.Of(slot).Where(s => s.Quality == Quality.Good).Select(s => s.Number).ToArray();
            Assert.All(values.Zip(values.Skip(1)), p => Assert.Equal(0.5, p.Second - p.First, 6));
        }
    }
}
