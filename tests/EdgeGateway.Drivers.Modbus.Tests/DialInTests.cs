using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Devices that dial in, played by a Python program on the other side.</summary>
public sealed class DialInTests
{
    [Theory]
    [InlineData("rtu", "DTU-1", null)]
    [InlineData("rtu", "0x01A0FF", "0xFE")]
    [InlineData("tcp", "DTU-1", "beat")]
    [InlineData("rtu", null, null)]
    public async Task A_device_that_dials_in_is_read(string framing, string? registration, string? heartbeat)
    {
        var port = FreePort.Next();
        var sink = new Collected();
        await using var bus = new RunningBus(Plan(port, framing, registration, 1, heartbeat), sink);
        await using var dtu = Start(port, framing);
        await ListensAsync(port);
        Do(dtu, $"dial a 1 {registration ?? "-"} {heartbeat}");
        await Until.TrueAsync(() => bus.Health.Responses >= 5, $"five answers; {bus.Health.LastError}; {dtu.Output}");
        await bus.StopAsync();
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(1_010L + s.Slot, s.Integer));
        Assert.Equal(heartbeat is not null, bus.Health.Heartbeats > 0);
        Assert.Equal((0, 0), (bus.Health.StrayFrames, bus.Health.ForeignFrames));
        Assert.Equal(0, bus.Health.Devices[0].Errors);
    }

    [Fact]
    public async Task Several_devices_on_one_port_are_told_apart_and_an_unknown_one_is_refused_and_named()
    {
        var port = FreePort.Next();
        var (one, two, log) = (new Collected(), new Collected(), new KeptLog());
        var driver = new ModbusDtuDriver();
        await using var first = new RunningBus(Plan(port, "rtu", "ALPHA", 1), one, driver: driver, services: one.Services(log: log));
        await using var second = new RunningBus(Plan(port, "rtu", "BETA", 2), two, driver: driver, services: two.Services(log: log));
        await using var dtu = Start(port, "rtu");
        await ListensAsync(port);
        Do(dtu, "dial b 2 BETA");
        Do(dtu, "slow a 1 ALPHA");
        Do(dtu, "dial c 3 GAMMA");
        await Until.TrueAsync(() => first.Health.Responses >= 3 && second.Health.Responses >= 3, $"answers of both; {first.Health.LastError}; {second.Health.LastError}");
        await dtu.SaysAsync("c closed");
        await Until.TrueAsync(() => first.Health.RefusedDialIns >= 1 && second.Health.RefusedDialIns >= 1, "the refusal to be counted");
        Assert.Contains(log.Lines, l => l.Contains("'GA", StringComparison.Ordinal) && l.Contains("no connection has this registration", StringComparison.Ordinal));
        Assert.All(one.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(1_010L + s.Slot, s.Integer));
        Assert.All(two.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(2_010L + s.Slot, s.Integer));
        Assert.DoesNotContain(dtu.Lines, l => l.StartsWith("c 3 ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Whoever_had_not_registered_when_a_port_closed_takes_no_place_when_it_listens_again()
    {
        var (port, driver, sink, silent) = (FreePort.Next(), new ModbusDtuDriver(), new Collected(), new List<TcpClient>());
        try
        {
            await using (new RunningBus(Plan(port, "rtu", "DTU-1", 1), new Collected(), driver: driver))
            {
                await ListensAsync(port);
                // The one too many is hung up on: then all others were taken.
                for (var i = 0; i < 33; i++)
                {
                    silent.Add(new TcpClient());
                    await silent[i].ConnectAsync(IPAddress.Loopback, port, TestContext.Current.CancellationToken);
                }
                Assert.Equal(0, await silent[^1].GetStream().ReadAsync(new byte[1], TestContext.Current.CancellationToken));
            }
            await using var bus = new RunningBus(Plan(port, "rtu", "DTU-1", 1), sink, driver: driver);
            await ListensAsync(port);
            await using var dtu = Start(port, "rtu");
            Do(dtu, "dial a 1 DTU-1");
            await Until.TrueAsync(() => bus.Health.Responses >= 2, $"two answers; {bus.Health.LastError}; {dtu.Output}");
        }
        finally
        {
            foreach (var client in silent) client.Dispose();
        }
    }

    [Fact]
    public async Task A_device_that_dials_again_is_taken_and_one_that_hangs_up_is_missed()
    {
        var port = FreePort.Next();
        var sink = new Collected();
        await using var bus = new RunningBus(Plan(port, "rtu", "ALPHA", 1), sink);
        await using var dtu = Start(port, "rtu");
        await ListensAsync(port);
        Do(dtu, "dial a 1 ALPHA");
        await Until.TrueAsync(() => bus.Health.Responses >= 3, "answers");
        // The first line still stands, as of a modem that lost its network.
        Do(dtu, "dial b 1 ALPHA");
        await Until.TrueAsync(() => dtu.Lines.Any(l => l.StartsWith("b 1 ", StringComparison.Ordinal)), "the new line to be asked");
        var answers = bus.Health.Responses;
        await Until.TrueAsync(() => bus.Health.Responses >= answers + 3, "answers on the new line");
        Assert.Equal(2, bus.Health.Connects);
        Do(dtu, "hang b");
        await Until.TrueAsync(() => sink.Count(Quality.BadDisconnected) >= 3, "bad samples");
        Assert.False(bus.Health.Connected);
        Do(dtu, "dial d 1 ALPHA");
        var good = sink.Count(Quality.Good);
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= good + 3, "good samples again");
    }

    [Fact]
    public async Task Nobody_who_dials_in_is_said_and_every_cycle_is_bad()
    {
        var sink = new Collected();
        var plan = Plan(FreePort.Next(), "rtu", "ALPHA", 1);
        plan.Connection.Options.Set(DtuOptions.RegistrationTimeout, TimeSpan.FromMilliseconds(200));
        await using var bus = new RunningBus(plan, sink);
        await Until.TrueAsync(() => sink.Count(Quality.BadDisconnected) >= 6, "bad samples");
        Assert.Contains("no device has dialled in", bus.Health.LastError, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Connections_that_cannot_be_told_apart_say_so()
    {
        var port = FreePort.Next();
        var (one, two) = (new Collected(), new Collected());
        var driver = new ModbusDtuDriver();
        await using var first = new RunningBus(Plan(port, "rtu", "DTU", 1), one, driver: driver, services: one.Services());
        await ListensAsync(port);
        await using var second = new RunningBus(Plan(port, "rtu", "DTU-2", 2), two, driver: driver, services: two.Services());
        await Until.TrueAsync(() => second.Health.LastError is not null, "the fault");
        Assert.Contains("begins alike", second.Health.LastError, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("DTU-1", true)]
    [InlineData("0x00FF", true)]
    [InlineData("0x0", false)]
    [InlineData("0xGG", false)]
    [InlineData("", false)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789", false)]
    public void A_packet_is_text_or_hexadecimal_of_limited_length(string written, bool right)
    {
        var faults = new FaultList();
        DtuOptions.Registration.Read(new MapText(Plant.Here, written, true), faults);
        Assert.Equal(right, faults.IsEmpty);
    }

    private static BusPlan Plan(int port, string framing, string? registration, int unit, string? heartbeat = null)
    {
        var options = new OptionValues { Mark = Plant.Here }.Set(DtuOptions.Port, (long)port).Set(DtuOptions.FramesAreRtu, framing == "rtu").Set(ModbusOptions.Timeout, TimeSpan.FromSeconds(5));
        if (registration is not null) options.Set(DtuOptions.Registration, registration);
        if (heartbeat is not null) options.Set(DtuOptions.Heartbeat, heartbeat);
        return Plant.Bus("modbus_dtu", options, Plant.Device("meter", unit, Plant.Row(10, 3)));
    }

    private static PeerProcess Start(int port, string framing) => Peer.Start("dtu.py", port.ToString(CultureInfo.InvariantCulture), framing);

    // Asked of the system: a knock would be taken for a device.
    private static Task ListensAsync(int port) =>
        Until.TrueAsync(() => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Any(e => e.Port == port), $"port {port.ToString(CultureInfo.InvariantCulture)} to listen");

    private static void Do(PeerProcess dtu, string deed)
    {
        dtu.Input.WriteLine(deed.TrimEnd());
        dtu.Input.Flush();
    }
}
