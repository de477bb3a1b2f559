using System.Net.Sockets;
using System.Text;
using EdgeGateway.Diagnosis;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Loops;

namespace EdgeGateway.Tests.Processes;

/// <summary>systemd is told that the gateway is ready and lives, and hears nothing from one whose loop stands still.</summary>
public sealed class WatchdogTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-watchdog-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_gateway_says_when_it_is_ready_that_it_lives_and_that_it_stops(bool isAbstract)
    {
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, """
            gateway: {id: gw-01, clock_wait: 0s}
            dashboard: {listen: off}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
            devices: {m: {connection: net, unit_id: 1, points: {power: {address: 0, type: u16, unit: W}}}}
            """, TestContext.Current.CancellationToken);
        var name = isAbstract ? $"edgegateway-{Guid.NewGuid():N}" : Path.Combine(_folder.FullName, "notify");
        using var systemd = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + name : name));
        await using var gateway = GatewayProcess.Start(["run", map], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = isAbstract ? "@" + name : name, ["WATCHDOG_USEC"] = "400000" });
        Assert.Equal("READY=1", await HearAsync());
        for (var beat = 0; beat < 5; beat++) Assert.Equal("WATCHDOG=1", await HearAsync());
        gateway.Signal("INT");
        var last = await HearAsync();
        while (last == "WATCHDOG=1") last = await HearAsync();
        Assert.Equal("STOPPING=1", last);
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(gateway.ExitCode == 0, gateway.Output);

        async Task<string> HearAsync()
        {
            var buffer = new byte[256];
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
            limit.CancelAfter(TimeSpan.FromMinutes(1));
            return Encoding.ASCII.GetString(buffer, 0, await systemd.ReceiveAsync(buffer, limit.Token));
        }
    }

    [Fact]
    public void A_loop_with_work_that_does_not_move_is_found_after_its_limit()
    {
        var (clock, pulse) = (new HandClock(), new LoopPulse());
        var loops = new StillLoops(() => [new("bus net", pulse, TimeSpan.FromSeconds(30))], () => false, clock);
        Assert.Null(loops.Find());
        // Nothing to do for an hour.
        clock.Advance(3600);
        Assert.Null(loops.Find());
        pulse.Give();
        Assert.Null(loops.Find());
        clock.Advance(29);
        // Others try in vain to hand it more: that is no movement of its own.
        pulse.Give();
        pulse.Refuse();
        Assert.Null(loops.Find());
        clock.Advance(2);
        Assert.Equal("The loop bus net has work and has not moved for 31 s.", loops.Find());
        pulse.Done();
        Assert.Null(loops.Find());
    }

    [Fact]
    public void Ingest_that_waits_for_a_store_which_cannot_write_is_not_still()
    {
        var (clock, pulse, holds) = (new HandClock(), new LoopPulse(), true);
        var loops = new StillLoops(() => [new(StillLoops.Ingest, pulse, TimeSpan.FromSeconds(30))], () => holds, clock);
        pulse.Give();
        Assert.Null(loops.Find());
        clock.Advance(3600);
        Assert.Null(loops.Find());
        holds = false;
        clock.Advance(29);
        Assert.Null(loops.Find());
        clock.Advance(2);
        Assert.NotNull(loops.Find());
    }

    private sealed class HandClock : TimeProvider
    {
        private long _seconds;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => _seconds;

        public void Advance(int seconds) => _seconds += seconds;
    }
}
