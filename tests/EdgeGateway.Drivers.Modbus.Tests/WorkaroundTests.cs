using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Drivers.Modbus.Options;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Tests;

/// <summary>Options of a connection for devices that are quicker or stranger than most, on real sockets.</summary>
public sealed class WorkaroundTests
{
    private static readonly TimeSpan Patient = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task Answers_in_any_order_find_their_requests_where_several_are_outstanding()
    {
        var (devices, port) = await Peer.DevicesAsync("reverse", "8");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.Outstanding, 8L), Scattered(8)), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 40, $"forty answers; {bus.Health.LastError}; {devices.Output}");
        await bus.StopAsync();
        Assert.All(sink.Samples, s => Assert.Equal((Quality.Good, 200L * s.Slot), (s.Quality, s.Integer)));
        Assert.Equal(0, bus.Health.StrayFrames);
    }

    [Fact]
    public async Task Several_outstanding_requests_allocate_nothing()
    {
        var (devices, port) = await Peer.DevicesAsync("plain");
        await using var _ = devices;
        var sink = new Collected { Keeping = false };
        var device = Plant.Device("a", 1, [.. Enumerable.Range(0, 16).Select(b => Plant.Point($"p{b}", 200 * b, poll: TimeSpan.FromMilliseconds(2)))]);
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.Outstanding, 8L), device), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 200, "warm-up");
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var (bytes, responses) = (bus.Bus.Thread.AllocatedBytes, bus.Health.Responses);
            await Until.TrueAsync(() => bus.Health.Responses >= responses + 300, "300 answers");
            least = Math.Min(least, bus.Bus.Thread.AllocatedBytes - bytes);
        }
        Assert.Equal(0, least);
    }

    [Fact]
    public async Task One_lost_answer_of_several_costs_itself()
    {
        var (devices, port) = await Peer.DevicesAsync("lose", "600");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Tcp(port, TimeSpan.FromSeconds(1), (NetworkOptions.Outstanding, 8L), Scattered(8)), sink);
        await Until.TrueAsync(() => bus.Health.Devices[0].Timeouts >= 2, "two time-outs");
        await bus.StopAsync();
        Assert.All(sink.Of(3), s => Assert.Equal(Quality.BadTimeout, s.Quality));
        Assert.True(sink.Of(7).Count(s => s is { Quality: Quality.Good, Integer: 1_400 }) > sink.Of(3).Length);
        Assert.Equal(1, bus.Health.Connects);
    }

    [Fact]
    public async Task Wrong_transaction_numbers_can_be_ignored()
    {
        var (devices, port) = await Peer.DevicesAsync("zero_transaction");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.IgnoreTransaction, true), Plant.Device("a", 1, Plant.Row(10, 3)), Plant.Device("b", 2, Plant.Row(20, 3))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 10, $"ten answers; {bus.Health.LastError}");
        await bus.StopAsync();
        Assert.All(sink.Samples, s => Assert.Equal((Quality.Good, (s.Slot < 3 ? 10L : 17L) + s.Slot), (s.Quality, s.Integer)));
    }

    [Fact]
    public async Task A_unit_identifier_of_its_own_can_be_ignored()
    {
        var (devices, port) = await Peer.DevicesAsync("unit_255");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.IgnoreUnit, true), Plant.Device("a", 1, Plant.Row(10, 3))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 5, $"five answers; {bus.Health.LastError}");
        await bus.StopAsync();
        Assert.All(sink.Samples, s => Assert.Equal((Quality.Good, 10L + s.Slot), (s.Quality, s.Integer)));
    }

    [Fact]
    public async Task Two_gateways_share_a_device_that_serves_one_client()
    {
        var (devices, port) = await Peer.DevicesAsync("one_client");
        await using var _ = devices;
        var (sink, other) = (new Collected(), new Collected());
        var row = Plant.Row(10, 1, TimeSpan.FromMilliseconds(400));
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.CloseWhenIdle, true), Plant.Device("a", 1, row)), sink);
        await using var second = new RunningBus(Tcp(port, Patient, (NetworkOptions.CloseWhenIdle, true), Plant.Device("a", 1, row)), other);
        await Until.TrueAsync(() => bus.Health.Connects >= 4 && second.Health.Connects >= 4, $"four connections of each; {bus.Health.LastError}; {second.Health.LastError}");
        await bus.StopAsync();
        await second.StopAsync();
        Assert.All(sink.Samples.Concat(other.Samples), s => Assert.Equal((Quality.Good, 10L), (s.Quality, s.Integer)));
        Assert.True(bus.Health.Devices[0].Online);
    }

    [Fact]
    public async Task A_device_that_needs_time_behind_a_connection_gets_it()
    {
        var (devices, port) = await Peer.DevicesAsync("settle", "400");
        await using var _ = devices;
        var sink = new Collected();
        await using var bus = new RunningBus(Tcp(port, Patient, (NetworkOptions.Settle, TimeSpan.FromSeconds(1)), Plant.Device("a", 1, Plant.Row(10, 1))), sink);
        await Until.TrueAsync(() => bus.Health.Responses >= 3, $"three answers; {bus.Health.LastError}");
        Assert.Equal(0, bus.Health.Devices[0].Timeouts);
    }

    private static BusPlan Tcp(int port, TimeSpan timeout, (Option Option, object Value) more, params DeviceMaps.Plant.DeviceMap[] devices)
    {
        var plan = Plant.Net("modbus_tcp", port, timeout, devices);
        plan.Connection.Options.Set(more.Option, more.Value);
        return plan;
    }

    private static DeviceMaps.Plant.DeviceMap Scattered(int blocks) => Plant.Device("a", 1, [.. Enumerable.Range(0, blocks).Select(b => Plant.Point($"p{b}", 200 * b))]);
}
