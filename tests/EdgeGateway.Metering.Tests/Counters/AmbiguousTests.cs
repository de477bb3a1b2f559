using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Counters;

/// <summary>Where a register may have gone around more often than was counted, windows say by how much they may be off: the whole of it once, a part no more than was possible in it.</summary>
public sealed class AmbiguousTests
{
    private static readonly WindowKind[] Longer = [WindowKind.QuarterHour, WindowKind.Hour];

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void The_lowest_count_is_taken_and_the_truth_lies_within_the_bound_however_often_it_went_around(int rounds)
    {
        // From 60 s to 1860 s, 90 steps and whole rounds of 1000 pass: 2163 steps are possible, so 2 rounds more than the lowest count at most.
        var feed = Lived(90);
        var hour = feed.Input(0, kind: WindowKind.Hour);
        Assert.Equal((60 + 90 + 1_740) * CounterLine.One, hour.T1 - hour.T0);
        Assert.Equal(1.2 + 1.2 + 1 + 2_000, Steps(hour.Bound), 3);
        foreach (var kind in (WindowKind[])[WindowKind.Minute, .. Longer])
        {
            foreach (var record in feed.Said.Final.Where(r => r.Kind == kind))
            {
                // Spread evenly, or as early or late as it can be.
                double[] truths = [Evenly(record.End, rounds) - Evenly(record.Start, rounds), Early(record.End, rounds) - Early(record.Start, rounds), Late(record.End, rounds) - Late(record.Start, rounds)];
                var input = record.Inputs[0];
                Assert.All(truths, truth => Assert.True(Math.Abs(Steps(input.T1 - input.T0) - truth) <= Steps(input.Bound), $"{record.Key}: {Steps(input.T1 - input.T0)}, true {truth}, bound {Steps(input.Bound)}"));
            }
        }
    }

    [Fact]
    public void A_part_bears_no_more_than_was_possible_in_it_and_what_holds_none_of_it_bears_nothing()
    {
        var feed = Lived(90);
        // 73 steps are possible in a minute, of which 3 are counted.
        Assert.Equal(70, Steps(feed.Input(600).Bound), 3);
        Assert.Equal(3.4, Steps(feed.Input(2_400).Bound), 3);
        // Of a quarter of an hour 1.2 × 900 + 1 steps, of which 60 + 42 are counted.
        Assert.Equal(1_081 - 102, Steps(feed.Input(0, kind: WindowKind.QuarterHour).Bound), 3);
    }

    [Fact]
    public void Two_stretches_are_allowed_for_one_by_one()
    {
        var feed = new Feed(Plan()).Run(0, 60, 100).Run(960, 1_500, 200).Run(2_400, 3_660, 800);
        // 900 s from 160 to 200 and from 740 to 800, 1083 steps possible each: one round more in either.
        Assert.Equal(1.2 + 1.2 + 1 + 2_000, Steps(feed.Input(0, kind: WindowKind.Hour).Bound), 3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public void A_restart_forgets_none_of_it(int every)
    {
        var (whole, broken) = (Lived(90), Lived(90, every));
        Assert.Equal(whole.Said.Final.Select(r => (r.Key, r.Inputs[0].Bound)), broken.Said.Final.Select(r => (r.Key, r.Inputs[0].Bound)));
    }

    [Fact]
    public void What_was_stated_during_a_silence_bears_it_when_it_is_stated_again()
    {
        var plant = new Plant { Longer = [.. Longer] };
        var (one, other) = (plant.Counter(Plant.Meter with { Modulus = 1_000 }, 10), plant.Counter(Plant.Meter, 10));
        plant.Unit(new UnitInputPlan(one, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(other, InputRole.Purchased, Carrier.Electricity));
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 14_400; s += 10)
        {
            if (s is <= 600 or >= 11_400) feed.With(s, (100 + s) % 1_000, one);
            feed.With(s, s, other).Send(s);
        }
        // 10 800 steps passed from 600 to 11 400 s, 12 963.2 are possible: 800 are counted, and 12 rounds more at most.
        var (first, second) = (feed.Input(0, kind: WindowKind.Hour), feed.Input(3_600, kind: WindowKind.Hour));
        Assert.Equal(WindowFlags.Ambiguous | WindowFlags.Gap | WindowFlags.Rollover, second.Flags);
        foreach (var (input, truth) in new[] { (first, 3_600.0), (second, 3_600.0) })
        {
            Assert.NotEqual(long.MaxValue, input.Bound);
            Assert.InRange(Math.Abs(Steps(input.T1 - input.T0) - truth), 1_000, Steps(input.Bound));
        }
        // No more than 1.2 × 3600 + 1 steps are possible in an hour.
        Assert.Equal(4_321 - Steps(second.T1 - second.T0), Steps(second.Bound), 3);
    }

    private static MeteringPlan Plan()
    {
        var plant = new Plant { Longer = [.. Longer] };
        plant.Unit(new UnitInputPlan(plant.Counter(Plant.Meter with { Modulus = 1_000 }), InputRole.Purchased, Carrier.Electricity));
        return plant.Plan();
    }

    private static Feed Lived(int step, int restartEvery = 0)
    {
        var feed = new Feed(Plan());
        for (var s = 0; s <= 3_660; s++)
        {
            if (s is > 60 and < 1_860) continue;
            feed.Count(s, s <= 60 ? 100 + s : (160 + step + s - 1_860) % 1_000);
            if (restartEvery > 0 && s % restartEvery == 0) feed.Restart();
        }
        return feed;
    }

    private static double Evenly(long time, int rounds) => True(time, (t, steps) => steps * t / 1_800, rounds);

    private static double Early(long time, int rounds) => True(time, (t, steps) => Math.Min(steps, 1.2 * t), rounds);

    private static double Late(long time, int rounds) => True(time, (t, steps) => Math.Max(0, steps - 1.2 * (1_800 - t)), rounds);

    private static double True(long time, Func<double, double, double> within, int rounds)
    {
        var (seconds, steps) = ((time - Feed.Origin) / 1e6, 90 + 1_000.0 * rounds);
        return seconds <= 60 ? seconds : seconds >= 1_860 ? 60 + steps + seconds - 1_860 : 60 + within(seconds - 60, steps);
    }

    private static double Steps(long parts) => parts / (double)CounterLine.One;
}
