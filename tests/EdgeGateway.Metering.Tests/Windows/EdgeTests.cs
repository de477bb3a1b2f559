using CsCheck;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

/// <summary>T(b): interpolated, stepped, lagging, shared.</summary>
public sealed class EdgeTests
{
    private const long One = CounterLine.One;

    [Fact]
    public void The_total_at_an_edge_is_interpolated_and_rounded_down()
    {
        // 3 steps between 00:58 and 01:01: two thirds of 3 × 65 536 at 01:00.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 58, 1000).Count(61, 1061);
        Assert.Equal(58 * One + 2 * One, feed.Input(0).T1);
        // 1 step between 01:59 and 02:02, one third of the way: 21 845.33 rounded down.
        feed = new Feed(Plant.OfOneMeter()).Run(0, 119, 1000).Count(122, 1120);
        Assert.Equal(119 * One + 21_845, feed.Input(60).T1);
    }

    [Fact]
    public void A_net_count_that_falls_over_an_edge_is_rounded_down_too()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Meter with { NetCount = true })).Run(0, 59, 1000).Count(62, 1058);
        Assert.Equal(59 * One - 21_846, feed.Input(0).T1);
    }

    [Fact]
    public void Interpolation_agrees_with_the_formula()
    {
        Gen.Select(Gen.Long[1, 59_999_999], Gen.Long[0, 59_999_999], Gen.Int[0, 60]).Sample((before, after, step) =>
        {
            var feed = new Feed(Plant.OfOneMeter()).Count(60 - before / 1e6, 1000).Count(60 + after / 1e6, 1000 + step);
            if (feed.Core.Counters.Suspects > 0 || feed.Said.Records.Count == 0) return;
            var (t0, t1, b) = (Feed.At(60 - before / 1e6), Feed.At(60 + after / 1e6), Feed.At(60));
            var expected = (long)((Int128)step * One * (b - t0) / (t1 - t0));
            Assert.Equal(expected, feed.Input(t0 < Feed.Origin ? -60 : 0).T1);
        }, iter: 300);
    }

    [Fact]
    public void A_sample_on_the_edge_is_the_edge()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 60, 1000);
        Assert.Equal((0, 60 * One, Basis.Exact), (feed.Input(0).T0, feed.Input(0).T1, feed.Input(0).Basis));
    }

    [Fact]
    public void Pieces_step()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces)).Run(0, 59, 0).Count(61, 61);
        Assert.Equal(59 * One, feed.Input(0).T1);
    }

    [Fact]
    public void A_lag_shifts_pieces_back_to_when_they_were_made()
    {
        // Counted at 01:05, made at 00:55; counted at 01:10, made on the edge.
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces with { LagMicros = 10_000_000 })).Run(10, 75, 0);
        Assert.Equal(60 * One, feed.Input(0).T1);
        Assert.Equal(0, feed.Input(0).T0);
        Assert.Equal(0, feed.Core.Counters.Provisional);
    }

    [Fact]
    public void A_lag_longer_than_the_lateness_makes_no_window_provisional()
    {
        var feed = new Feed(Plant.OfOneMeter(Plant.Pieces with { LagMicros = 30_000_000 })).Run(0, 400, 0);
        Assert.Equal(0, feed.Core.Counters.Provisional);
        Assert.True(feed.Core.Counters.Closed > 4);
    }

    [Fact]
    public void The_first_window_is_a_lower_bound_unless_it_begins_with_a_sample()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(1, 120, 1000);
        Assert.Equal((Basis.LowerBound, 0L, 59 * One), (feed.Input(0).Basis, feed.Input(0).T0, feed.Input(0).T1));
        Assert.Equal((Basis.Exact, 60 * One), (feed.Input(60).Basis, feed.Input(60).T1 - feed.Input(60).T0));
        // Before 00:01 up to 1.2 × (1 + 1) steps may have passed; at the end nothing but the update interval is unknown, and a step.
        Assert.InRange(feed.Input(0).Bound, (long)((2.4 + 1.2 + 1) * One), (long)((2.4 + 1.2 + 1) * One) + 8);
    }

    [Fact]
    public void The_bound_is_the_hand_computed_one()
    {
        // Edge at 01:00 between 00:58 and 01:02: ¼ × 1.2 × 4 s = 1.2 steps, less than half of what moved (4) and a step; and 1.2 × 1 s for the update interval.
        var feed = new Feed(Plant.OfOneMeter(pollSeconds: 4)).Run(0, 0, 1000).Run(4, 4, 1004).Count(8, 1008);
        for (var s = 10; s <= 58; s += 4) feed.Count(s, 1000 + s);
        feed.Count(62, 1062);
        var expected = (long)((1.2 + 1.2 + 1.2 + 1) * One);
        Assert.InRange(feed.Input(0).Bound, expected, expected + 8);
    }

    [Fact]
    public void Coarse_means_under_ten_steps()
    {
        var feed = new Feed(Plant.OfOneMeter());
        for (var s = 0; s <= 120; s++) feed.Count(s, s <= 60 ? 1000 + s * 9 / 60 : 1009 + (s - 60) * 10 / 60);
        Assert.Equal(WindowFlags.Coarse, feed.Input(0).Flags);
        Assert.Equal(WindowFlags.None, feed.Input(60).Flags);
    }
}
