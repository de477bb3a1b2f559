using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>What plants do to their servers: restarts, other namespace orders, vanished nodes, frozen processes, clocks that are off.</summary>
public sealed class TroubleTests(SharedServers shared)
{
    [Fact]
    public async Task A_restart_with_another_certificate_and_namespace_order_is_survived()
    {
        await using var first = new OpcUaServers();
        await using var second = new OpcUaServers();
        var server = first.Describe("restart", namespaces: ["urn:peer:plc", "urn:peer:other"]);
        var again = second.Describe("restarted", namespaces: ["urn:peer:other", "urn:peer:third", "urn:peer:plc"], port: server.Port);
        await first.StartAsync(server);
        await using var polling = Rig(ReadingWay.Poll);
        await using var watching = Rig(ReadingWay.Subscribe);
        BusRig[] rigs = [polling, watching];
        foreach (var rig in rigs) await rig.GoodAsync(0);
        first.Process.Kill();
        foreach (var rig in rigs) await Until.TrueAsync(() => rig.Sink.Last(0)!.Quality == Quality.BadDisconnected, "bad samples while the server is gone");
        await second.StartAsync(again);
        foreach (var rig in rigs)
        {
            await rig.GoodAsync(0, TimeSpan.FromSeconds(30));
            Assert.Equal(2.25, rig.Sink.Last(0)!.Number);
            Assert.Equal(4, Array.IndexOf([.. rig.Bus.Line!.Client.Namespaces.Uris], "urn:peer:plc"));
        }

        BusRig Rig(ReadingWay way)
        {
            var rig = new BusRig(server, shared.Pki).Secured(SecurityPolicy.Aes128Sha256RsaOaep, MessageSecurityMode.Sign)
                .Trusting(Path.Combine(first.Folder, "certificates", "restart.pem")).Trusting(Path.Combine(second.Folder, "certificates", "restarted.pem"));
            rig.Device.Set(OpcUaOptions.Way, way).Set(OpcUaOptions.RegisterNodes, true);
            rig.Add("F64");
            return rig.Start();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_vanished_node_fails_alone_and_returns_by_itself(bool polls)
    {
        var server = polls ? shared.FirstOwn : shared.SecondOwn;
        await using var rig = new BusRig(server, shared.Pki);
        rig.Device.Set(OpcUaOptions.Way, polls ? ReadingWay.Poll : ReadingWay.Subscribe);
        var gone = rig.Add("F32");
        var stays = rig.Add("F64");
        rig.Start();
        await rig.GoodAsync(gone);
        await rig.GoodAsync(stays);
        await shared.Peers.TellAsync($"vanish {server.Name} F32");
        await Until.TrueAsync(() => !rig.Sink.Last(gone)!.Quality.HasValue(), "the vanished node to be bad");
        var count = rig.Sink.Of(stays).Count;
        await Until.TrueAsync(() => rig.Sink.Of(stays).Count > count + 2 && rig.Sink.Last(stays)!.Quality.HasValue(), "the other node to go on");
        await shared.Peers.TellAsync($"return {server.Name} F32");
        await rig.GoodAsync(gone);
        Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
    }

    [Fact]
    public async Task A_frozen_server_is_noticed_and_its_session_taken_up_again()
    {
        await using var peers = new OpcUaServers();
        var server = peers.Describe("frozen");
        await peers.StartAsync(server);
        await using var polling = Rig(ReadingWay.Poll);
        await using var watching = Rig(ReadingWay.Subscribe);
        BusRig[] rigs = [polling, watching];
        foreach (var rig in rigs) await rig.GoodAsync(0);
        peers.Process.Signal("STOP");
        foreach (var rig in rigs) await Until.TrueAsync(() => !rig.Sink.Last(0)!.Quality.HasValue() && !rig.Bus.Health.Connected, "the silence to be noticed");
        peers.Process.Signal("CONT");
        foreach (var rig in rigs)
        {
            await rig.GoodAsync(0);
            Assert.Equal(1, rig.Bus.Line!.Client.SessionsCreated);
            Assert.True(rig.Bus.Line!.Client.SessionsResumed >= 1);
        }

        BusRig Rig(ReadingWay way)
        {
            var rig = new BusRig(server, shared.Pki);
            rig.Connection.Set(OpcUaOptions.Timeout, TimeSpan.FromMilliseconds(500)).Set(OpcUaOptions.ConnectTimeout, TimeSpan.FromSeconds(1));
            rig.Device.Set(OpcUaOptions.Way, way);
            rig.Add("Count", PointKind.Counter);
            return rig.Start();
        }
    }

    [Fact]
    public async Task A_source_clock_that_is_off_is_not_used()
    {
        await shared.Peers.TellAsync("lag lagging 3600");
        await using var rig = new BusRig(shared.Lagging, shared.Pki);
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
