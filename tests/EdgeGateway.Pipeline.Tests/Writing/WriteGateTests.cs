using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Writing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Pipeline.Tests.Writing;

/// <summary>The rules of writing; that registers really change is shown by the drivers' tests against real devices.</summary>
public sealed class WriteGateTests
{
    private static readonly Mark Here = new("map.yaml", 1, 1);
    private readonly FakeTimeProvider _time = new();
    private readonly List<OperatorWord> _said = [];
    private readonly RecordingBus _bus = new();
    private readonly WriteGate _gate;

    public WriteGateTests()
    {
        var limits = new WriteLimits(new ExactDecimal(0, 0), new ExactDecimal(50, 0), TimeSpan.FromSeconds(10));
        var setpoint = new PointMap { Name = "setpoint", Path = "oven.setpoint", Kind = PointKind.Gauge, Poll = TimeSpan.FromSeconds(1), Writable = limits, Options = Options(), Mark = Here };
        var mode = setpoint with
        {
            Name = "mode", Path = "oven.mode", Kind = PointKind.State, Writable = limits with { Max = new ExactDecimal(2, 0) },
            States = ImmutableSortedDictionary<long, MachineState>.Empty.Add(0, MachineState.Stopped).Add(2, MachineState.Running),
        };
        _gate = new WriteGate([new(setpoint, 3, _bus), new(mode, 4, _bus)], SayAsync, _time);
    }

    [Fact]
    public async Task The_intention_is_in_the_log_before_the_device_hears_of_it()
    {
        _bus.Written = _ => Assert.Equal(["write"], _said.Select(w => w.Verb));
        var outcome = await WriteAsync("oven.setpoint", "42.5");
        Assert.True(outcome.Written);
        Assert.Equal(new WriteOrder(3, 42.5), Assert.Single(_bus.Orders));
        Assert.Equal(["write", "written"], _said.Select(w => w.Verb));
        Assert.All(_said, w => Assert.Equal(("oven.setpoint", "lead", "42.5"), (w.Subject, w.By, w.Detail("value"))));
        Assert.Equal("true", _said[1].Detail("ok"));
    }

    [Theory]
    [InlineData("oven.setpoint", "50.001", "outside 0 to 50")]
    [InlineData("oven.setpoint", "-1", "outside 0 to 50")]
    [InlineData("oven.setpoint", "NaN", "not a number")]
    [InlineData("oven.setpoint", "1e400", "not a number")]
    [InlineData("oven.setpoint", "", "not a number")]
    [InlineData("oven.mode", "1", "none of its raw values 0, 2")]
    [InlineData("oven.mode", "idle", "none of its raw values")]
    [InlineData("oven.temperature", "1", "not a point marked writable")]
    public async Task What_is_not_allowed_reaches_no_device(string point, string value, string why)
    {
        var outcome = await WriteAsync(point, value);
        Assert.False(outcome.Written);
        Assert.Contains(why, outcome.Detail, StringComparison.Ordinal);
        Assert.Empty(_bus.Orders);
    }

    [Fact]
    public async Task A_state_is_written_by_its_word()
    {
        Assert.True((await WriteAsync("oven.mode", "running")).Written);
        Assert.Equal(new WriteOrder(4, 2), Assert.Single(_bus.Orders));
    }

    [Fact]
    public async Task Another_write_before_its_time_is_refused_and_later_goes_through()
    {
        await WriteAsync("oven.setpoint", "1");
        _time.Advance(TimeSpan.FromSeconds(9));
        Assert.Contains("every 10 s", (await WriteAsync("oven.setpoint", "2")).Detail, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.True((await WriteAsync("oven.setpoint", "3")).Written);
        Assert.Equal(2, _bus.Orders.Count);
    }

    [Fact]
    public async Task What_a_silent_device_made_of_it_is_said_to_be_unknown()
    {
        _bus.Written = _ => throw new OperationCanceledException();
        var outcome = await WriteAsync("oven.setpoint", "1");
        Assert.False(outcome.Written);
        Assert.Contains("not known", outcome.Detail, StringComparison.Ordinal);
        Assert.Equal("false", _said[1].Detail("ok"));
    }

    [Fact]
    public async Task Without_a_log_nothing_is_written()
    {
        var gate = new WriteGate([new(new PointMap { Name = "a", Path = "d.a", Kind = PointKind.Gauge, Poll = TimeSpan.FromSeconds(1), Writable = new(new(0, 0), new(1, 0), TimeSpan.Zero), Options = Options(), Mark = Here }, 0, _bus)],
            (_, _) => throw new InvalidOperationException("stopping"), _time);
        await Assert.ThrowsAsync<InvalidOperationException>(() => gate.WriteAsync("d.a", "1", "lead", TestContext.Current.CancellationToken));
        Assert.Empty(_bus.Orders);
    }

    private static OptionValues Options() => new() { Mark = Here };

    private Task<WriteOutcome> WriteAsync(string point, string value) => _gate.WriteAsync(point, value, "lead", TestContext.Current.CancellationToken);

    private Task<long> SayAsync(OperatorWord word, CancellationToken cancellationToken)
    {
        _said.Add(word);
        return Task.FromResult((long)_said.Count);
    }

    private sealed class RecordingBus : IWritableBus
    {
        public List<WriteOrder> Orders { get; } = [];

        public Action<WriteOrder>? Written { get; set; }

        public string Name => "bus";

        public BusHealth Health { get; } = new([]);

        public LoopPulse Pulse { get; } = new();

        public Task RunAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task<WriteOutcome> WriteAsync(WriteOrder order, CancellationToken cancellationToken)
        {
            Written?.Invoke(order);
            Orders.Add(order);
            return Task.FromResult(new WriteOutcome(true, "written and read back", order.Value));
        }
    }
}
