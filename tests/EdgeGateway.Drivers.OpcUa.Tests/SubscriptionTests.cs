using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>Subscriptions against a real server: changes, heartbeats, deadbands, renewals under load, limits.</summary>
public sealed class SubscriptionTests(SharedServers servers)
{
    [Fact]
    public async Task Unchanged_values_go_on_as_heartbeats_and_changes_as_samples()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki);
        var steady = rig.Add("Steady");
        var count = rig.Add("Count", PointKind.Counter);
        var text = rig.Add("Text", PointKind.Text);
        var bad = rig.Add("Bad");
        rig.Start();
        await Until.TrueAsync(() => rig.Sink.Of(steady).Count(s => s.Quality == Quality.GoodHeartbeat) >= 3 && rig.Sink.Of(count).Count(s => s.Quality == Quality.Good) >= 10, "heartbeats and changes");
        var beats = rig.Sink.Of(steady);
        Assert.Equal(Quality.Good, beats.First(s => s.Quality.HasValue()).Quality);
        Assert.All(beats.Where(s => s.Quality.HasValue()), s => Assert.Equal(42, s.Number));
        foreach (var slot in new[] { steady, count, text, bad })
        {
            var times = rig.Sink.Of(slot).Select(s => s.Time).ToArray();
            Assert.True(times.Zip(times.Skip(1)).All(p => p.First < p.Second), "times do not ascend");
            Assert.True(times[^1] < rig.Stamps.Now + 1_000_000 && times[^1] > rig.Stamps.Now - 3_000_000);
        }
        Assert.All(rig.Sink.Of(text).Where(s => s.Quality.HasValue()), s => Assert.Equal("batch-7", s.Text));
        Assert.Contains(rig.Sink.Of(bad), s => s.Quality == Quality.BadException);
        Assert.DoesNotContain(rig.Sink.Of(bad), s => s.Quality.HasValue());
    }

    [Fact]
    public async Task No_change_is_lost_while_keys_are_renewed_every_second()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki).Secured(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        rig.Connection.Set(OpcUaOptions.TokenLifetime, TimeSpan.FromSeconds(2));
        rig.Device.Set(OpcUaOptions.Queue, 100L).Set(OpcUaOptions.Sampling, TimeSpan.Zero);
        var slots = Enumerable.Range(0, 100).Select(i => rig.Add("D" + i)).ToArray();
        rig.Start();
        await rig.GoodAsync(99);
        var client = rig.Bus.Line!.Client;
        await Until.TrueAsync(() => client.Channel is { Tokens: >= 4 }, "three renewals", TimeSpan.FromSeconds(30));
        Assert.Equal(1, client.SessionsCreated);
        Assert.Equal(0, client.Subscriptions.All[0].Gaps);
        foreach (var slot in slots)
        {
            var values = rig.Sink.Of(slot).Where(s => s.Quality == Quality.Good).Select(s => s.Number).ToArray();
            Assert.True(values.Length > 20);
            Assert.All(values.Zip(values.Skip(1)), p => Assert.Equal(0.5, p.Second - p.First, 9));
        }
    }

    [Fact]
    public async Task A_deadband_keeps_small_changes_back()
    {
        await using var rig = new BusRig(servers.Plain, servers.Pki);
        var slot = rig.Add("D1", options: o => o.Set(OpcUaOptions.Deadband, new ExactDecimal(2, 0)));
        rig.Start();
        await Until.TrueAsync(() => rig.Sink.Of(slot).Count(s => s.Quality == Quality.Good) >= 4, "four changes");
        var values = rig.Sink.Of(slot).Where(s => s.Quality == Quality.Good).Select(s => s.Number).ToArray();
        Assert.All(values.Skip(1).Zip(values.Skip(2)), p => Assert.True(p.Second - p.First > 2));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Limits_of_100_are_kept(bool polls)
    {
        await using var rig = new BusRig(servers.Limited, servers.Pki);
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe).Set(OpcUaOptions.RegisterNodes, true);
        var slots = Enumerable.Range(0, 350).Select(i => rig.Add("D" + i)).ToArray();
        rig.Start();
        foreach (var slot in slots) await rig.GoodAsync(slot);
        Assert.Equal(100, rig.Bus.Line!.Client.Limits[Operation.Read]);
        Assert.Equal(100, rig.Bus.Line!.Client.Limits[Operation.MonitoredItems]);
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
    }

    [Fact]
    public async Task Stopping_leaves_no_session_behind()
    {
        // Nobody else uses this server.
        var rig = new BusRig(servers.Quiet, servers.Pki);
        rig.Add("F64");
        rig.Start();
        await rig.GoodAsync(0);
        await servers.Peers.TellAsync("sessions quiet");
        Assert.Contains("SESSIONS quiet 1 1", servers.Peers.Process.Lines);
        var client = rig.Bus.Line!.Client;
        await rig.DisposeAsync();
        Assert.Equal(ClientPhase.Stopped, client.Phase);
        Assert.False(rig.Bus.Health.Connected);
        await Until.TrueAsync(async () =>
        {
            await servers.Peers.TellAsync("sessions quiet");
            return servers.Peers.Process.Lines.Contains("SESSIONS quiet 0 0");
        }, "the session to be gone");
    }
}
