using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Ratios;

/// <summary>
/// A meter of ratio 1 runs at a step a second, its rating, and shows 1110 steps when it is taken off at 110 s; it was read last at 100 s. Another one goes on showing 3, and is read first at 130 s. Steps are 0.01 kWh before the ratio.
/// </summary>
public sealed class NewMeterTests
{
    private const long One = CounterLine.One;
    private static readonly ExactDecimal Half = new(5, -1);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Told_ahead_with_both_displays_read(bool restart)
    {
        // Half the ratio, twice the steps: 40 from 110 s to 130 s, impossible for the old meter.
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        Say(feed, 105, "0.5", "11.10", "0.03");
        if (restart) feed.Restart();
        feed.Run(130, 1_000, 43, rate: 2);
        Assert.Equal((110 + 40 + 2 * 870) * One, feed.Core.TotalOf(0));
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.50), (110, 120, 0.10));
        Halves(feed, 120, WindowKind.Minute, (120, 180, 0.60));
        Halves(feed, 0, WindowKind.QuarterHour, (0, 110, 1.10), (110, 900, 7.90));
        Assert.Equal([0, 1], feed.Window(60).Inputs.ToArray().Select(i => i.RegisterEpoch));
        Assert.All(feed.Said.Final.SelectMany(r => r.Inputs.ToArray()), i => Assert.True(i.Bound < long.MaxValue && (i.Flags & WindowFlags.Missing) == 0));
    }

    [Fact]
    public void Told_ahead_with_nothing_read_what_is_not_known_is_missing_and_the_rest_has_the_new_ratio()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        feed.Say(105, ReplaceWord.Verb, 110, (ReplaceWord.Ratio, "0.5")).Run(130, 1_000, 43, rate: 2);
        Assert.Equal((100 + 2 * 870) * One, feed.Core.TotalOf(0));
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.40), (110, 120, 0.0));
        Halves(feed, 120, WindowKind.Minute, (120, 180, 0.50));
        Halves(feed, 180, WindowKind.Minute, (180, 240, 0.60));
        Assert.All(new[] { feed.Window(60), feed.Window(120) }, r => Assert.NotEqual(WindowFlags.None, r.Flags & WindowFlags.Missing));
        Assert.Equal((Basis.Exact, WindowFlags.None), (feed.Input(180).Basis, feed.Input(180).Flags));
    }

    [Theory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(20_000, false)]
    [InlineData(20_000, true)]
    public void Told_later_inside_a_base_window(int told, bool restart)
    {
        // A step a second of the new meter is half its rating: 20 from 110 s on, of which the display 3 had passed.
        var feed = new Feed(Longer()).Run(0, 100, 1_000).Run(130, told, 23);
        Say(feed, told, "0.5", "11.10", "0.03");
        if (restart) feed.Restart();
        feed.Run(told + 1, told + 1_000, told + 1 - 107);
        Assert.Equal((told + 1_000) * One, feed.Core.TotalOf(0));
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.50), (110, 120, 0.05));
        Halves(feed, 120, WindowKind.Minute, (120, 180, 0.30));
        Halves(feed, 0, WindowKind.QuarterHour, (0, 110, 1.10), (110, 900, 3.95));
        // Its steps may come twice as fast as was thought: a register read each second is behind by 2.4 steps and not 1.2.
        foreach (var window in feed.Said.Final.Where(r => r.Start > Feed.At(180) && r.Kind == WindowKind.Minute))
        {
            Assert.Equal((Half, 60 * One, 1), (window.Inputs[0].Ratio, window.Inputs[0].T1 - window.Inputs[0].T0, window.Inputs[0].RegisterEpoch));
            Assert.InRange(window.Inputs[0].Bound / (double)One, 5.7, 7);
        }
        Assert.All(feed.Said.Final.SelectMany(r => r.Inputs.ToArray()), i => Assert.Equal(WindowFlags.None, i.Flags & WindowFlags.Missing));
    }

    [Fact]
    public void An_awaited_meter_that_is_read_hours_later_divides_what_was_stated()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        Say(feed, 120, "2", "11.10", "0.03");
        for (var s = 160; s < 10_010; s += 30) feed.Advance(s);
        // 9900 s at a quarter of its rating.
        feed.Run(10_010, 10_400, 3 + 1_237, rate: 0);
        for (var s = 10_401; s < 12_000; s++) feed.Count(s, 1_240 + (s - 10_400) / 2);
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.50), (110, 120, 0.025));
        Halves(feed, 0, WindowKind.QuarterHour, (0, 110, 1.10), (110, 900, 1.974));
        var hour = feed.Window(0, kind: WindowKind.Hour);
        Assert.Equal(110 * One, hour.Inputs[0].T1);
        Assert.Equal(new ExactDecimal(2, 0), hour.Inputs[1].Ratio);
    }

    [Fact]
    public void Other_counters_of_the_unit_are_divided_at_one_total_in_all_windows()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour, WindowKind.Hour] };
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = -1, Inputs = [new UnitInputPlan(plant.Counter(Plant.Meter), InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(plant.Counter(Plant.Meter), InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 6_000; s++)
        {
            // The second one counts only in the first half of each minute.
            feed.With(s, 500 + s / 60 * 30 + Math.Min(s % 60, 30), slot: 1);
            if (s is <= 100 or >= 130) feed.With(s, s <= 100 ? 1_000 + s : s - 107, slot: 0);
            feed.Send(s);
        }
        Say(feed, 6_000, "0.5", "11.10", "0.03");
        for (var s = 6_001; s <= 6_200; s++) feed.Count(s, s - 107);
        // Of its 30 steps from 60 s to 120 s, 50/60 by time: 25 behind 30.
        foreach (var (start, kind) in new[] { (60, WindowKind.Minute), (0, WindowKind.QuarterHour), (0, WindowKind.Hour) })
        {
            var window = feed.Window(start, kind: kind);
            Assert.Equal(2, window.Segments.Length);
            Assert.Equal((55 * One, 55 * One, Basis.Estimated), (window.Inputs[1].T1, window.Inputs[3].T0, window.Inputs[1].Basis));
            Assert.Equal((110 * One, ExactDecimal.One, Half), (window.Inputs[0].T1, window.Inputs[0].Ratio, window.Inputs[2].Ratio));
            Assert.Equal(ExactDecimal.One, window.Inputs[3].Ratio);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_map_that_says_it_too_changes_nothing(bool whileAwaited)
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        Say(feed, 105, "0.5", "11.10", "0.03");
        if (whileAwaited) Follow(106);
        feed.Run(130, 400, 43, rate: 2);
        if (!whileAwaited) Follow(401);
        feed.Restart().Run(402, 700, 43 + 2 * 272, rate: 2);
        Assert.Equal((110 + 40 + 2 * 570) * One, feed.Core.TotalOf(0));
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.50), (110, 120, 0.10));
        Halves(feed, 420, WindowKind.Minute, (420, 480, 0.60));
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        Assert.All(feed.Said.Final.Where(r => r.End <= Feed.At(660)), r => Assert.Equal(WindowFlags.None, r.Flags & WindowFlags.Missing));

        void Follow(double at)
        {
            var plan = feed.Core.Plan;
            var counter = plan.Points[0].Counter!;
            feed.Change(at, plan with { Points = [plan.Points[0] with { Counter = counter with { Ratio = Half, RatedStepsPerSecond = 2 * counter.RatedStepsPerSecond } }] });
        }
    }

    [Fact]
    public void A_second_change_that_the_map_follows_too_goes_on_as_the_first()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        Say(feed, 105, "0.5", "11.10", "0.03");
        feed.Run(130, 400, 43, rate: 2);
        Follow(401, Half);
        feed.Restart().Run(402, 600, 43 + 2 * 272, rate: 2);
        // The second meter shows 983 at 600 s; the third begins at 5, a quarter of a kilowatt-hour's hundredth a step.
        feed.Say(610, ReplaceWord.Verb, 610, (ReplaceWord.Final, "10.03"), (ReplaceWord.Initial, "0.05"), (ReplaceWord.Ratio, "0.25")).Run(620, 700, 45, rate: 4);
        Follow(701, new ExactDecimal(25, -2));
        feed.Restart().Run(702, 1_900, 45 + 4 * 82, rate: 4);
        Assert.Equal((110 + 1_000 + 40 + 4 * 1_280) * One, feed.Core.TotalOf(0));
        // A hundredth of a kilowatt-hour a second, whichever meter: 36 in the hour, of which half an hour is over.
        Halves(feed, 900, WindowKind.QuarterHour, (900, 1_800, 9.00));
        Halves(feed, 0, WindowKind.QuarterHour, (0, 110, 1.10), (110, 610, 5.00), (610, 900, 2.90));
        Assert.All(feed.Said.Final.Where(r => r.End <= Feed.At(1_860)), r => Assert.Equal(WindowFlags.None, r.Flags & WindowFlags.Missing));

        void Follow(double at, ExactDecimal ratio)
        {
            var plan = feed.Core.Plan;
            var counter = plan.Points[0].Counter!;
            feed.Change(at, plan with { Points = [plan.Points[0] with { Counter = counter with { Ratio = ratio, RatedStepsPerSecond = 1 / ratio.ToDouble() } }] });
        }
    }

    [Fact]
    public void What_the_old_meter_kept_before_it_was_taken_off_is_no_contradiction()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000);
        feed.Say(105, ReplaceWord.Verb, 150, (ReplaceWord.Final, "11.50"), (ReplaceWord.Initial, "0.00")).Run(200, 400, 50);
        var total = feed.Core.TotalOf(0);
        foreach (var s in (int[])[110, 120, 130, 140]) feed.Count(s, 1_000 + s);
        Assert.Equal(total, feed.Core.TotalOf(0));
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        Assert.All(feed.Said.Final, r => Assert.Equal(WindowFlags.None, r.Flags & WindowFlags.Missing));
    }

    [Fact]
    public void A_later_word_for_the_same_time_corrects_it()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000).Run(130, 400, 23);
        Say(feed, 400, "2", "11.10", "0.13");
        Say(feed, 401, "0.5", "11.10", "0.03");
        feed.Run(402, 1_000, 295);
        Assert.DoesNotContain(EventKind.WordRefused, feed.Said.Kinds);
        Assert.Equal(1_000 * One, feed.Core.TotalOf(0));
        Halves(feed, 60, WindowKind.Minute, (60, 110, 0.50), (110, 120, 0.05));
        Halves(feed, 0, WindowKind.QuarterHour, (0, 110, 1.10), (110, 900, 3.95));
        feed.Say(1_001, ReplaceWord.Verb, 115, (ReplaceWord.Final, "11.10"), (ReplaceWord.Initial, "0.03"));
        Assert.Contains(EventKind.WordRefused, feed.Said.Kinds);
    }

    [Theory]
    [InlineData("0", 110)]
    [InlineData("-2", 110)]
    [InlineData("many", 110)]
    [InlineData("1e-16", 110)]
    [InlineData("2", 95)] // the old meter was still read
    [InlineData("2", 140)] // the new one was read already
    public void What_cannot_be_is_refused_and_changes_nothing(string ratio, int at)
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000).Run(130, 400, 23);
        var total = feed.Core.TotalOf(0);
        feed.Say(400, ReplaceWord.Verb, at, (ReplaceWord.Ratio, ratio)).Run(401, 500, 294);
        Assert.Contains(Assert.Single(feed.Said.Events, e => e.Kind == EventKind.WordRefused).Details, d => d.Key == "reason" && d.Value.Length > 20);
        Assert.Equal(total + 100 * One, feed.Core.TotalOf(0));
        Assert.All(feed.Said.Final.SelectMany(r => r.Inputs.ToArray()), i => Assert.Equal(ExactDecimal.One, i.Ratio));
    }

    [Fact]
    public void Behind_a_silence_of_more_than_a_day_it_is_refused()
    {
        var feed = new Feed(Longer()).Run(0, 100, 1_000).Run(90_000, 90_400, 23);
        feed.Say(90_400, ReplaceWord.Verb, 50_010, (ReplaceWord.Final, "11.10"), (ReplaceWord.Ratio, "2"));
        Assert.Contains(Assert.Single(feed.Said.Events, e => e.Kind == EventKind.WordRefused).Details, d => d.Key == "reason" && d.Value.StartsWith("more than a day", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_a_faster_register_may_have_gone_around_unseen_it_is_refused()
    {
        // In 5000 s it could do 6000 steps by the old ratio, and 12 000 by half of it: more than its 10 000.
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        plant.Unit(new UnitInputPlan(plant.Counter(Plant.Meter with { Modulus = 10_000 }), InputRole.Purchased, Carrier.Electricity));
        var feed = new Feed(plant.Plan()).Run(0, 100, 1_000).Run(130, 400, 23).Run(5_400, 5_500, 2_000);
        Say(feed, 5_500, "0.5", "11.10", "0.03");
        Assert.Contains(Assert.Single(feed.Said.Events, e => e.Kind == EventKind.WordRefused).Details, d => d.Key == "reason" && d.Value.Contains("gone around", StringComparison.Ordinal));
        Say(feed, 5_501, "2", "11.10", "0.13");
        Assert.Contains(EventKind.MeterReplaced, feed.Said.Kinds);
    }

    private static void Say(Feed feed, int told, string ratio, string final, string initial) => feed.Say(told, ReplaceWord.Verb, 110, (ReplaceWord.Final, final), (ReplaceWord.Initial, initial), (ReplaceWord.Ratio, ratio));

    /// <summary>The window's segments, in seconds, and their energy, kWh.</summary>
    private static void Halves(Feed feed, int start, WindowKind kind, params (int From, int To, double Kwh)[] expected)
    {
        var window = feed.Window(start, kind: kind);
        Assert.Equal(expected.Select(e => (e.From, e.To)), window.Segments.ToArray().Select(s => ((int)((s.Start - Feed.Origin) / 1_000_000), (int)((s.End - Feed.Origin) / 1_000_000))));
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i].Kwh, window.Inputs[i].Amount.ToDouble(), 3);
        Assert.All(window.Inputs.ToArray(), i => Assert.Equal(i.T1 - i.T0, i.ByState.Sum));
    }

    private static MeteringPlan Longer() => Plant.OfOneMeter() with { LongerWindows = [WindowKind.QuarterHour, WindowKind.Hour] };
}
