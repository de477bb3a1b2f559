using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>A closed reporting period stays as it was reported.</summary>
public sealed class ClosedTests
{
    [Fact]
    public void What_is_closed_changes_by_adjustment_records_only()
    {
        var feed = Feed().Run(0, 2_000, 1_000).Say(2_000, CloseWord.Verb, 1_800);
        var reported = feed.Said.Records.Count;
        feed.Say(2_001, RatioWord.Verb, 300, (RatioWord.Ratio, "2"));
        feed.Restart();
        for (var s = 2_002; s < 2_800; s++) feed.Count(s, 1_000 + s);
        var behind = feed.Said.Records[reported..];
        Assert.DoesNotContain(behind, r => r.End <= Plants.Feed.At(1_800) && r.Kind != WindowKind.Adjustment);
        var adjustment = feed.Said.Final.Where(r => r.Kind == WindowKind.Adjustment).ToArray();
        Assert.Equal([("15m", 0), ("15m", 900)], adjustment.OrderBy(r => r.Start).Select(r => (r.WindowId, (int)((r.Start - Plants.Feed.Origin) / 1_000_000))));
        Assert.Equal(300 * 0.01 + 600 * 0.02, adjustment.MinBy(r => r.Start)!.Inputs.ToArray().Sum(i => i.Amount.ToDouble()), 6);
        Assert.Equal(9.0, feed.Window(0, kind: WindowKind.QuarterHour).Inputs[0].Amount.ToDouble(), 6);
        // What is not closed is stated again under its own key.
        Assert.Equal(18.0, feed.Window(1_800, kind: WindowKind.QuarterHour).Inputs[0].Amount.ToDouble(), 6);
    }

    [Fact]
    public void A_second_adjustment_holds_what_the_first_one_said()
    {
        var feed = Feed().Run(0, 2_000, 1_000).Say(2_000, CloseWord.Verb, 1_800).Say(2_001, RatioWord.Verb, 300, (RatioWord.Ratio, "2"));
        for (var s = 2_002; s < 2_100; s++) feed.Count(s, 1_000 + s);
        feed.Say(2_100, RatioWord.Verb, 600, (RatioWord.Ratio, "3")).Restart();
        for (var s = 2_101; s < 2_200; s++) feed.Count(s, 1_000 + s);
        var adjustment = feed.Said.Final.Where(r => r.Kind == WindowKind.Adjustment).MinBy(r => r.Start)!;
        Assert.Equal(300 * 0.01 + 300 * 0.02 + 300 * 0.03, adjustment.Inputs.ToArray().Sum(i => i.Amount.ToDouble()), 6);
        Assert.Equal(9.0, feed.Window(0, kind: WindowKind.QuarterHour).Inputs[0].Amount.ToDouble(), 6);
    }

    [Fact]
    public void What_is_not_stated_yet_cannot_be_closed_and_an_earlier_time_opens_again()
    {
        var feed = Feed().Run(0, 2_000, 1_000).Say(2_000, CloseWord.Verb, 1_990).Say(2_000, CloseWord.Verb, 1_800).Say(2_000, CloseWord.Verb, 0);
        Assert.Equal([EventKind.OperatorWord, EventKind.WordRefused, EventKind.OperatorWord, EventKind.PeriodClosed, EventKind.OperatorWord, EventKind.PeriodClosed], feed.Said.Kinds);
        feed.Say(2_001, RatioWord.Verb, 300, (RatioWord.Ratio, "2")).Run(2_002, 2_100, 3_002);
        Assert.DoesNotContain(feed.Said.Records, r => r.Kind == WindowKind.Adjustment);
    }

    private static Feed Feed() => new(Plant.OfOneMeter() with { LongerWindows = [WindowKind.QuarterHour] });
}
