using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Late;

/// <summary>How often a register of 1 000 steps went around in half an hour of silence, as readings say that come behind it.</summary>
public sealed class RoundsTests
{
    private const long One = CounterLine.One;
    private const int Begin = 3_600;
    private static readonly WindowKind[] Longer = [WindowKind.QuarterHour, WindowKind.Hour];

    [Theory]
    [InlineData(0, 1, 0)]
    [InlineData(1, 1, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(1, 100, 0)]
    [InlineData(2, 2, 600)]
    public void A_load_profile_says_it_and_all_behind_is_lifted(int rounds, int each, int restartEvery)
    {
        var feed = Lived(rounds, restartEvery);
        var before = feed.Input(Begin, kind: WindowKind.Hour);
        Assert.Equal((Basis.Estimated, WindowFlags.Ambiguous, (60 + 90 + 1_740) * One), (before.Basis, before.Flags & WindowFlags.Ambiguous, before.T1 - before.T0));
        Profile(feed, 160, 300, rounds, each, restartEvery > 0);
        var hour = feed.Input(Begin, kind: WindowKind.Hour);
        Assert.Equal((Basis.Exact, WindowFlags.None), (hour.Basis, hour.Flags & WindowFlags.Ambiguous));
        Assert.Equal((Truth(Begin, rounds), Truth(Begin + 3_600, rounds)), (hour.T0, hour.T1));
        // 1.2 of a second's power at each end, and a step: as if it had never been silent.
        Assert.Equal(3.4, hour.Bound / (double)One, 3);
        Assert.Equal(rounds, feed.Said.Events.Where(e => e.Kind == EventKind.RoundsSettled).Sum(e => int.Parse(e.Details.Single(d => d.Key == "more_rounds").Value, System.Globalization.CultureInfo.InvariantCulture)));
        foreach (var kind in (WindowKind[])[WindowKind.Minute, .. Longer])
        {
            var windows = feed.Said.Final.Where(r => r.Kind == kind && r.End <= Feed.At(Begin + 3_600)).OrderBy(r => r.Start).ToArray();
            Assert.True(windows.Length > 0);
            foreach (var window in windows)
            {
                var input = window.Inputs[0];
                Assert.Equal(WindowFlags.None, input.Flags & WindowFlags.Ambiguous);
                Assert.True(Math.Abs(input.T1 - input.T0 - (Truth(Seconds(window.End), rounds) - Truth(Seconds(window.Start), rounds))) <= input.Bound, $"{window.Key}: {input.T1 - input.T0}, bound {input.Bound}");
                Assert.Equal(input.T1 - input.T0, input.ByState.Sum);
            }
            for (var i = 1; i < windows.Length; i++) Assert.Equal(windows[i - 1].Inputs[0].T1, windows[i].Inputs[0].T0);
            Assert.Equal(Truth(Seconds(windows[^1].End), rounds), windows[^1].Inputs[0].T1);
        }
    }

    [Fact]
    public void No_single_reading_decides()
    {
        var feed = Lived(1, 0);
        var stated = Stated(feed);
        // Two parts of it could not hold a round more, but only if it is true.
        feed.Count(Begin + 960, Register(Begin + 960, 1));
        Assert.Equal(stated, Stated(feed));
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(Begin, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
    }

    [Fact]
    public void Readings_too_far_from_each_other_leave_it_as_it_was()
    {
        var feed = Lived(2, 0);
        var stated = Stated(feed);
        Profile(feed, 700, 700, 2, 1, restart: false);
        Assert.Equal(stated, Stated(feed));
    }

    [Fact]
    public void A_reading_that_cannot_lie_on_the_line_leaves_it_open_for_good()
    {
        var feed = Lived(1, 0);
        var stated = Stated(feed);
        // Three steps back within a minute: no rounds can have done that.
        feed.Count(Begin + 120, Register(Begin + 60, 1) - 3).Count(Begin + 360, Register(Begin + 360, 1));
        Profile(feed, 360, 300, 1, 1, restart: false);
        Assert.Equal(stated, Stated(feed));
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(Begin, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
    }

    [Fact]
    public void Another_stretch_that_is_ambiguous_stays_so()
    {
        var feed = Lived(1, 0).Run(Begin + 4_700, Begin + 7_300, 500);
        Profile(feed, 160, 300, 1, 1, restart: false);
        Assert.Equal(WindowFlags.None, feed.Input(Begin, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(Begin + 3_600, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
    }

    [Fact]
    public void Of_two_stretches_that_touch_each_is_settled_by_itself()
    {
        // One reading between two silences of a quarter of an hour.
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter with { Modulus = 1_000 }) with { LongerWindows = [.. Longer] });
        for (var s = 0; s <= 7_300; s++)
        {
            if (s is <= 3_660 or 4_560 or >= 5_460) feed.Count(s, Steady(s));
        }
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(3_600, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
        Settle(3_660);
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(3_600, kind: WindowKind.Hour).Flags & WindowFlags.Ambiguous);
        Assert.Equal(WindowFlags.None, feed.Input(3_720).Flags & WindowFlags.Ambiguous);
        Settle(4_560);
        var hour = feed.Input(3_600, kind: WindowKind.Hour);
        Assert.Equal((Basis.Exact, WindowFlags.None, 3_600 * One), (hour.Basis, hour.Flags & WindowFlags.Ambiguous, hour.T1 - hour.T0));

        void Settle(int from)
        {
            for (var s = from + 100; s < from + 900; s += 100) feed.With(s, Steady(s), 0);
            feed.Send(7_310 + from / 1_000);
            for (var i = 0; i < 20; i++) feed.Advance(7_320 + i);
        }

        static long Steady(int s) => (100 + s) % 1_000;
    }

    [Fact]
    public void Rounds_that_power_has_told_are_contradicted_by_no_reading()
    {
        var plant = new Plant();
        var (meter, gauge) = (plant.Counter(Plant.Meter with { Modulus = 1_000, RatedStepsPerSecond = 2 }), plant.Gauge());
        plant.Unit(new UnitPlan { Id = 0, Path = "", Gauges = [gauge], Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity, PowerSlot: gauge)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 1_000; s++)
        {
            feed.WithGauge(s, 54, gauge);
            if (s is <= 100 or >= 800) feed.With(s, s * 3 / 2 % 1_000, meter);
            feed.Send(s);
        }
        var total = feed.Core.TotalOf(meter);
        foreach (var s in (int[])[200, 300, 400, 500, 600, 700]) feed.Count(s, s * 3 / 2 % 1_000, meter);
        Assert.Equal((1_500 * One, total), (total, feed.Core.TotalOf(meter)));
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        Assert.All(feed.Said.Final.SelectMany(r => r.Inputs.ToArray()), i => Assert.Equal(WindowFlags.None, i.Flags & (WindowFlags.Missing | WindowFlags.Ambiguous)));
    }

    [Fact]
    public void A_closed_period_changes_by_adjustment_records_only()
    {
        var feed = Lived(1, 0);
        feed.Say(Begin + 3_700, CloseWord.Verb, Begin + 3_600);
        Profile(feed, 160, 300, 1, 100, restart: false);
        var adjusted = feed.Said.Final.Single(r => r.Kind == WindowKind.Adjustment && r.Unit == 1 && r.Start == Feed.At(Begin) && r.End == Feed.At(Begin + 3_600)).Inputs[0];
        Assert.Equal(Truth(Begin + 3_600, 1) - Truth(Begin, 1), adjusted.T1 - adjusted.T0);
    }

    /// <summary>A step a second, but for half an hour from a minute of the second hour on: then 90 steps, and whole rounds.</summary>
    private static Feed Lived(int rounds, int restartEvery)
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter with { Modulus = 1_000 }) with { LongerWindows = [.. Longer] });
        for (var s = 0; s <= Begin + 3_690; s++)
        {
            if (s is <= Begin + 60 or >= Begin + 1_860) feed.Count(s, Register(s, rounds));
            if (restartEvery > 0 && s % restartEvery == 0) feed.Restart();
        }
        return feed;
    }

    /// <summary>Readings of the silence, all together or some at a time, and one now, after all of them.</summary>
    private static void Profile(Feed feed, int from, int every, int rounds, int each, bool restart)
    {
        var n = 0;
        for (var s = Begin + from; s < Begin + 1_860; s += every)
        {
            feed.With(s, Register(s, rounds), 0);
            if (++n % each != 0) continue;
            feed.Send(Begin + 3_700 + n);
            if (restart) feed.Restart();
        }
        feed.Send(Begin + 3_800);
        for (var i = 0; i < 20; i++) feed.Advance(Begin + 3_800 + i);
    }

    private static List<(RecordKey, long, long)> Stated(Feed feed) => [.. feed.Said.Final.Where(r => r.End <= Feed.At(Begin + 3_600)).OrderBy(r => r.Start).Select(r => (r.Key, r.Inputs[0].T0, r.Inputs[0].T1))];

    private static long Register(int s, int rounds) => (100 + Truth(s, rounds) / One) % 1_000;

    private static long Truth(double s, int rounds)
    {
        var (of, steps) = (s - Begin, 90 + 1_000 * rounds);
        return (long)(of <= 60 ? s : of >= 1_860 ? Begin + 60 + steps + of - 1_860 : Begin + 60 + steps * (of - 60) / 1_800) * One;
    }

    private static double Seconds(long time) => (time - Feed.Origin) / 1e6;
}
