using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Late;

/// <summary>Readings from within a gap that come long after it, such as a meter's load profile, say where in it the energy passed.</summary>
public sealed class LoadProfileTests
{
    private const long One = CounterLine.One;
    private static readonly WindowKind[] Longer = [WindowKind.QuarterHour, WindowKind.Hour];

    [Theory]
    [InlineData(1, 0)]
    [InlineData(3, 0)]
    [InlineData(100, 0)]
    [InlineData(3, 600)]
    public void Windows_of_the_gap_are_stated_again_and_their_sum_stays(int each, int restartEvery)
    {
        var feed = Lived(restartEvery);
        var before = feed.Input(3_600, kind: WindowKind.Hour);
        Assert.Equal((Basis.Estimated, 900 * One), (before.Basis, before.T1 - before.T0));
        Profile(feed, each);
        foreach (var unit in (int[])[1, 2])
        {
            for (var minute = 960; minute < 9_000; minute += 60)
            {
                if (minute % 900 == 0) Assert.Equal((Basis.Exact, Burst(minute + 900) - Burst(minute)), Said(feed.Input(minute, unit: unit, kind: WindowKind.QuarterHour)));
                // Readings each minute are bracketed within the greatest allowed gap.
                Assert.Equal((Basis.Exact, Burst(minute + 60) - Burst(minute)), Said(feed.Input(minute, unit: unit)));
            }
            // What came in full polls beside the gap is as it was.
            Assert.Equal((Basis.Exact, 30 * One), Said(feed.Input(120, unit: unit)));
            foreach (var kind in (WindowKind[])[WindowKind.Minute, .. Longer]) Join(feed, unit, kind);
        }
        var after = feed.Input(3_600, kind: WindowKind.Hour);
        Assert.Equal((Basis.Exact, Burst(7_200) - Burst(3_600)), Said(after));
        Assert.True(after.Bound < before.Bound / 10, $"{after.Bound} after {before.Bound}");
        Assert.Equal(after.T1 - after.T0, after.ByState.Sum);
    }

    [Fact]
    public void One_that_does_not_fit_between_its_neighbours_changes_nothing_and_is_counted()
    {
        var feed = Lived(0);
        var (records, unused) = (feed.Said.Records.Count, feed.Core.Counters.Unused);
        // Below the reading before, above the one behind, and further than was possible by then.
        feed.Count(4_000, 10, 0).Count(4_000, 9_000, 0).Count(910, 600, 0);
        Assert.Equal((records, unused + 3), (feed.Said.Records.Count, feed.Core.Counters.Unused));
        // The same reading twice tells nothing new.
        feed.Count(4_000, 1_000, 0).Count(4_000, 1_000, 0);
        Assert.Equal((1, unused + 4), (feed.Core.Counters.Refined, feed.Core.Counters.Unused));
    }

