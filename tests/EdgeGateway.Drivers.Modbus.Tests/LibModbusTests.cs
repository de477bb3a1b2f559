using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>libmodbus as the other side: over TCP and on a serial port, read and written. mbpoll, a master of the same library, looks for itself.</summary>
public sealed class LibModbusTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(10);

    [Fact]
    public async Task A_server_of_libmodbus_gives_every_register()
    {
        var port = FreePort.Next();
        await using var server = Peer.Start("libmodbus.py", port.ToString(CultureInfo.InvariantCulture));
        await server.SaysAsync("port ");
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Bus(port, Patient, Plant.Device("a", 7, [.. Plant.Row(0, 125), .. Plant.Row(300, 3)]), Plant.Device("b", 9, Plant.Row(990, 20))), sink);
        await Until.TrueAsync(() => sink.Of(127).Length >= 3 && sink.Of(137).Length >= 3, $"three cycles; {bus.Health.LastError}; {server.Output}");
        await bus.StopAsync();
        // The mapping ends at 1000: the ten registers behind it are refused, one by one.
        Assert.All(sink.Samples, s => Assert.Equal(s.Slot < 138 ? (Quality.Good, Register(s.Slot)) : (Quality.BadException, 0L), (s.Quality, s.Integer)));
        await Until.TrueAsync(() => server.Requests().Contains("7 3 0 125"), "the whole request in its log");

        static long Register(int slot) => slot < 125 ? slot : slot < 128 ? 175 + slot : 862 + slot;
    }

    [Fact]
    public async Task A_server_of_libmodbus_on_a_serial_port_is_read_and_written_and_mbpoll_agrees()
    {
        await using var pair = await PtyPair.StartAsync();
        await using var server = Peer.Start("libmodbus.py", pair.Devices, "7");
        await server.SaysAsync("serving");
        var sink = new Collected();
        var speed = Plant.Point("speed", 500) with { Writable = new DeviceMaps.Plant.WriteLimits(new(0, 0), new(60_000, 0), TimeSpan.Zero) };
        var plan = Plant.Serial(pair.Master, Patient, Plant.Device("a", 7, [.. Plant.Row(0, 125), .. Plant.Row(300, 3), speed]));
        await using (var bus = new RunningBus(plan, sink, services: sink.Services() with { Writes = WritePermit.Grant() }))
        {
            await Until.TrueAsync(() => sink.Of(127).Length >= 3 && sink.Of(0).Length >= 3, $"three cycles; {bus.Health.LastError}; {server.Output}");
            var outcome = await bus.Bus.WriteAsync(new WriteOrder(128, 4_711), TestContext.Current.CancellationToken);
            Assert.True(outcome.Written, outcome.Detail);
            await Until.TrueAsync(() => sink.Of(128) is [.., { Integer: 4_711 }], "the poll to see it");
        }
        Assert.All(sink.Samples.Where(s => s.Slot < 128), s => Assert.Equal((Quality.Good, s.Slot < 125 ? s.Slot : 175L + s.Slot), (s.Quality, s.Integer)));
        // The gateway has given the port back: another master may open it.
        await using var mbpoll = PeerProcess.Start("mbpoll", ["-m", "rtu", "-1", "-a", "7", "-b", "115200", "-P", "none", "-o", "10", "-0", "-r", "499", "-c", "3", pair.Master]);
        await mbpoll.SaysAsync("4711");
        Assert.Contains(mbpoll.Lines, l => l.StartsWith("[499]", StringComparison.Ordinal) && l.EndsWith("499", StringComparison.Ordinal));
    }
}
