using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>What plants do to their servers: restarts, other namespace orders, vanished nodes, frozen processes, clocks that are off.</summary>
public sealed class TroubleTests(SharedServers shared)
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_restart_with_another_namespace_order_is_survived(bool polls)
    {
        await using var first = new PeerServers();
        var server = first.Describe("restart", namespaces: ["urn:peer:plc", "urn:peer:other"]);
        await first.StartAsync(server);
        await using var rig = new BusRig(server, shared.Pki).Secured(SecurityPolicy.Aes128Sha256RsaOaep, MessageSecurityMode.Sign).Trusting(Path.Combine(first.Folder, "certificates", "restart.pem"));
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe).Set(OpcUaOptions.RegisterNodes, true);
        var slot = rig.Add("F64");
        rig.Start();
        await rig.GoodAsync(slot);
        first.Process.Kill();
        await Until.TrueAsync(() => rig.Sink.Last(slot)!.Quality == Quality.BadDisconnected, "bad samples while the server is gone");
        await using var second = new PeerServers();
        await second.StartAsync(second.Describe("restart", namespaces: ["urn:peer:other", "urn:peer:third", "urn:peer:plc"], port: server.Port));
        await rig.GoodAsync(slot, TimeSpan.FromSeconds(30));
        Assert.Equal(2.25, rig.Sink.Last(slot)!.Number);
        Assert.Equal(4, Array.IndexOf([.. rig.Bus.Line!.Client.Namespaces.Uris], "urn:peer:plc"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vanished_node_fails_alone_and_returns_by_itself(bool polls)
    {
        await using var peers = new PeerServers();
        var server = peers.Describe("vanish");
        await peers.StartAsync(server);
        await using var rig = new BusRig(server, shared.Pki);
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe);
        var gone = rig.Add("F32");
        var stays = rig.Add("F64");
        rig.Start();
        await rig.GoodAsync(gone);
        await rig.GoodAsync(stays);
        await peers.TellAsync("vanish vanish F32");
        await Until.TrueAsync(() => !rig.Sink.Last(gone)!.Quality.HasValue(), "the vanished node to be bad");
        var count = rig.Sink.Of(stays).Count;
        await Until.TrueAsync(() => rig.Sink.Of(stays).Count > count + 2 && rig.Sink.Last(stays)!.Quality.HasValue(), "the other node to go on");
        await peers.TellAsync("return vanish F32");
        await rig.GoodAsync(gone);
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_frozen_server_is_noticed_and_its_session_taken_up_again(bool polls)
    {
        await using var peers = new PeerServers();
        var server = peers.Describe("frozen");
        await peers.StartAsync(server);
        await using var rig = new BusRig(server, shared.Pki);
        rig.Connection.Set(OpcUaOptions.Timeout, TimeSpan.FromMilliseconds(500)).Set(OpcUaOptions.ConnectTimeout, TimeSpan.FromSeconds(1));
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe);
        var slot = rig.Add("Count", PointKind.Counter);
        rig.Start();
        await rig.GoodAsync(slot);
        peers.Process.Signal("STOP");
        await Until.TrueAsync(() => !rig.Sink.Last(slot)!.Quality.HasValue() && !rig.Bus.Health.Connected, "the silence to be noticed");
        peers.Process.Signal("CONT");
        await rig.GoodAsync(slot);
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
        Assert.True(rig.Bus.Line!.Client.SessionsResumed >= 1);
    }

    [Fact]
    public async Task A_source_clock_that_is_off_is_not_used()
    {
        await using var peers = new PeerServers();
        var server = peers.Describe("clock");
        await peers.StartAsync(server);
        await peers.TellAsync("lag clock 3600");
        await using var rig = new BusRig(server, shared.Pki);
        rig.Device.Set(OpcUaOptions.Time, TimeOrigin.Source);
        var slot = rig.Add("Count", PointKind.Counter);
        rig.Start();
        await Until.TrueAsync(() => rig.Sink.Of(slot).Count(s => s.Quality.HasValue()) > 5, "samples");
        Assert.All(rig.Sink.Of(slot), s => Assert.True(s.Time < rig.Stamps.Now + 6_000_000));
    }

    [Fact]
    public async Task Source_times_are_turned_into_boot_time()
    {
        await using var rig = new BusRig(shared.Plain, shared.Pki);
        rig.Device.Set(OpcUaOptions.Time, TimeOrigin.Source);
        var slot = rig.Add("When", PointKind.Text);
        var count = rig.Add("Count", PointKind.Counter);
        var before = rig.Stamps.Now;
        rig.Start();
        await Until.TrueAsync(() => rig.Sink.Of(count).Count(s => s.Quality == Quality.Good) > 5, "samples");
        Assert.All(rig.Sink.Of(count).Where(s => s.Quality == Quality.Good).Skip(1), s => Assert.InRange(s.Time, before - 1_000_000, rig.Stamps.Now));
        Assert.Equal(Quality.BadMalformed, rig.Sink.Last(slot)!.Quality);
    }
}
