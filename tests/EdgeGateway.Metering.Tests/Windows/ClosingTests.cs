using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>When a window is stated, and when again.</summary>
public sealed class ClosingTests
{
    private const long One = CounterLine.One;

    [Fact]
    public void A_window_closes_at_the_first_sample_past_its_end_for_every_input()
    {
        var plant = new Plant();
        var (a, b) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        plant.Unit(Electric(a), Electric(b));
        var feed = new Feed(plant.Plan());
        for (var s = 0; s < 60; s++) feed.With(s, 1000 + s, a).With(s, 5000 + s, b).Send(s);
        feed.Count(60.5, 1060, a);
        Assert.Empty(feed.Said.Records);
        feed.Count(60.7, 5060, b);
        Assert.Equal(Basis.Exact, feed.Said.Records.Single().Inputs[1].Basis);
        Assert.Equal(0, feed.Core.Counters.Provisional);
    }

    [Fact]
    public void After_the_lateness_a_window_is_provisional_and_is_stated_again_when_data_come()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 58, 1000).Advance(69.9);
        Assert.Empty(feed.Said.Records);
        feed.Advance(70);
        Assert.Equal((Basis.Provisional, 58 * One), (feed.Input(0).Basis, feed.Input(0).T1));
        // 1.2 × (2 + 1) steps may be missing at the end.
        Assert.InRange(feed.Input(0).Bound, (long)((1.2 + 3.6 + 1) * One), (long)((1.2 + 3.6 + 1) * One) + 8);
        feed.Count(71, 1071);
        Assert.Equal(2, feed.Said.Records.Count);
        Assert.Equal((Basis.Estimated, 60 * One), (feed.Input(0).Basis, feed.Input(0).T1));
        Assert.Equal(WindowFlags.Gap, feed.Input(0).Flags & WindowFlags.Gap);
        Assert.Equal([EventKind.Gap], feed.Said.Kinds);
    }

    [Fact]
    public void A_gap_inside_a_window_leaves_it_exact_and_says_its_coverage()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 20, 1000).Run(41, 121, 1041);
        Assert.Equal((Basis.Exact, 60 * One), (feed.Input(0).Basis, feed.Input(0).T1));
        Assert.Equal(WindowFlags.Gap, feed.Window(0).Flags);
        Assert.Equal(39_000_000, feed.Window(0).CoveredMicros);
        Assert.Equal((60_000_000, WindowFlags.None), (feed.Window(60).CoveredMicros, feed.Window(60).Flags));
    }

    [Fact]
    public void A_gap_over_windows_splits_its_energy_by_time_and_loses_none()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 30, 1000).Run(210, 300, 1210);
        long[] expected = [60, 60, 60, 60];
        for (var w = 0; w < 4; w++)
        {
            var input = feed.Input(w * 60);
            Assert.Equal(expected[w] * One, input.T1 - input.T0);
            Assert.Equal(Basis.Estimated, input.Basis);
        }
        Assert.Equal([30_000_000L, 0, 0, 30_000_000], Enumerable.Range(0, 4).Select(w => feed.Window(w * 60).CoveredMicros));
        Assert.Equal(Basis.Exact, feed.Input(240).Basis);
    }

    [Fact]
    public void A_dead_device_releases_its_unit()
    {
        var plant = new Plant();
        var (a, b) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Meter));
        plant.Unit(Electric(a), Electric(b));
        var feed = new Feed(plant.Plan());
        for (var s = 0; s < 300; s++) feed.Count(s, 1000 + s, a);
        Assert.Equal(4, feed.Said.Final.Count());
        Assert.Equal(Basis.None, feed.Input(60, point: 101).Basis);
        Assert.Equal((Basis.Exact, 60 * One), (feed.Input(60).Basis, feed.Input(60).T1 - feed.Input(60).T0));
        Assert.Equal(0, feed.Window(60).CoveredMicros);
    }

    [Fact]
    public void Samples_from_before_a_provisional_edge_keep_neighbours_joined()
    {
        // The device is eleven seconds behind, and dies.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 50, 1000).Advance(70);
        Assert.Equal(50 * One, feed.Input(0).T1);
        feed.With(55, 1055, 0).Send(71).Advance(130);
        Assert.Equal((55 * One, 55 * One), (feed.Input(0).T1, feed.Input(60).T0));
    }

    [Fact]
    public void Longer_windows_are_sums_and_share_edges()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour, WindowKind.Hour] };
        plant.Unit(Electric(plant.Counter(Plant.Meter)));
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 3700; s += 2) feed.Count(s, 1000 + s * 3 / 4);
        Assert.Equal(4, feed.Said.Final.Count(r => r.Kind == WindowKind.QuarterHour));
        var minutes = Enumerable.Range(0, 60).Select(m => feed.Input(m * 60)).Sum(i => i.T1 - i.T0);
        var quarters = Enumerable.Range(0, 4).Select(q => feed.Input(q * 900, kind: WindowKind.QuarterHour)).Sum(i => i.T1 - i.T0);
        var hour = feed.Input(0, kind: WindowKind.Hour);
        Assert.Equal((minutes, quarters), (hour.T1 - hour.T0, hour.T1 - hour.T0));
        Assert.Equal(2700 * One, minutes);
        Assert.Equal(3600_000_000, feed.Window(0, kind: WindowKind.Hour).CoveredMicros);
    }

    [Fact]
    public void A_hole_of_some_minutes_leaves_the_hour_exact()
    {
        var plant = new Plant { Longer = [WindowKind.Hour] };
        plant.Unit(Electric(plant.Counter(Plant.Meter)));
        var feed = new Feed(plant.Plan()).Run(0, 600, 1000).Run(1200, 3601, 2200);
        var hour = feed.Window(0, kind: WindowKind.Hour);
        Assert.Equal((Basis.Exact, 3600 * One, 3000_000_000L), (hour.Inputs[0].Basis, hour.Inputs[0].T1, hour.CoveredMicros));
        Assert.Equal(WindowFlags.Gap, hour.Flags);
        Assert.True(hour.Inputs[0].Bound < 4 * One);
    }

    [Fact]
    public void An_unverified_clock_flags_the_record()
    {
        var said = new Statements();
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 59, 1000);
        feed.Core.Advance(new EntryStamp(1000, Feed.At(80), ClockVerified: false), said);
        Assert.Equal(WindowFlags.ClockUnverified, said.Records.Single().Flags & WindowFlags.ClockUnverified);
    }

    [Fact]
    public void A_return_after_a_long_outage_is_spread_over_entries_and_complete()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 61, 1000).Count(60_000, 3000);
        Assert.InRange(feed.Said.Records.Count, 2, 257);
        for (var s = 60_001; s < 60_010; s++) feed.Count(s, 3000 + s - 60_000);
        Assert.Equal(1000, feed.Said.Final.Count());
        Assert.Equal(feed.Input(59_940).T1, feed.Said.Final.Sum(r => r.Inputs[0].T1 - r.Inputs[0].T0));
    }

    [Fact]
    public void A_slow_state_does_not_make_windows_provisional()
    {
        var plant = new Plant();
        var (meter, state) = (plant.Counter(Plant.Meter), plant.State(pollSeconds: 30));
        plant.Unit(new UnitPlan { Id = 0, Path = "", Inputs = [Electric(meter)], StateSlot = state });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 300; s++)
        {
            if (s % 30 == 15) feed.Count(s, (int)MachineState.Running, state);
            feed.Count(s, 1000 + s, meter);
        }
        Assert.Equal(0, feed.Core.Counters.Provisional);
        Assert.Equal(60_000_000, feed.Window(120).StateMicros()[0]);
    }

    [Fact]
    public void A_unit_with_nothing_but_a_state_is_stated_too()
    {
        var plant = new Plant();
        var state = plant.State();
        plant.Unit(new UnitPlan { Id = 0, Path = "", StateSlot = state });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= 130; s++) feed.Count(s, s < 80 ? 0 : 1, state);
        Assert.Equal((20_000_000, 40_000_000), (feed.Window(60).StateMicros()[0], feed.Window(60).StateMicros()[1]));
    }

    [Fact]
    public void Windows_that_are_not_made_of_base_windows_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new MeteringCore(Plant.OfOneMeter() with { LongerWindows = [WindowKind.Batch] }, 1));
        Assert.Throws<ArgumentException>(() => new MeteringCore(Plant.OfOneMeter() with { BaseWindow = WindowKind.Hour }, 1));
    }

    private static UnitInputPlan Electric(int slot) => new(slot, InputRole.Purchased, Carrier.Electricity);
}
