using EdgeGateway.Metering.Carbon;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Carbon;

/// <summary>Figures as metering states them, from samples on.</summary>
public sealed class LiveTests
{
    [Fact]
    public void Lines_are_charged_by_the_window_s_mix_of_their_site()
    {
        // A site that buys 3 steps a second and makes 1 by sunlight; two lines use 1 and 3 of them.
        var plant = Solar(out var grid, out var sun, out var a, out var b);
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 120; s++) feed.With(s, 3 * s, grid).With(s, s, sun).With(s, s, a).With(s, 3 * s, b).Send(s);
        // 60 steps of 0.01 kWh: line a used 0.6 kWh, of which 3/4 were bought.
        Assert.Equal("0.198855", Value(feed, 3, FigureId.Scope2Location));
        Assert.Equal("0.596565", Value(feed, 4, FigureId.Scope2Location));
        Assert.Equal("0.79542", Value(feed, 1, FigureId.Scope2Location));
        Assert.Equal("0.07374", Value(feed, 3, FigureId.CoalEquivalent));
        Assert.Equal("0.29496", Value(feed, 1, FigureId.CoalEquivalent));
        Assert.Null(feed.Window(0, 2).FigureOf(FigureId.Carbon));
    }

    [Fact]
    public void A_line_s_carbon_is_provisional_until_the_site_s_meter_has_spoken_and_its_energy_is_not()
    {
        var plant = Solar(out var grid, out var sun, out var a, out var b);
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 90; s++)
        {
            if (s < 50) feed.With(s, 3 * s, grid);
            feed.With(s, s, sun).With(s, s, a).With(s, 3 * s, b).Send(s);
        }
        var line = feed.Window(0, 3);
        Assert.Equal(Basis.Exact, line.Inputs[0].Basis);
        Assert.Equal(Basis.Provisional, line.FigureOf(FigureId.Scope2Location)!.Value.Basis);
        feed.With(91, 273, grid).Send(91);
        Assert.True(feed.Window(0, 3).FigureOf(FigureId.Scope2Location)!.Value.Basis < Basis.Provisional);
    }

    [Fact]
    public void Where_everything_is_bought_a_line_depends_on_no_other_meter()
    {
        var plant = new Plant { Carbon = Sets.Plan() };
        var (grid, line) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        var site = plant.Unit(new UnitInputPlan(grid, InputRole.Purchased, Carrier.Electricity));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(line, InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan()).Run(0, 60, 0, slot: line);
        Assert.Equal("0.26514", Value(feed, 2, FigureId.Scope2Location)); // 0.6 kWh × 0.4419
        Assert.Equal(Basis.Exact, feed.Window(0, 2).FigureOf(FigureId.Scope2Location)!.Value.Basis);
    }

    [Fact]
    public void A_site_without_a_meter_of_its_own_bought_what_its_lines_used_less_what_it_made()
    {
        var plant = new Plant { Carbon = Sets.Plan() };
        var (sun, a) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        var site = plant.Unit();
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(sun, InputRole.Generated, Carrier.Electricity)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(a, InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 120; s++) feed.With(s, s, sun).With(s, 4 * s, a).Send(s);
        Assert.Equal("0.79542", Value(feed, 3, FigureId.Scope2Location)); // 1.8 kWh of 2.4 bought
    }

    [Fact]
    public void Figures_allocate_nothing()
    {
        var plant = Solar(out _, out _, out _, out _);
        (plant.Base, plant.Longer) = (WindowKind.OfSeconds(10), [WindowKind.Minute]);
        var plan = plant.Plan();
        var core = new MeteringCore(plan, Feed.Epoch);
        var block = new SampleBlock(plan.Points.Length);
        var count = new Count();
        void Tick(int second)
        {
            block.Clear();
            for (var slot = 0; slot < plan.Points.Length; slot++) block.TryAddInteger(slot, Feed.At(second), 0, second);
            core.Apply(new EntryStamp(second, Feed.At(second), true), block, count);
        }
        for (var second = 1; second < 1_000; second++) Tick(second);
        var least = long.MaxValue;
        for (var round = 0; round < 3; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var second = 1_000 * (round + 1); second < 1_000 * (round + 2); second++) Tick(second);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
        Assert.True(count.Figures > 1_000);
    }

    private static Plant Solar(out int grid, out int sun, out int a, out int b)
    {
        var plant = new Plant { Carbon = Sets.Plan() };
        var fast = Plant.Meter with { RatedStepsPerSecond = 5 };
        (grid, sun, a, b) = (plant.Counter(fast), plant.Counter(fast), plant.Counter(fast), plant.Counter(fast));
        var site = plant.Unit(new UnitInputPlan(grid, InputRole.Purchased, Carrier.Electricity));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(sun, InputRole.Generated, Carrier.Electricity)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(a, InputRole.Purchased, Carrier.Electricity)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = site, Inputs = [new(b, InputRole.Purchased, Carrier.Electricity)] });
        return plant;
    }

    private static string? Value(Feed feed, int unit, FigureId id) => feed.Window(0, unit).FigureOf(id)?.Value?.ToString();

    private sealed class Count : IMeteringOutput
    {
        public long Figures { get; private set; }

        public void Record(WindowRecord record) => Figures += record.Figures.Length;

        public void Event(GatewayEvent happening) => Assert.Fail(happening.ToString());
    }
}