    [Fact]
    public void Three_that_contradict_what_was_counted_take_back_what_others_said_and_are_told()
    {
        // From 450 steps at 900 s it counted a step a second, was zeroed at 4 000 s, and has gone beyond where it was until it is read again.
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter, 30) with { LongerWindows = [.. Longer] });
        for (var s = 0; s <= 12_000; s += 30)
        {
            if (s is <= 900 or >= 9_000) feed.Count(s, Zeroed(s));
        }
        var before = Stated(feed);
        foreach (var s in (int[])[1_200, 1_800]) feed.Count(s, Zeroed(s));
        for (var i = 0; i < 20; i++) feed.Advance(12_100 + i);
        Assert.NotEqual(before, Stated(feed));
        // The same one time and again is one.
        foreach (var s in (int[])[4_100, 4_100, 4_100, 4_200]) feed.Count(s, Zeroed(s)).Restart();
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        feed.Count(4_300, Zeroed(4_300)).Count(4_400, Zeroed(4_400)).Count(2_000, Zeroed(2_000));
        for (var i = 0; i < 20; i++) feed.Advance(12_200 + i);
        Assert.Equal(before, Stated(feed));
        Assert.Equal((UtcMicros.Format(Feed.At(900)), UtcMicros.Format(Feed.At(9_000))), feed.Said.Events.Where(e => e.Kind == EventKind.Suspect).Select(e => (Detail(e, "from"), Detail(e, "to"))).Single());

        static long Zeroed(int s) => s <= 900 ? 100 + s / 2 : s < 4_000 ? s - 350 : s - 4_000;
        static string Detail(GatewayEvent happening, string name) => happening.Details.Single(d => d.Key == name).Value;
        static List<(RecordKey, long, long, Basis, WindowFlags)> Stated(Feed feed) => [.. feed.Said.Final.Where(r => r.End <= Feed.At(10_800)).OrderBy(r => r.Start).ThenBy(r => r.End).Select(r => (r.Key, r.Inputs[0].T0, r.Inputs[0].T1, r.Inputs[0].Basis, r.Inputs[0].Flags))];
    }

    [Fact]
    public void A_dip_is_no_contradiction()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter)).Run(0, 60, 1_000, rate: 0).Run(300, 400, 1_000, rate: 0);
        foreach (var s in (int[])[100, 120, 140, 160, 180]) feed.Count(s, 999);
        Assert.DoesNotContain(EventKind.Suspect, feed.Said.Kinds);
        feed.Count(200, 1_000);
        Assert.Equal(1, feed.Core.Counters.Refined);
    }

    [Fact]
    public void Profiles_of_more_gaps_than_there_is_room_for_are_told_before_one_is_forgotten()
    {
        // Ten silences of 150 s, each told by 120 readings, all in one entry.
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter));
        for (var s = 0; s <= 3_000; s++)
        {
            if (s % 300 < 150) feed.Count(s, Register(s));
        }
        for (var g = 0; g < 10; g++)
        {
            for (var s = g * 300 + 155; s < g * 300 + 275; s++) feed.With(s, Register(s), 0);
        }
        feed.Send(3_100);
        for (var i = 0; i < 20; i++) feed.Advance(3_100 + i);
        // All passes in the last seconds of each silence.
        for (var g = 0; g < 9; g++) Assert.Equal((Basis.Exact, 0L), Said(feed.Input(g * 300 + 180)));

        static long Register(int s) => s / 300 * 150 + Math.Min(s % 300, 150);
    }

    [Fact]
    public void What_waits_to_be_told_is_kept_over_a_restart()
    {
        // The return after half an hour and its profile in one entry: windows of the silence are stated from its ends first.
        foreach (var restart in (bool[])[false, true])
        {
            var feed = Lived(0, 900);
            for (var s = 960; s < 9_000; s += 60) feed.With(s, 100 + Burst(s) / One, 0);
            feed.With(9_000, 100 + Burst(9_000) / One, 0).Send(9_001);
            if (restart) feed.Restart();
            for (var s = 9_030; s <= 12_000; s += 30) feed.Count(s, 100 + Burst(s) / One);
            for (var i = 0; i < 20; i++) feed.Advance(12_200 + i);
            var after = feed.Input(3_600, kind: WindowKind.Hour);
            Assert.Equal(Burst(7_200) - Burst(3_600), after.T1 - after.T0);
        }
    }

    [Fact]
    public void A_closed_period_changes_by_adjustment_records_only()
    {
        var feed = Lived(0);
        feed.Say(12_000, CloseWord.Verb, 7_200);
        Profile(feed, 100);
        Assert.Equal(Basis.Estimated, feed.Input(3_600, kind: WindowKind.Hour).Basis);
        var adjusted = feed.Said.Final.Single(r => r.Kind == WindowKind.Adjustment && r.Unit == 1 && r.Start == Feed.At(3_600) && r.End == Feed.At(7_200)).Inputs[0];
        Assert.Equal((Basis.Exact, Burst(7_200) - Burst(3_600)), Said(adjusted));
    }

    [Fact]
    public void A_gap_over_zero_is_refined_too()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter with { Modulus = 100_000 })).Run(0, 60, 99_930).Run(300, 400, 130);
        var before = feed.Input(120);
        feed.Count(120, 99_990).Count(180, 20);
        Assert.Equal(2, feed.Core.Counters.Refined);
        // It stood at 99 990 until 120 s, and went 30 steps on through zero until 180 s.
        Assert.Equal((Basis.Exact, 30 * One), Said(feed.Input(120)));
        Assert.NotEqual(30 * One, before.T1 - before.T0);
    }

    [Fact]
    public void A_stretch_of_which_energy_is_missing_is_not_refined()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 60, 100_000).Run(300, 400, 5);
        var records = feed.Said.Records.Count;
        feed.Count(120, 100_020);
        Assert.Equal((records, 0), (feed.Said.Records.Count, feed.Core.Counters.Refined));
    }

    /// <summary>A hall with a meter of its own and a line under it that lists the same meter; it says nothing from 900 to 9 000 s, in which all that passed, passed in a burst. Polls each 30 s.</summary>
    private static Feed Lived(int restartEvery, int until = 12_000)
    {
        var plant = new Plant { Longer = [.. Longer] };
        var meter = plant.Counter(Plant.Meter, 30);
        var hall = plant.Unit(new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = hall, Inputs = [new(meter, InputRole.Purchased, Carrier.Electricity)] });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= until; s += 30)
        {
            if (s is <= 900 or >= 9_000) feed.Count(s, 100 + Burst(s) / One);
            if (restartEvery > 0 && s % restartEvery == 0) feed.Restart();
        }
        return feed;
    }

    /// <summary>Half a step a second, but within the gap: 2 025 steps from 4 020 to 6 045 s.</summary>
    private static long Burst(int s) => s switch { <= 900 => s / 2, < 4_020 => 450, < 6_045 => 450 + (s - 4_020), < 9_000 => 2_475, _ => 2_475 + (s - 9_000) / 2 } * One;

    private static void Profile(Feed feed, int each)
    {
        var n = 0;
        for (var s = 960; s < 9_000; s += 60)
        {
            feed.With(s, 100 + Burst(s) / One, 0);
            if (++n % each == 0) feed.Send(12_000 + n);
        }
        feed.Send(12_200);
        for (var i = 0; i < 20; i++) feed.Advance(12_200 + i);
    }

    private static (Basis Basis, long Moved) Said(in WindowInput input) => (input.Basis, input.T1 - input.T0);

    private static void Join(Feed feed, int unit, WindowKind kind)
    {
        var windows = feed.Said.Final.Where(r => r.Unit == unit && r.Kind == kind && r.End <= Feed.At(12_000)).OrderBy(r => r.Start).ToArray();
        for (var i = 1; i < windows.Length; i++) Assert.Equal((windows[i - 1].End, windows[i - 1].Inputs[0].T1), (windows[i].Start, windows[i].Inputs[0].T0));
        Assert.Equal(Burst((int)((windows[^1].End - Feed.Origin) / 1_000_000)), windows[^1].Inputs[0].T1);
    }
}
