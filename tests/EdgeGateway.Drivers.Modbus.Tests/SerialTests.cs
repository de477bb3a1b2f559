using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Drivers.Modbus.Serial;
using EdgeGateway.Modbus.Pdu;
using EdgeGateway.Modbus.Registers;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Serial ports, wired by socat to devices that behave well and badly.</summary>
public sealed class SerialTests
{
    // Short where a time-out is what is looked for; else a busy machine may take its time.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500), Patient = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("tty", "plain")]
    [InlineData("tty", "split")]
    [InlineData("tty", "noise")]
    [InlineData("ascii", "plain")]
    [InlineData("ascii", "split")]
    [InlineData("ascii", "noise")]
    public async Task However_the_bytes_come_the_values_are_right(string carrier, string behaviour)
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync(carrier, pair.Devices, behaviour);
        await using var __ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial(carrier == "ascii" ? "modbus_ascii" : "modbus_rtu", pair.Master, Patient, _ => { }, Plant.Device("a", 1, Plant.Row(10, 5))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 5, $"five answers; {bus.Health.LastError}; {devices.Output}");
        await bus.StopAsync();
        // A machine that is too busy tears an answer apart: it is bad then, never wrong.
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
        Assert.All(devices.Requests(), r => Assert.Equal("1 3 10 5", r));
    }

    [Theory]
    [InlineData("truncated", Quality.BadMalformed)]
    [InlineData("crc 1", Quality.BadMalformed)]
    [InlineData("wrong_unit", Quality.BadTimeout)]
    [InlineData("wrong_function", Quality.BadTimeout)]
    [InlineData("wrong_count", Quality.BadTimeout)]
    [InlineData("exception 4", Quality.BadException)]
    [InlineData("silent_unit 1", Quality.BadTimeout)]
    public async Task A_wrong_answer_is_bad_with_its_reason_and_never_a_value(string behaviour, Quality reason)
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, behaviour.Split(' '));
        await using var __ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial(pair.Master, reason == Quality.BadTimeout ? Short : Patient, Plant.Device("a", 1, Plant.Row(10, 3))), sink);
        await Until.TrueAsync(() => sink.Count(reason) >= 9, $"nine samples with {reason}");
        Assert.DoesNotContain(sink.Samples, s => s.Quality.HasValue());
        Assert.Equal(behaviour.StartsWith("wrong", StringComparison.Ordinal), bus.Health.StrayFrames > 0);
    }

    [Fact]
    public async Task A_damaged_answer_costs_itself_alone()
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, "crc", "3");
        await using var __ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial(pair.Master, TimeSpan.FromSeconds(5), Plant.Device("a", 1, Plant.Row(10, 3))), sink);
        await Until.TrueAsync(() => bus.Health.Devices[0].Malformed >= 2 && bus.Health.Responses >= 4, "damaged and good answers");
        await bus.StopAsync();
        Assert.All(sink.Samples, s => Assert.Equal(s.Quality == Quality.Good ? (Quality.Good, 10L + s.Slot) : (Quality.BadMalformed, 0L), (s.Quality, s.Integer)));
        Assert.Equal(1, bus.Health.Connects);
    }

    [Fact]
    public async Task A_late_reply_never_answers_another_request()
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, "late", "3", "700");
        await using var __ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial(pair.Master, Short, Plant.Device("a", 1, Plant.Row(10, 2))), sink);
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= 6, "good samples after the late ones");
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(10 + s.Slot, s.Integer));
        Assert.True(bus.Health.StrayFrames >= 1);
        Assert.True(sink.Count(Quality.BadTimeout) >= 2);
    }

    [Theory]
    [InlineData("echo", Quality.Good)]
    [InlineData("collision", Quality.BadMalformed)]
    public async Task An_echo_is_taken_off_and_its_absence_is_noticed(string behaviour, Quality quality)
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, behaviour);
        await using var __ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial("modbus_rtu", pair.Master, Patient, o => o.Set(SerialOptions.Echo, true), Plant.Device("a", 1, Plant.Row(0x402, 2))), sink);
        await Until.TrueAsync(() => sink.Count(quality) >= 6, $"samples that are {quality}");
        Assert.All(sink.Samples, s => Assert.True(s.Quality == quality || !s.Quality.HasValue()));
    }

    [Fact]
    public async Task A_port_in_use_is_refused_with_its_reason()
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, "plain");
        await using var __ = devices;
        var (sink, other) = (new Collected(), new Collected());
        await using var bus = new RunningBus(Plant.Serial(pair.Master, Patient, Plant.Device("a", 1, Plant.Row(10, 1))), sink);
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= 3, "good samples");
        await using var second = new RunningBus(Plant.Serial(pair.Master, Patient, Plant.Device("a", 1, Plant.Row(10, 1))), other);
        await Until.TrueAsync(() => other.Count(Quality.BadDisconnected) >= 3, "the second to be refused");
        Assert.Contains("uses the port", second.Health.LastError, StringComparison.Ordinal);
        Assert.DoesNotContain(sink.Samples, s => s.Quality == Quality.BadDisconnected);
    }

    [Fact]
    public async Task Pymodbus_gives_every_value_over_rtu()
    {
        await using var pair = await PtyPair.StartAsync();
        await using var meter = await Peer.SerialMeterAsync(pair.Devices);
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Serial(pair.Master, Patient, Plant.Device("meter", 3,
            Plant.Point("voltage", 0, RegisterType.F32, PointKind.Gauge), Plant.Point("energy", 2, RegisterType.U32), Plant.Point("long", 101, RegisterType.U64, input: true))), sink);
        await Until.TrueAsync(() => sink.Of(2).Length >= 3 && sink.Of(0).Length >= 3, $"three samples of each; {meter.Output}");
        Assert.Contains(sink.Of(0), s => s.Quality == Quality.Good && s.Number == 230.5);
        Assert.Contains(sink.Of(1), s => s.Quality == Quality.Good && s.Integer == 123456789);
        Assert.Contains(sink.Of(2), s => s.Quality == Quality.Good && s.Integer == 1234567890123);
        Assert.DoesNotContain(sink.Samples, s => s.Quality.HasValue() && s is not ({ Slot: 0, Number: 230.5 } or { Slot: 1, Integer: 123456789 } or { Slot: 2, Integer: 1234567890123 }));
    }

    [Fact]
    public async Task A_request_allocates_nothing()
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, "plain");
        await using var __ = devices;
        var sink = new Collected { Keeping = false };
        var fast = TimeSpan.FromMilliseconds(2);
        await using var bus = new RunningBus(Plant.Serial(pair.Master, Patient, Plant.Device("a", 1, Plant.Row(10, 60, fast)), Plant.Device("b", 2, Plant.Row(10, 60, fast))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 100, "warm-up");
        // What happens for the first time, such as an answer in two parts on a busy machine, may make something for good.
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var (bytes, responses) = (bus.Bus.Thread.AllocatedBytes, bus.Health.Responses);
            await Until.TrueAsync(() => bus.Health.Responses >= responses + 200, "200 answers");
            least = Math.Min(least, bus.Bus.Thread.AllocatedBytes - bytes);
        }
        Assert.Equal(0, least);
    }

    [Theory]
    [InlineData("tcp", "modbus_rtu_tcp")]
    [InlineData("udp", "modbus_udp")]
    [InlineData("udp_rtu", "modbus_udp")]
    public async Task Frames_travel_over_networks_as_well(string carrier, string driver)
    {
        var (devices, port) = await Peer.LineAsync(carrier, "-", "silent_unit", "2");
        await using var _ = devices;
        var sink = new Collected();
        var plan = Plant.Net(driver, port, Short, Plant.Device("a", 1, Plant.Row(10, 5)), Plant.Device("dead", 2, Plant.Row(30, 1)));
        plan.Connection.Options.Set(NetworkOptions.DatagramsAreRtu, carrier == "udp_rtu");
        await using var bus = new RunningBus(plan, sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 5 && bus.Health.Devices[1].Timeouts >= 2, $"five answers; {bus.Health.LastError}; {devices.Output}");
        await bus.StopAsync();
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(10L + s.Slot, s.Integer));
        Assert.All(sink.Of(5), s => Assert.Equal(Quality.BadTimeout, s.Quality));
    }

    [Fact]
    public async Task Coils_bits_and_strings_are_read()
    {
        var (devices, port) = await Peer.LineAsync("tcp", "-", "plain");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Net("modbus_rtu_tcp", port, Patient, Plant.Device("a", 1,
            Coil("c9", 9), Coil("c10", 10), Coil("c21", 21), Bit("b", 0x0105, 2), Text("t", 0x4142))), sink);
        await Until.TrueAsync(() => Enumerable.Range(0, 5).All(slot => sink.Of(slot).Length >= 2), $"samples of each; {devices.Output}; {bus.Health.LastError}");
        await bus.StopAsync();
        Assert.Equal([1.0, 0, 1, 1, 0], Enumerable.Range(0, 5).Select(slot => sink.Of(slot)[0].Number));
        Assert.All(sink.Samples, s => Assert.Equal(Quality.Good, s.Quality));
        Assert.Contains("1 1 9 13", devices.Requests());
    }

    [Fact]
    public async Task A_port_without_epoll_is_read_by_a_task()
    {
        await using var pair = await PtyPair.StartAsync();
        var (devices, _) = await Peer.LineAsync("tty", pair.Devices, "plain");
        await using var __ = devices;
        var sink = new Collected();
        var services = sink.Services();
        var layout = Polling.BusLayout.Of(Plant.Serial(pair.Master, Patient, Plant.Device("a", 1, Plant.Row(10, 2))), 0, atOnce: true);
        var thread = new Sockets.BusThread(services.Time, services.Stamps, static () => new Sockets.SelectSet());
        var log = Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance;
        using var stop = new CancellationTokenSource();
        var run = thread.RunAsync(new PortLink("bus", layout.Line.Serial!, new Polling.BusMachine(layout, sink, services.Random, log), log), stop.Token);
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= 6, $"six samples; {layout.Health.LastError}");
        await pair.UnplugAsync();
        await Until.TrueAsync(() => sink.Count(Quality.BadDisconnected) >= 2, "the loss to be seen");
        await stop.CancelAsync();
        await run;
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.Equal(10L + s.Slot, s.Integer));
    }

    private static DeviceMaps.Plant.PointMap Coil(string name, int address)
    {
        var point = Plant.Point(name, address, RegisterType.Bool, PointKind.Gauge);
        point.Options.Set(ModbusOptions.Table, FunctionCode.ReadCoils);
        return point;
    }

    private static DeviceMaps.Plant.PointMap Bit(string name, int address, int bit)
    {
        var point = Plant.Point(name, address, RegisterType.U16, PointKind.Gauge);
        point.Options.Set(ModbusOptions.Bit, (long)bit);
        return point;
    }

    private static DeviceMaps.Plant.PointMap Text(string name, int address)
    {
        var point = Plant.Point(name, address, RegisterType.Text, PointKind.Text);
        point.Options.Set(ModbusOptions.Length, 2L);
        return point;
    }
}
