using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Counters;

/// <summary>Every decision on a raw value, computed by hand. One step a second is rated, so Δt seconds allow 1.2 × (Δt + 1 + s) + 2 steps.</summary>
public sealed class DecisionTests
{
    private static readonly CounterPlan Meter = Plant.Meter;

    [Theory]
    [InlineData(10, 15, 15)] // 1.2 × 11 + 2 = 15.2
    [InlineData(10, 16, null)]
    [InlineData(1, 4, 4)] // 1.2 × 2 + 2 = 4.4
    [InlineData(1, 5, null)]
    public void Forward_is_accepted_as_far_as_it_is_possible(int seconds, long step, int? total) => Check(Meter, 1000, seconds, 1000 + step, total, total is null ? [EventKind.Suspect] : []);

    [Fact]
    public void An_ambiguous_rollover_says_how_many_more_wraps_there_may_have_been()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter with { Modulus = 1_000 })).Count(0, 990).Count(3_000, 5);
        // 1.2 × 3001 s + 2 are 3603 steps; 15 are counted, and 3 × 1000 more would be possible.
        Assert.Equal("3", feed.Said.Events.Single(e => e.Kind == EventKind.Rollover).Details.Single(d => d.Key == "more_wraps_at_most").Value);
    }

    [Fact]
    public void The_update_interval_of_the_device_allows_more() => Check(Meter with { UpdateMicros = 10_000_000 }, 1000, 10, 1026, 26, []); // 1.2 × 20 + 2 = 26

    [Fact]
    public void An_uncertain_stamp_allows_more()
    {
        var feed = new Feed(Plant.OfOneMeter()).Count(0, 1000).Count(10, 1021, spread: 5_000_000); // 1.2 × 16 + 2 = 21.2
        Assert.Equal(21 * CounterLine.One, Total(feed));
    }

    [Theory]
    [InlineData(999)]
    [InlineData(998)]
    public void A_fall_of_two_steps_is_held_without_an_event(long value)
    {
        var feed = new Feed(Plant.OfOneMeter()).Count(0, 1000).Count(2, value).Count(3, 1001);
        Assert.Equal(1 * CounterLine.One, Total(feed));
        Assert.Empty(feed.Said.Events);
    }

    [Fact]
    public void A_fall_of_three_steps_is_suspect() => Check(Meter, 1000, 10, 997, null, [EventKind.Suspect]);

    [Fact]
    public void A_declared_dip_is_held() => Check(Meter with { DipSteps = 40 }, 1000, 10, 960, 0, []);

    [Fact]
    public void A_fall_beyond_the_dip_is_suspect() => Check(Meter with { DipSteps = 40 }, 1000, 10, 959, null, [EventKind.Suspect]);

    [Fact]
    public void A_float_falls_by_two_of_its_units_in_the_last_place()
    {
        // At 2^25 steps a single's neighbours lie 4 steps apart, so 8 are held; at 2^23 they lie a step apart.
        Check(Meter with { Float = FloatWidth.Single }, 1 << 25, 10, (1 << 25) - 8, 0, []);
        Check(Meter with { Float = FloatWidth.Single }, 1 << 25, 10, (1 << 25) - 9, null, [EventKind.Suspect]);
        Check(Meter with { Float = FloatWidth.Single }, 1 << 23, 10, (1 << 23) - 3, null, [EventKind.Suspect]);
        Check(Meter with { Float = FloatWidth.Double }, 1 << 25, 10, (1 << 25) - 3, null, [EventKind.Suspect]);
    }

    [Theory]
    [InlineData(999_995, 5, 10, 10)]
    [InlineData(999_995, 10, 10, 15)]
    [InlineData(999_995, 11, 10, null)]
    public void Through_zero_is_a_rollover_where_the_step_is_possible(long from, long to, int seconds, int? total) =>
        Check(Meter with { Modulus = 1_000_000 }, from, seconds, to, total, total is null ? [EventKind.Suspect] : [EventKind.Rollover]);

    [Fact]
    public void A_lasting_zero_does_not_become_a_rollover_by_waiting()
    {
        // At once 50 steps through zero are impossible; after 41 s they would be possible.
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 1_000_000 })).Run(0, 9, 999_941).Run(10, 89, 0, rate: 0).Count(90, 999_999);
        Assert.Equal([EventKind.Suspect, EventKind.Glitch, EventKind.Gap], feed.Said.Kinds);
        Assert.Equal(58 * CounterLine.One, Total(feed));
    }

    [Fact]
    public void Without_a_modulus_there_is_no_rollover() => Check(Meter, 999_995, 10, 5, null, [EventKind.Suspect]);

    [Fact]
    public void A_value_beyond_the_modulus_does_not_roll_over() => Check(Meter with { Modulus = 1000 }, 1005, 10, 3, null, [EventKind.Suspect]);

    [Fact]
    public void Where_a_whole_round_was_possible_the_lowest_count_is_ambiguous()
    {
        // 1.2 × (80 + 1) + 2 = 99.2 is below the modulus of 100, 1.2 × (81 + 1) + 2 = 100.4 is not.
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 100 })).Count(0, 50).Count(80, 60).Count(120, 65);
        Assert.Equal(WindowFlags.None, feed.Input(0).Flags & WindowFlags.Ambiguous);
        feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 100 })).Count(0, 50).Count(81, 60).Count(120, 65);
        Assert.Equal(WindowFlags.Ambiguous, feed.Input(0).Flags & WindowFlags.Ambiguous);
        // Not one round more fits in: from 100.4 steps 10 are counted.
        Assert.Equal(1.2 + 60 / 81.0 * 11 + 1.2 + 1, feed.Input(0).Bound / (double)CounterLine.One, 3);
        Assert.Equal(15 * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_transient_zero_is_a_glitch_and_nothing_is_lost()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Count(10, 0).Count(11, 0).Count(12, 1012);
        Assert.Equal(12 * CounterLine.One, Total(feed));
        Assert.Equal([EventKind.Suspect, EventKind.Glitch], feed.Said.Kinds);
        Assert.Equal((2, 1), ((int)feed.Core.Counters.Suspects, (int)feed.Core.Counters.Glitches));
    }

    [Fact]
    public void A_reset_needs_three_advancing_samples_over_a_minute()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Run(10, 69, 0);
        Assert.Equal(9 * CounterLine.One, Total(feed));
        feed.Count(70, 60);
        Assert.Equal([EventKind.Suspect, EventKind.Reset], feed.Said.Kinds);
        Assert.Equal((9 + 60) * CounterLine.One, Total(feed)); // 1009 to the first suspect adds nothing; from 0 on everything counts
    }

    [Fact]
    public void Two_advancing_samples_over_a_minute_do_not_confirm()
    {
        var feed = new Feed(Plant.OfOneMeter()).Count(0, 1000).Count(10, 0).Count(50, 0).Count(80, 3);
        Assert.Equal(0, Total(feed));
        feed.Count(81, 4);
        Assert.Equal(4 * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_constant_never_confirms()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Run(10, 1000, 0, rate: 0);
        Assert.Equal(9 * CounterLine.One, Total(feed));
        feed.Count(1001, 1300);
        Assert.Equal([EventKind.Suspect, EventKind.Glitch, EventKind.Gap], feed.Said.Kinds);
        Assert.Equal(300 * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_lasting_zero_that_ends_in_a_reset_is_missing_as_a_whole()
    {
        // Zero from 00:30 to 02:29, and only then a new line: what the register should have said meanwhile is lost, not exactly nothing.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 29, 1000).Run(30, 149, 0, rate: 0).Run(150, 300, 1);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(m => (feed.Input(m * 60).Flags & WindowFlags.Missing) != 0));
        Assert.Equal(Basis.LowerBound, feed.Input(60).Basis);
    }

    [Fact]
    public void A_jump_ahead_that_stays_is_a_discontinuity_and_adds_nothing()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Run(10, 70, 5_000_000);
        Assert.Equal([EventKind.Suspect, EventKind.Discontinuity], feed.Said.Kinds);
        Assert.Equal((9 + 60) * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_value_on_neither_line_replaces_the_suspects_and_is_told_once()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Run(10, 60, 0).Run(61, 120, 500_000);
        Assert.Equal(9 * CounterLine.One, Total(feed));
        feed.Count(121, 500_060);
        Assert.Equal([EventKind.Suspect, EventKind.Discontinuity], feed.Said.Kinds.Where(k => k != EventKind.Gap));
        Assert.Equal(69 * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_new_line_may_pass_its_modulus_before_it_is_confirmed()
    {
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 10_000 })).Run(0, 9, 1000).Run(10, 39, 9_970).Run(40, 70, 0);
        Assert.Equal((9 + 60) * CounterLine.One, Total(feed));
        Assert.Equal(1, feed.Core.Counters.Rollovers);
    }

    [Fact]
    public void A_long_new_line_that_passed_its_modulus_never_lets_the_total_fall()
    {
        // Polled twice a second, 121 suspects are thinned to fewer than 64; each step is as large as it may be, and the one through zero lies between two that were kept.
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 1_000 })).Run(0, 9, 500);
        for (var k = 0; k <= 120; k++) feed.Count(10 + k * 0.5, (990 + 3 * k) % 1_000);
        Assert.Equal((9 + 360) * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_counter_zeroed_by_shift_adds_its_new_value_as_a_lower_bound()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces with { Resets = ResetPolicy.ToZero })).Run(0, 30, 100).Count(31, 1).Run(32, 61, 2);
        Assert.Equal((30 + 31) * CounterLine.One, Total(feed));
        Assert.Equal([EventKind.ZeroedByShift], feed.Said.Kinds);
        Assert.Equal((Basis.LowerBound, long.MaxValue), (feed.Input(0).Basis, feed.Input(0).Bound));
        Assert.NotEqual(WindowFlags.None, feed.Input(0).Flags & WindowFlags.ZeroedByShift);
    }

    [Fact]
    public void A_counter_zeroed_by_shift_at_two_pieces_is_zeroed_too()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces with { Resets = ResetPolicy.ToZero })).Run(0, 2, 0).Count(3, 0).Run(4, 9, 1);
        Assert.Equal((2 + 6) * CounterLine.One, Total(feed));
        Assert.Equal([EventKind.ZeroedByShift], feed.Said.Kinds);
    }

    [Fact]
    public void A_zeroed_counter_that_says_more_than_possible_is_suspect() =>
        Check(Meter with { Resets = ResetPolicy.ToZero }, 1000, 10, 500, null, [EventKind.Suspect]);

    [Fact]
    public void A_net_count_falls()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces with { NetCount = true })).Run(0, 10, 100).Count(20, 98).Count(30, 104);
        Assert.Equal(4 * CounterLine.One, Total(feed));
        Assert.DoesNotContain(feed.Said.Events, e => e.Kind != EventKind.Gap);
    }

    [Fact]
    public void A_heartbeat_extends_its_value_and_never_speaks_for_a_suspect()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 59, 1000).Count(61, 1059, quality: Quality.GoodHeartbeat);
        Assert.Equal(Basis.Exact, feed.Said.Records.Single().Inputs[0].Basis);
        feed.Count(62, 7);
        for (var s = 63; s < 200; s++) feed.Count(s, 7 + s - 62, quality: Quality.GoodHeartbeat);
        Assert.Equal(59 * CounterLine.One, Total(feed));
        Assert.Equal([EventKind.Suspect], feed.Said.Kinds);
    }

    [Fact]
    public void A_late_sample_is_counted_and_changes_nothing()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000);
        var before = feed.Checkpoint();
        feed.Count(5, 1005).Count(9, 1009);
        Assert.Equal(2, feed.Core.Counters.Late);
        Assert.Equal(before, feed.Checkpoint());
    }

    [Fact]
    public void A_reset_that_catches_up_with_its_old_line_while_watched_is_missing_not_a_glitch_without_trace()
    {
        // 20 steps, reset, and twenty seconds later the register stands at 20 again: an honest reader cannot tell it from a line that never left.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 20, 0).Run(21, 70, 0);
        Assert.NotEqual(WindowFlags.None, feed.Input(0).Flags & WindowFlags.Missing);
        Assert.Equal(long.MaxValue, feed.Input(0).Bound);
    }

    [Fact]
    public void A_bad_sample_is_counted_and_is_no_zero()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Count(10, 0, quality: Quality.BadTimeout).Count(11, 1011);
        Assert.Equal(1, feed.Core.Counters.Bad);
        Assert.Equal(11 * CounterLine.One, Total(feed));
        Assert.Empty(feed.Said.Events);
    }

    [Fact]
    public void A_passing_zero_behind_a_reset_is_no_rollover()
    {
        // 950, reset, 45 s on the new line, then two minutes of zero: by then 50 steps through zero would have been possible.
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 1000 })).Run(0, 9, 941).Run(10, 54, 0).Run(55, 179, 0, rate: 0).Run(180, 300, 170);
        Assert.Equal((0L, 1L), (feed.Core.Counters.Rollovers, feed.Core.Counters.Resets));
        Assert.All([0, 60, 120], second => Assert.Equal((Basis.LowerBound, long.MaxValue), (feed.Input(second).Basis, feed.Input(second).Bound)));
        Assert.Equal((9 + 120) * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_rollover_behind_a_glitch_counts_once_it_advances_and_is_ambiguous()
    {
        var feed = new Feed(Plant.OfOneMeter(Meter with { Modulus = 1000 })).Run(0, 9, 987).Count(10, 500).Run(11, 70, 0);
        Assert.Equal(9 * CounterLine.One, Total(feed));
        feed.Count(71, 60);
        Assert.Equal((9 + 4 + 60) * CounterLine.One, Total(feed));
        Assert.Equal([EventKind.Suspect, EventKind.Rollover], feed.Said.Kinds);
        Assert.Equal((Basis.Estimated, WindowFlags.Ambiguous), (feed.Input(0).Basis, feed.Input(0).Flags & WindowFlags.Ambiguous));
        // Between 9 and 11 s none or 5.6 steps may have passed instead of 4, and from there to 12 s none or 4.4 instead of 1: 4 + 4 beside what the edges and the register may be off by.
        Assert.Equal(1.2 + 1.2 + 1 + 8, feed.Input(0).Bound / (double)CounterLine.One, 3);
    }

    [Fact]
    public void A_new_line_that_stands_still_is_believed_when_it_advances_again()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 9, 1000).Run(10, 12, 0).Run(13, 200, 2, rate: 0);
        Assert.Equal(9 * CounterLine.One, Total(feed));
        feed.Count(201, 3);
        Assert.Equal((9 + 3) * CounterLine.One, Total(feed));
    }

    [Fact]
    public void A_reset_that_catches_up_behind_a_passing_zero_is_missing()
    {
        // 29, reset, 19, twenty seconds of zero, 40: the old line could have come there too.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 29, 0).Run(30, 49, 0).Run(50, 69, 0, rate: 0).Run(70, 130, 40);
        Assert.Equal(0, feed.Core.Counters.Resets);
        Assert.Equal([WindowFlags.Missing, WindowFlags.Missing], new[] { 0, 60 }.Select(s => feed.Input(s).Flags & WindowFlags.Missing));
        Assert.Equal((Basis.LowerBound, long.MaxValue), (feed.Input(0).Basis, feed.Input(0).Bound));
    }

    private static void Check(CounterPlan counter, long from, int seconds, long to, int? total, EventKind[] events)
    {
        var feed = new Feed(Plant.OfOneMeter(counter, pollSeconds: 60)).Count(0, from).Count(seconds, to);
        Assert.Equal((total ?? 0) * CounterLine.One, Total(feed));
        Assert.Equal(total is null ? 1 : 0, feed.Core.Counters.Suspects);
        Assert.Equal(events, feed.Said.Kinds);
    }

    private static long Total(Feed feed) => feed.Core.TotalOf(0);

    [Fact]
    public void A_reset_is_taken_back_when_the_old_line_returns()
    {
        // For ten minutes the meter's gateway answers with the registers of another meter.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 100, 100_000).Run(101, 700, 500).Run(701, 900, 100_701);
        Assert.Equal([EventKind.Suspect, EventKind.Discontinuity, EventKind.Suspect, EventKind.ResetRetracted], Kinds(feed, low: false));
        Assert.Equal((900 * CounterLine.One, 1L), (feed.Core.TotalOf(0), feed.Core.Counters.Retracted));
        for (var minute = 60; minute < 840; minute += 60)
        {
            var input = feed.Input(minute);
            Assert.Equal((60 * CounterLine.One, WindowFlags.None), (input.T1 - input.T0, input.Flags & WindowFlags.Missing));
            Assert.True(input.Bound < long.MaxValue, $"{minute}: {input.Basis} {input.Flags}");
        }
        Assert.Equal((Basis.Estimated, Basis.Exact), (feed.Input(300).Basis, feed.Input(780).Basis));
    }

    [Fact]
    public void A_return_that_may_be_another_reset_is_ambiguous()
    {
        // At 1000 s the register says 290: the line left at 200 may have come there, and so may the other one, zeroed at 760 s.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 100, 100).Run(101, 700, 50_000).Run(1000, 1100, 290);
        Assert.Equal(1, feed.Core.Counters.Retracted);
        for (var minute = 60; minute < 960; minute += 60)
        {
            var input = feed.Input(minute);
            Assert.Equal((Basis.Estimated, WindowFlags.Ambiguous), (input.Basis, input.Flags & WindowFlags.Ambiguous));
            // Anything from 0 to 73 steps may have passed in a minute of which 6, or 42 in the first, are counted.
            Assert.Equal(minute == 60 ? 42 : 73 - 6, input.Bound / (double)CounterLine.One, 3);
        }
    }

    [Fact]
    public void A_reset_is_not_taken_back_after_a_day()
    {
        var feed = new Feed(Plant.OfOneMeter(pollSeconds: 60));
        for (var s = 0; s <= 90_000; s += 60) feed.Count(s, s <= 600 ? 100_000 + s : s - 600);
        for (var s = 90_060; s <= 90_600; s += 60) feed.Count(s, 100_000 + s);
        Assert.DoesNotContain(EventKind.ResetRetracted, feed.Said.Kinds);
        Assert.Equal(2, feed.Core.Counters.Resets);
    }

    private static IEnumerable<EventKind> Kinds(Feed feed, bool low) => feed.Said.Kinds.Where(k => k != EventKind.Gap).Select(k => !low && k == EventKind.Reset ? EventKind.Discontinuity : k);
}
