using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Ratios;

/// <summary>A ratio that was wrong is corrected from its date on, in what is stated, open and to come; totals never move.</summary>
public sealed class RatioTests
{
    private static readonly ExactDecimal Forty = new(40, 0);

    [Fact]
    public void Stored_windows_are_stated_again_from_the_date_on()
    {
        var feed = new Feed(Longer()).Run(0, 5_000, 1_000).Say(5_000, RatioWord.Verb, 1_200, (RatioWord.Ratio, "40"));
        for (var s = 5_001; s < 8_000; s++) feed.Count(s, 1_000 + s);
        foreach (var minute in feed.Said.Final.Where(r => r.Kind == WindowKind.Minute))
        {
            var input = minute.Inputs.ToArray().Single();
            Assert.Equal(minute.Start >= Feed.At(1_200) ? Forty : ExactDecimal.One, input.Ratio);
            Assert.Equal(60 * CounterLine.One, input.T1 - input.T0);
        }
        // The quarter from 900 to 1800 and the hour hold the change: 300 and 1200 steps before it.
        Assert.Equal(300 * 0.01 + 600 * 0.4, Sum(feed.Window(900, kind: WindowKind.QuarterHour)), 6);
        Assert.Equal(1_200 * 0.01 + 2_400 * 0.4, Sum(feed.Window(0, kind: WindowKind.Hour)), 6);
        Assert.Equal(3_600 * 0.4, Sum(feed.Window(3_600, kind: WindowKind.Hour)), 6);
        Assert.All(feed.Said.Final.Where(r => r.Kind != WindowKind.Minute).SelectMany(r => r.Inputs.ToArray()).Where(i => i.T0 > 0), i => Assert.Equal(Basis.Exact, i.Basis));
        Assert.Equal([EventKind.OperatorWord, EventKind.RatioCorrected], feed.Said.Kinds);
    }

    [Fact]
    public void An_open_window_is_divided_and_knows_its_total_there()
    {
        // The hour is open, and firm up to a minute ago, when the word is said.
        var feed = new Feed(Longer()).Run(0, 3_000, 1_000).Say(3_000, RatioWord.Verb, 630, (RatioWord.Ratio, "40")).Restart();
        for (var s = 3_001; s < 3_700; s++) feed.Count(s, 1_000 + s);
        var hour = feed.Window(0, kind: WindowKind.Hour);
        Assert.Equal([(0, 600), (600, 3_600)], hour.Segments.ToArray().Select(s => ((int)((s.Start - Feed.Origin) / 1_000_000), (int)((s.End - Feed.Origin) / 1_000_000))));
        Assert.Equal(600 * 0.01 + 3_000 * 0.4, Sum(hour), 6);
        Assert.All(hour.Inputs.ToArray(), i => Assert.Equal(Basis.Exact, i.Basis));
        Assert.All(hour.Segments.ToArray(), s => Assert.Equal(s.End - s.Start, s.StateMicros.Sum));
    }

    [Fact]
    public void A_later_correction_holds_up_to_an_earlier_one_and_what_is_no_ratio_is_refused()
    {
        var feed = new Feed(Longer()).Run(0, 1_000, 1_000).Say(1_000, RatioWord.Verb, 600, (RatioWord.Ratio, "40")).Say(1_000, RatioWord.Verb, 300, (RatioWord.Ratio, "20"))
            .Say(1_000, RatioWord.Verb, 300, (RatioWord.Ratio, "-1")).Say(1_000, RatioWord.Verb, 300, (RatioWord.Ratio, "1e-16")).Say(1_000, RatioWord.Verb, 9_000, (RatioWord.Ratio, "2"));
        for (var s = 1_001; s < 1_100; s++) feed.Count(s, 1_000 + s);
        Assert.Equal([1, 20, 20, 40], new[] { 240, 300, 540, 600 }.Select(s => (int)feed.Input(s).Ratio.ToDouble()));
        Assert.Equal(3, feed.Said.Kinds.Count(k => k == EventKind.WordRefused));
        Assert.Equal(300 * 0.01 + 300 * 0.2 + 300 * 0.4, Sum(feed.Window(0, kind: WindowKind.QuarterHour)), 6);
    }

    [Fact]
    public void The_map_that_says_it_too_later_changes_nothing()
    {
        var feed = new Feed(Longer()).Run(0, 1_000, 1_000).Say(1_000, RatioWord.Verb, 600, (RatioWord.Ratio, "40"));
        var plan = feed.Core.Plan;
        feed.Change(1_001, plan with { Points = [plan.Points[0] with { Counter = plan.Points[0].Counter! with { Ratio = Forty } }] });
        for (var s = 1_001; s < 1_300; s++) feed.Count(s, 1_000 + s);
        Assert.All(feed.Said.Final.Where(r => r.Kind == WindowKind.Minute && r.Start > Feed.Origin), r => Assert.Equal(((r.Start >= Feed.At(600) ? Forty : ExactDecimal.One), Basis.Exact, WindowFlags.None), (r.Inputs[0].Ratio, r.Inputs[0].Basis, r.Flags)));
    }

    private static Plans.MeteringPlan Longer() => Plant.OfOneMeter() with { LongerWindows = [WindowKind.QuarterHour, WindowKind.Hour] };

    private static double Sum(WindowRecord record) => record.Inputs.ToArray().Sum(i => i.Amount.ToDouble());
}
