using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Against devices that behave badly on a real socket.</summary>
public sealed class DeviceTests
{
    // Short where a time-out is what is looked for; else a busy machine may take its time.
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(500), Patient = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("plain")]
    [InlineData("split")]
    [InlineData("joined")]
    public async Task However_the_bytes_come_the_values_are_right(string behaviour)
    {
        var (devices, port) = await Peer.DevicesAsync(behaviour);
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Bus(port, Patient, Plant.Device("a", 1, Plant.Row(10, 5))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 5, "five answers");
        await bus.StopAsync();
        Assert.All(sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
        Assert.Equal(behaviour == "joined", bus.Health.StrayFrames > 0);
        Assert.All(devices.Requests(), r => Assert.Equal("1 3 10 5", r));
    }

    [Theory]
    [InlineData("wrong_transaction", Quality.BadTimeout)]
    [InlineData("oversized", Quality.BadMalformed)]
    [InlineData("length_zero", Quality.BadMalformed)]
    [InlineData("protocol", Quality.BadMalformed)]
    [InlineData("truncated", Quality.BadDisconnected)]
    [InlineData("wrong_unit", Quality.BadMalformed)]
    [InlineData("wrong_function", Quality.BadMalformed)]
    [InlineData("wrong_count", Quality.BadMalformed)]
    [InlineData("exception 4", Quality.BadException)]
    [InlineData("silent_unit 1", Quality.BadTimeout)]
    public async Task A_wrong_answer_is_bad_with_its_reason_and_never_a_value(string behaviour, Quality reason)
    {
        var (devices, port) = await Peer.DevicesAsync(behaviour.Split(' '));
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Bus(port, reason == Quality.BadTimeout ? Short : Patient, Plant.Device("a", 1, Plant.Row(10, 3))), sink);
        await Until.TrueAsync(() => sink.Count(reason) >= 9, $"nine samples with {reason}, not {bus.Health.LastError}");
        Assert.DoesNotContain(sink.Samples, s => s.Quality.HasValue());
        Assert.All(sink.Samples, s => Assert.Equal((0d, 0L), (s.Number, s.Integer)));
        Assert.Equal(behaviour == "wrong_transaction", bus.Health.StrayFrames > 0);
        Assert.True(bus.Health.Devices[0].Errors + (bus.Health.LastError is null ? 0 : 1) > 0);
    }

    [Fact]
    public async Task A_late_reply_never_answers_another_request()
    {
        var (devices, port) = await Peer.DevicesAsync("late", "3", "900");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Bus(port, Short, Plant.Device("a", 1, Plant.Row(10, 2))), sink);
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= 6, "good samples after the late ones");
        // Late replies carried values above 1000. On a machine too busy to notice the timeout in time one may still be taken, but only for its own request: the round trip tells.
        Assert.All(sink.Samples.Where(s => s.Quality.HasValue()), s => Assert.True(s.Integer == 10 + s.Slot || s.Spread >= 900_000, $"{s.Integer} after {s.Spread} µs"));
        Assert.True(bus.Health.StrayFrames >= 1);
        Assert.True(sink.Count(Quality.BadTimeout) >= 1);
    }

    [Fact]
    public async Task A_dropped_connection_is_made_again_and_no_cycle_is_silent()
    {
        var (devices, port) = await Peer.DevicesAsync("drop", "3");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 1))), sink);
        await Until.TrueAsync(() => bus.Health.Connects >= 3 && bus.Health.Responses >= 7, "two reconnects");
        await bus.StopAsync();
        Assert.True(sink.Count(Quality.BadDisconnected) > 0);
        Assert.Equal(bus.Health.Responses, sink.Count(Quality.Good));
        var times = sink.Of(0).Select(s => s.Time).ToArray();
        var cycles = (times[^1] - times[0]) / 50_000 + 1;
        Assert.InRange(times.Length, cycles - bus.Health.SkippedCycles - 2, cycles + bus.Health.Connects + 1);
    }

    [Fact]
    public async Task A_server_that_comes_later_is_found_and_one_that_dies_is_missed()
    {
        var sink = new Collected();
        var (first, port) = await Peer.MeterAsync();
        await using (first) { }
        var plan = Plant.Bus("localhost", port, Patient, Plant.Device("meter", 3, Plant.Point("count", 4)));
        await using var bus = new RunningBus(plan, sink);
        await Until.TrueAsync(() => sink.Count(Quality.BadDisconnected) >= 3, "bad samples without a server");
        Assert.Contains("refused", bus.Health.LastError, StringComparison.Ordinal);
        Assert.False(bus.Health.Connected);
        var second = PeerProcess.Start("/usr/bin/python3", [Path.Combine(AppContext.BaseDirectory, "peers", "meter.py"), port.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await using var __ = second;
        await Until.TrueAsync(() => sink.Count(Quality.Good) >= 3, "good samples from the new server");
        second.Kill();
        await Until.TrueAsync(() => !bus.Health.Connected, "the loss to be seen");
        var bad = sink.Count(Quality.BadDisconnected);
        await Until.TrueAsync(() => sink.Count(Quality.BadDisconnected) >= bad + 3, "bad samples again");
    }

    [Fact]
    public async Task A_gateway_that_is_behind_skips_cycles_and_counts_them()
    {
        var (devices, port) = await Peer.DevicesAsync("plain");
        await using var _ = devices;
        var sink = new Collected { Refusing = true };
        await using var bus = new RunningBus(Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 1))), sink);
        await Until.TrueAsync(() => bus.Health.SkippedCycles >= 3, "skipped cycles");
        Assert.Equal(0, bus.Health.Samples);
        sink.Refusing = false;
        await Until.TrueAsync(() => bus.Health.Samples >= 3, "samples again");
    }

    [Fact]
    public async Task Many_connections_share_one_thread_and_end_alone()
    {
        var (devices, port) = await Peer.DevicesAsync("plain");
        await using var _ = devices;
        var sink = new Collected();
        var driver = new ModbusTcpDriver();
        var services = sink.Services();
        var buses = Enumerable.Range(0, 40).Select(_ => new RunningBus(Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 2))), sink, driver: driver, services: services)).ToArray();
        await Until.TrueAsync(() => buses.All(b => b.Health.Responses >= 3), "three answers on each");
        Assert.Single(buses.Select(b => b.Bus.Thread).Distinct());
        foreach (var bus in buses.Where((_, i) => i % 2 == 0)) await bus.StopAsync();
        var before = buses.Select(b => b.Health.Responses).ToArray();
        await Until.TrueAsync(() => buses.Where((_, i) => i % 2 == 1).All(b => b.Health.Responses >= before.Max() + 3), "the others to go on");
        for (var i = 0; i < buses.Length; i += 2) Assert.Equal((before[i], false), (buses[i].Health.Responses, buses[i].Health.Connected));
        foreach (var bus in buses) await bus.DisposeAsync();
        Assert.True(buses[0].Bus.Pulse.Quiet);
        // The thread has ended with its last link; another bus begins a new one.
        await using var again = new RunningBus(Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 2))), sink, driver: driver, services: services);
        await Until.TrueAsync(() => again.Health.Responses >= 1, "an answer on a bus that came later");
    }

    [Fact]
    public async Task A_request_allocates_nothing()
    {
        var (devices, port) = await Peer.DevicesAsync("plain");
        await using var _ = devices;
        var sink = new Collected { Keeping = false };
        var fast = TimeSpan.FromMilliseconds(2);
        await using var bus = new RunningBus(Plant.Bus(port, Patient, Plant.Device("a", 1, Plant.Row(10, 60, fast)), Plant.Device("b", 2, Plant.Row(10, 60, fast))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 200, "warm-up");
        // What happens for the first time may make something for good.
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var (bytes, responses) = (bus.Bus.Thread.AllocatedBytes, bus.Health.Responses);
            await Until.TrueAsync(() => bus.Health.Responses >= responses + 500, "500 answers");
            least = Math.Min(least, bus.Bus.Thread.AllocatedBytes - bytes);
        }
        Assert.Equal(0, least);
        Assert.Equal(0, bus.Health.Devices[0].Errors);
    }
}
