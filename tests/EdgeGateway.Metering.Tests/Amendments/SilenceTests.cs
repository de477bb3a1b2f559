using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Amendments;

/// <summary>A device that is silent for hours or days while its unit goes on: what was stated meanwhile is stated again when it returns.</summary>
public sealed class SilenceTests
{
    private const long One = CounterLine.One;
    private static readonly WindowKind[] Longer = [WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day];

    [Theory]
    [InlineData(3, 0)]
    [InlineData(20, 0)]
    [InlineData(20, 50)]
    public void Hours_of_silence_are_stated_again_window_by_window(int hours, int restartEvery)
    {
        var feed = Silent(hours * 3_600, restartEvery);
        foreach (var kind in (WindowKind[])[WindowKind.Minute, .. Longer]) Follow(feed, kind);
        // One step in two seconds, whether anybody looked or not.
        for (var minute = 600; minute < hours * 3_600 - 120; minute += 600)
        {
            var input = feed.Input(minute, point: 101);
            Assert.Equal((30 * One, Basis.Estimated, WindowFlags.Gap), (input.T1 - input.T0, input.Basis, input.Flags));
            Assert.Equal((60 * One, Basis.Exact), (feed.Input(minute).T1 - feed.Input(minute).T0, feed.Input(minute).Basis));
            Assert.Equal(0, feed.Window(minute).CoveredMicros);
        }
        Assert.DoesNotContain(feed.Said.Final, r => r.Kind == WindowKind.Gap);
    }

    [Fact]
    public void Days_of_silence_leave_the_minutes_to_one_gap_record_and_restate_all_longer_windows()
    {
        const int Days = 3;
        var feed = Silent(Days * 86_400, 0);
        foreach (var kind in Longer) Follow(feed, kind);
        var gap = feed.Said.Final.Where(r => r.Kind == WindowKind.Gap && r.Unit == 1).Single();
        Assert.Equal((Feed.At(360), 101), (gap.Start, gap.Inputs[0].Point));
        Assert.Equal((gap.End - gap.Start) / 2_000_000 * One, gap.Inputs[0].T1 - gap.Inputs[0].T0);
        Assert.Equal(Basis.Provisional, feed.Input(40_020, point: 101).Basis);
        var day = feed.Input(86_400, point: 101, kind: WindowKind.Day);
        Assert.Equal((43_200 * One, Basis.Estimated), (day.T1 - day.T0, day.Basis));
    }

    [Fact]
    public void Parents_are_stated_after_their_children_and_longer_windows_first()
    {
        var feed = Silent(4 * 3_600, 0);
        var again = feed.Said.Records.Where(r => r.Revision.Seq > 0 && r.Inputs.ToArray().Any(i => i.Point == 101 && i.Basis == Basis.Estimated) && r.End < Feed.At(3 * 3_600)).ToList();
        Assert.True(again.FindLastIndex(r => r.Unit == 2) < again.FindIndex(r => r.Unit == 1));
        Assert.True(again.FindLastIndex(r => r.Unit == 2 && r.Kind == WindowKind.Hour) < again.FindIndex(r => r.Unit == 2 && r.Kind == WindowKind.QuarterHour));
    }

    /// <summary>A hall with two lines; the second line's meter says nothing from five minutes on.</summary>
    private static Feed Silent(int until, int restartEvery)
    {
        var plant = new Plant { Longer = [.. Longer] };
        var (a, b) = (plant.Counter(Plant.Meter, 10), plant.Counter(Plant.Meter, 10));
        var hall = plant.Unit();
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [new(b, InputRole.Purchased, Carrier.Electricity)] });
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [new(a, InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s < until + 90_000; s += 10)
        {
            feed.With(s, 5_000 + s, a);
            if (s <= 330 || s >= until) feed.With(s, 1_000 + s / 2, b);
            feed.Send(s);
            if (restartEvery > 0 && s / 10 % restartEvery == 0) feed.Restart();
        }
        return feed;
    }

    private static void Follow(Feed feed, WindowKind kind)
    {
        foreach (var unit in (int[])[1, 2, 3])
        {
            var windows = feed.Said.Final.Where(r => r.Unit == unit && r.Kind == kind).OrderBy(r => r.Start).ToArray();
            Assert.NotEmpty(windows);
            for (var i = 1; i < windows.Length; i++)
            {
                Assert.Equal(windows[i - 1].End, windows[i].Start);
                for (var n = 0; n < windows[i].Inputs.Length; n++) Assert.Equal((windows[i - 1].Key, windows[i - 1].Inputs[n].T1), (windows[i - 1].Key, windows[i].Inputs[n].T0));
            }
            Assert.All(windows, w => Assert.All(w.Inputs.ToArray(), i => Assert.Equal(i.T1 - i.T0, i.ByState.Sum)));
        }
    }
}
