using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Units;

/// <summary>A register beside the power and the state of its machine.</summary>
public sealed class PowerTests
{
    private const int Meter = 0, Power = 1, State = 2;

    [Fact]
    public void A_register_that_stands_still_while_power_flows_is_stale()
    {
        var feed = Run(240, s => s < 60 ? 1_000 + s : 1_060, s => 36, s => 2);
        Assert.Equal([WindowFlags.None, WindowFlags.Stale, WindowFlags.Stale], new[] { 0, 60, 120 }.Select(s => feed.Input(s).Flags & WindowFlags.Stale));
    }

    [Fact]
    public void A_register_that_stands_still_while_its_machine_runs_is_stale_and_one_that_rests_is_not()
    {
        var feed = Run(240, s => 1_000, s => 0, s => s < 120 ? 0 : 1);
        Assert.Equal([WindowFlags.Stale, WindowFlags.Stale, WindowFlags.None], new[] { 0, 60, 120 }.Select(s => feed.Input(s).Flags & WindowFlags.Stale));
    }

    [Fact]
    public void Registers_and_the_integral_of_their_power_are_compared()
    {
        // The register makes 0.6 kWh a minute; 30 kW are 0.5.
        var feed = Run(240, s => 1_000 + s, s => 30, s => 0);
        Assert.Equal("0.1", feed.Window(60).FigureOf(FigureId.PowerDeviation)!.Value.Value.ToString());
        Assert.Equal(36.0 / 36 * 30 * 60, feed.Window(60).Gauges[0].Integral, 6);
        var holed = Run(240, s => 1_000 + s, s => s is > 70 and < 90 ? double.NaN : 30, s => 0);
        Assert.Equal(FigureReason.Coverage, holed.Window(60).FigureOf(FigureId.PowerDeviation)!.Value.Reason);
    }

    [Fact]
    public void A_gauge_that_tells_of_changes_holds_its_value_between_them()
    {
        var plant = new Plant();
        var (meter, gauge) = (plant.Counter(Plant.Meter), plant.Gauge());
        plant.Unit(new UnitPlan { Id = 0, Path = "", Gauges = [gauge], Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 62; s++)
        {
            // 10 until 30, a heartbeat each second, then 20: by hold 10 × 30 + 20 × 30.
            feed.WithGauge(s, s < 30 ? 10 : 20, gauge, s is > 0 and not 30 ? Records.Samples.Quality.GoodHeartbeat : Records.Samples.Quality.Good).With(s, s, meter).Send(s);
        }
        Assert.Equal(900, feed.Window(0).Gauges[0].Integral, 9);
    }

    [Fact]
    public void A_wrap_that_nobody_counted_is_settled_by_power_and_else_ambiguous()
    {
        // 700 s without the register, at 1.5 steps a second: 1050 steps, of which the register says 50.
        long Register(int s) => s < 100 ? s : (100 + (long)((s - 100) * 1.5)) % 1_000;
        foreach (var known in (bool[])[true, false])
        {
            var feed = Run(1_000, s => s is > 100 and < 800 ? null : Register(s), s => s < 100 ? 36 : known || s is < 300 or > 500 ? 54 : double.NaN, s => 0, modulus: 1_000, rated: 2);
            Assert.Equal((known ? 1_000L : 0, known ? WindowFlags.None : WindowFlags.Ambiguous), (feed.Core.TotalOf(Meter) / CounterLine.One - (100 + 350), feed.Input(300).Flags & WindowFlags.Ambiguous));
        }
    }

    private static Feed Run(int until, Func<int, long?> register, Func<int, double> power, Func<int, int> state, long? modulus = null, double rated = 1)
    {
        var plant = new Plant();
        var (meter, gauge, machine) = (plant.Counter(Plant.Meter with { Modulus = modulus, RatedStepsPerSecond = rated }), plant.Gauge(), plant.State());
        plant.Unit(new UnitPlan { Id = 0, Path = "", StateSlot = machine, Gauges = [gauge], Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity, PowerSlot: gauge)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= until; s++)
        {
            if (!double.IsNaN(power(s))) feed.WithGauge(s, power(s), Power);
            if (register(s) is { } value) feed.With(s, value, Meter);
            feed.With(s, state(s), State).Send(s);
        }
        return feed.Advance(until + 20);
    }
}
