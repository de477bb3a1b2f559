using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>A clock that moves only while nothing else does, over a real socket.</summary>
public sealed class SimulatedClockTests
{
    private const int AnswerBytes = 9 + 2 * 3;

    [Fact]
    public async Task The_bus_runs_in_lock_step_with_a_clock_that_is_not_the_systems()
    {
        var (devices, port) = await Peer.DevicesAsync("plain");
        await using var _ = devices;
        var sink = new Collected();
        var clock = new FakeTimeProvider();
        var stamps = new StampClock(clock);
        var plan = Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 3, TimeSpan.FromSeconds(1))));
        await using var bus = new RunningBus(plan, sink, services: sink.Services(clock, stamps: stamps));
        var start = stamps.Now;
        await SettleAsync(bus);
        for (var step = 0; step < 600; step++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(100));
            await SettleAsync(bus);
        }
        var samples = sink.Of(1);
        Assert.Equal(61, samples.Length);
        Assert.Equal(Enumerable.Range(0, 61).Select(i => start + i * 1_000_000L), samples.Select(s => s.Time));
        Assert.All(sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot, 0), (s.Quality, s.Integer, s.Spread)));
        Assert.Equal(0, bus.Health.SkippedCycles);
    }

    [Fact]
    public async Task Time_outs_and_reconnects_follow_the_simulated_clock()
    {
        var (devices, port) = await Peer.DevicesAsync("silent_unit", "1");
        await using var _ = devices;
        var sink = new Collected();
        var clock = new FakeTimeProvider();
        await using var bus = new RunningBus(Plant.Bus(port, Plant.Device("a", 1, Plant.Row(10, 1, TimeSpan.FromSeconds(5)))), sink, services: sink.Services(clock));
        await Until.TrueAsync(() => bus.Health.Requests == 1 && bus.Bus.Pulse.Quiet, "the first request");
        for (var cycle = 1; cycle <= 3; cycle++)
        {
            clock.Advance(TimeSpan.FromMilliseconds(999));
            Assert.Equal(cycle - 1, bus.Health.Devices[0].Timeouts);
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Until.TrueAsync(() => bus.Health.Devices[0].Timeouts == cycle && bus.Bus.Pulse.Quiet, "the time-out");
            if (cycle == 3) break;
            clock.Advance(TimeSpan.FromSeconds(4));
            await Until.TrueAsync(() => bus.Health.Requests == cycle + 1 && bus.Bus.Pulse.Quiet, "the next request");
        }
        Assert.False(bus.Health.Connected);
        clock.Advance(TimeSpan.FromMilliseconds(375));
        await Until.TrueAsync(() => bus.Health.Connects == 2 && bus.Bus.Pulse.Quiet, "the new line");
    }

    // Nothing moves, and every byte that was sent has been answered and read.
    private static async Task SettleAsync(RunningBus bus)
    {
        while (true)
        {
            var activity = bus.Bus.Pulse.Activity;
            if (bus.Health.Connected && bus.Bus.Pulse.Quiet && bus.Health.BytesReceived == bus.Health.BytesSent / 12 * AnswerBytes && activity == bus.Bus.Pulse.Activity) return;
            await Task.Yield();
        }
    }
}
