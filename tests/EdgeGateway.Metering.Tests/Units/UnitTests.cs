using CsCheck;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Units;

/// <summary>Parents, figures and their reasons, energy by state.</summary>
public sealed class UnitTests
{
    private const long One = CounterLine.One;

    [Fact]
    public void A_parent_without_a_meter_takes_its_childrens_electricity()
    {
        var plant = new Plant();
        var (a, b, good) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces));
        var hall = plant.Unit();
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [Electric(a), new(good, InputRole.Good, Carrier.None)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [Electric(b)] });
        var feed = Run(plant, s => [s, s / 2, s / 4]);
        Assert.Equal(2, feed.Window(0).Inputs.Length);
        Assert.Equal((60 * One, 30 * One), (feed.Input(0, 100).T1, feed.Input(0, 101).T1));
    }

    [Fact]
    public void A_parent_with_a_meter_shows_the_unmetered_rest_unclamped()
    {
        var plant = new Plant();
        var (own, a) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        var hall = plant.Unit(Electric(own));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [Electric(a)] });
        var feed = Run(plant, s => [s / 2, s]);
        Assert.Equal(new ExactDecimal(-300_000, -6), feed.Window(60).FigureOf(FigureId.UnmeteredRest)!.Value.Value);
    }

    [Fact]
    public void The_unmetered_rest_is_null_where_an_input_is_estimated()
    {
        var plant = new Plant();
        var (own, a) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        var hall = plant.Unit(Electric(own));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [Electric(a)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 130; s++)
        {
            if (s is < 50 or > 70) feed.With(s, 1000 + s, a);
            feed.With(s, 1000 + s, own).Send(s);
        }
        var rest = feed.Window(0).FigureOf(FigureId.UnmeteredRest)!.Value;
        Assert.Equal((null, FigureReason.EstimatedInput), ((ExactDecimal?)rest.Value, rest.Reason));
    }

    [Theory]
    [InlineData(20, 1, 1, "0.029500", FigureReason.None)] // 0.59 kWh ÷ 20
    [InlineData(0, 0, 1, null, FigureReason.NoOutput)]
    [InlineData(20, 0, 25, null, FigureReason.BelowMinPieces)]
    public void Energy_per_good_piece_or_the_reason_why_not(int good, int scrap, int minimum, string? expected, FigureReason reason)
    {
        var plant = new Plant();
        var (meter, goods, scraps) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces), plant.Counter(Plant.Pieces));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter), new(goods, InputRole.Good, Carrier.None), new(scraps, InputRole.Scrap, Carrier.None)], MinPieces = minimum });
        var feed = Run(plant, s => [s * 59 / 60, s * good / 60, s * scrap / 60]);
        var figure = feed.Window(0).FigureOf(FigureId.KilowattHoursPerGood)!.Value;
        Assert.Equal(reason, figure.Reason);
        Assert.Equal(expected is null ? null : expected.TrimEnd('0'), figure.Value?.ToString());
        if (scrap == 1) Assert.Equal(new ExactDecimal(28_095, -6), feed.Window(0).FigureOf(FigureId.KilowattHoursPerTotal)!.Value.Value); // 0.59 ÷ 21
    }

    [Fact]
    public void Little_coverage_makes_no_figure()
    {
        var plant = new Plant();
        var (meter, goods) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter), new(goods, InputRole.Good, Carrier.None)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 130; s++)
        {
            if (s is < 10 or > 50) feed.With(s, 1000 + s, meter).With(s, s, goods);
            feed.Send(s);
        }
        Assert.Equal(FigureReason.Coverage, feed.Window(0).FigureOf(FigureId.KilowattHoursPerGood)!.Value.Reason);
        Assert.Equal(FigureReason.None, feed.Window(60).FigureOf(FigureId.KilowattHoursPerGood)!.Value.Reason);
    }

    [Fact]
    public void Energy_splits_over_states_by_time_and_the_idle_share_is_said()
    {
        var plant = new Plant();
        var (meter, state) = (plant.Counter(Plant.Meter), plant.State());
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter)], StateSlot = state });
        var feed = Run(plant, s => [s, s < 45 ? 0 : 1]);
        var split = feed.Input(0).ByState;
        Assert.Equal((45 * One, 15 * One, 0, 0), (split[0], split[1], split[2], split[3]));
        Assert.Equal(new ExactDecimal(250_000, -6), feed.Window(0).FigureOf(FigureId.IdleShare)!.Value.Value);
    }

    [Fact]
    public void Quanta_by_largest_remainder_sum_to_the_amount_and_miss_the_fair_share_by_less_than_one() =>
        Gen.Select(Gen.Long[-1_000_000_000_000, 1_000_000_000_000], Gen.Long[0, 60_000_000].Array[4]).Sample((amount, times) =>
        {
            var micros = default(ByState);
            for (var i = 0; i < 4; i++) micros[i] = times[i];
            var split = StateSplit.Of(amount, micros);
            Assert.Equal(amount, split.Sum);
            if (micros.Sum == 0) return;
            for (var i = 0; i < 4; i++) Assert.True(Int128.Abs((Int128)split[i] * micros.Sum - (Int128)amount * times[i]) < micros.Sum);
        }, iter: 2_000);

    [Fact]
    public void Thirds_are_given_to_the_largest_remainder_and_the_earlier_state()
    {
        var micros = default(ByState);
        (micros[0], micros[1], micros[2]) = (20, 20, 20);
        var split = StateSplit.Of(100, micros);
        Assert.Equal((34L, 33L, 33L, 0L), (split[0], split[1], split[2], split[3]));
    }

    [Fact]
    public void A_polled_gauge_is_joined_by_straight_lines_and_never_across_a_gap()
    {
        var plant = new Plant();
        var (meter, power) = (plant.Counter(Plant.Meter), plant.Gauge(pollSeconds: 10));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter)], Gauges = [power] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 250; s++)
        {
            feed.Count(s, 1000 + s, meter);
            if (s % 20 == 0 && s is < 100 or > 160) feed.Gauge(s, s, power);
        }
        var gauge = feed.Window(0).Gauges[0];
        Assert.Equal((1800.0, 60_000_000L, 0.0, 60.0), (gauge.Integral, gauge.CoveredMicros, gauge.Min, gauge.Max));
        Assert.Equal(20_000_000, feed.Window(60).Gauges[0].CoveredMicros);
    }

    private static Feed Run(Plant plant, Func<int, long[]> values)
    {
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 130; s++)
        {
            var row = values(s);
            for (var slot = 0; slot < row.Length; slot++) feed.With(s, row[slot], slot);
            feed.Send(s);
        }
        return feed;
    }

    [Fact]
    public void A_parent_takes_every_carrier_of_its_children_of_which_it_has_no_meter()
    {
        var plant = new Plant();
        var (grid, gas, more, water) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter), plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        var site = plant.Unit(new UnitInputPlan(grid, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(water, InputRole.Purchased, Carrier.Water));
        var hall = plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [new(gas, InputRole.Purchased, Carrier.NaturalGas), new(water, InputRole.Purchased, Carrier.Water)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [new(more, InputRole.Purchased, Carrier.NaturalGas)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 61; s++) feed.With(s, s, grid).With(s, s, gas).With(s, s, more).With(s, s, water).Send(s);
        Assert.Equal([(100, Carrier.Electricity), (103, Carrier.Water), (101, Carrier.NaturalGas), (102, Carrier.NaturalGas)], feed.Window(0).Inputs.ToArray().Select(i => (i.Point, i.Carrier)));
        Assert.Equal([101, 102, 103], feed.Window(0, 2).Inputs.ToArray().Select(i => i.Point).Order());
    }

    private static UnitInputPlan Electric(int slot) => new(slot, InputRole.Purchased, Carrier.Electricity);
}
