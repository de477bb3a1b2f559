using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Batches;

/// <summary>Batches: when they begin and end, and that nothing between them is lost or counted twice.</summary>
public sealed class BatchTests
{
    private const long One = CounterLine.One;
    private const int Meter = 0, Good = 1, State = 2, Code = 3;

    [Fact]
    public void A_code_that_holds_for_two_polls_opens_a_batch_from_its_first_reading_on()
    {
        var feed = Run(600, s => s < 90 ? "" : s < 400 ? "A" : "");
        var batch = Batch(feed, "A#1");
        Assert.Equal((Feed.At(90), Feed.At(400)), (batch.Start, batch.End));
        Assert.Equal(310 * One, Moved(batch, 100));
        Assert.Equal((155 * One, Basis.Exact), (Moved(batch, 101), Of(batch, 101).Basis));
        Assert.Equal([EventKind.BatchBegan, EventKind.BatchEnded], feed.Said.Kinds);
    }

    [Fact]
    public void A_code_read_once_is_none() => Assert.DoesNotContain(Run(300, s => s % 60 == 20 ? "x" : "").Said.Records, r => r.Kind == WindowKind.Batch);

    [Fact]
    public void The_same_code_again_is_another_batch()
    {
        var feed = Run(600, s => s < 130 ? "A" : s < 260 ? "B" : s < 410 ? "A" : "");
        Assert.Equal(["A#1", "B#1", "A#2"], feed.Said.Final.Where(r => r.Kind == WindowKind.Batch).OrderBy(r => r.Start).Select(r => r.WindowId));
        // The first one was under way already.
        Assert.Equal((Basis.LowerBound, Basis.Exact), (Of(Batch(feed, "A#1"), 100).Basis, Of(Batch(feed, "A#2"), 100).Basis));
    }

    [Fact]
    public void Batches_and_base_windows_share_every_total()
    {
        var feed = Run(900, s => (s / 47 % 3) switch { 0 => "A", 1 => "B", _ => "" });
        var windows = feed.Said.Final.Where(r => r.Kind == WindowKind.Minute && r.End <= Feed.At(840)).OrderBy(r => r.Start).ToArray();
        var end = 0L;
        foreach (var window in windows)
        {
            Assert.Equal(60 * One, Moved(window, 100));
            foreach (var segment in window.Segments)
            {
                if (end != 0) Assert.Equal(end, segment.Start);
                end = segment.End;
                Assert.Equal(segment.End - segment.Start, segment.StateMicros.Sum);
                foreach (var input in window.InputsOf(segment)) Assert.Equal(input.T1 - input.T0, input.ByState.Sum);
                Assert.Equal((segment.End - segment.Start) / 1_000_000 * One, window.InputsOf(segment)[0].T1 - window.InputsOf(segment)[0].T0);
            }
        }
        Assert.Contains(windows, w => w.Segments.Length == 3);
        // What the segments say of a batch is what the batch says of itself.
        foreach (var batch in feed.Said.Final.Where(r => r.Kind == WindowKind.Batch && r.End <= Feed.At(840)))
        {
            var parts = windows.SelectMany(w => w.Segments.ToArray().Where(s => s.Batch == batch.WindowId).Select(s => (Segment: s, Input: w.InputsOf(s)[0]))).ToArray();
            Assert.Equal((batch.Start, batch.End), (parts[0].Segment.Start, parts[^1].Segment.End));
            Assert.Equal(Moved(batch, 100), parts.Sum(p => p.Input.T1 - p.Input.T0));
            Assert.Equal(batch.StateMicros()[0], parts.Sum(p => p.Segment.StateMicros[0]));
        }
    }

    [Fact]
    public void A_batch_that_lasts_too_long_is_closed_and_needs_another_code()
    {
        var feed = Run(800, s => s < 20 ? "" : s < 500 ? "A" : s < 600 ? "B" : "A", max: 240);
        Assert.Equal([("A#1", 20, 260), ("B#1", 500, 600)], feed.Said.Final.Where(r => r.Kind == WindowKind.Batch).OrderBy(r => r.Start).Select(r => (r.WindowId, (int)((r.Start - Feed.Origin) / 1_000_000), (int)((r.End - Feed.Origin) / 1_000_000))));
    }

    [Fact]
    public void A_restart_at_any_time_changes_nothing()
    {
        Func<int, string> code = s => s < 50 ? "" : s < 205 ? "A" : s < 207 ? "B" : s < 430 ? "C" : "";
        var whole = Run(600, code).Said.Bodies;
        foreach (var every in (int[])[1, 7, 50]) Assert.Equal(whole, Run(600, code, restart: every).Said.Bodies);
    }

    [Fact]
    public void A_unit_that_has_no_batches_any_more_ends_the_one_under_way()
    {
        var feed = Run(300, s => s < 90 ? "" : "A");
        var plan = feed.Core.Plan;
        feed.Change(301, plan with { Units = [plan.Units[0] with { BatchSlot = -1 }] });
        for (var s = 301; s < 500; s++) feed.With(s, 1_000 + s, Meter).With(s, s / 2, Good).With(s, s / 40 % 2, State).Send(s);
        var batch = Batch(feed, "A#1");
        Assert.True(batch.End > Feed.At(180) && Moved(batch, 100) == (batch.End - batch.Start) / 1_000_000 * One);
        Assert.All(feed.Said.Final.Where(r => r.Kind == WindowKind.Minute && r.Start >= Feed.At(360)), r => Assert.Null(r.Segments[0].Batch));
    }

    [Fact]
    public void A_silent_counter_lets_its_batch_be_stated_and_mends_it_when_it_returns()
    {
        var feed = Run(600, s => s < 90 ? "" : s < 400 ? "A" : "", silent: s => s is > 300 and < 500);
        Assert.Equal(2, feed.Said.Records.Count(r => r.Kind == WindowKind.Batch));
        var batch = Batch(feed, "A#1");
        // 310 steps, the last hundred of them on the straight line between the readings around the silence.
        Assert.Equal((310 * One, Basis.Estimated), (Moved(batch, 100), Of(batch, 100).Basis));
        Assert.Equal(Basis.Provisional, feed.Said.Records.First(r => r.Kind == WindowKind.Batch).Inputs[0].Basis);
    }

    [Fact]
    public void A_change_behind_a_gap_is_an_estimate()
    {
        var feed = Run(600, s => s < 90 ? "" : s < 300 ? "A" : "B", codeSilent: s => s is > 280 and < 350);
        Assert.Equal((Feed.At(350), Basis.Estimated), (Batch(feed, "A#1").End, Of(Batch(feed, "A#1"), 100).Basis));
    }

    private static Feed Run(int until, Func<int, string> code, int max = 86_400, int restart = 0, Func<int, bool>? silent = null, Func<int, bool>? codeSilent = null)
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        var (meter, good, state, text) = (plant.Counter(Plant.Meter), plant.Counter(Plant.Pieces), plant.State(), plant.Text());
        plant.Unit(new UnitPlan
        {
            Id = 0, Path = "", StateSlot = state, BatchSlot = text, BatchMaxMicros = max * 1_000_000L,
            Inputs = [new UnitInputPlan(meter, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(good, InputRole.Good, Carrier.None)],
        });
        var feed = new Feed(plant.Plan());
        for (var s = 0; s <= until; s++)
        {
            if (silent?.Invoke(s) != true) feed.With(s, 1_000 + s, Meter).With(s, s / 2, Good);
            feed.With(s, s / 40 % 2, State);
            if (codeSilent?.Invoke(s) != true) feed.WithText(s, code(s), Code);
            feed.Send(s);
            if (restart > 0 && s % restart == 0) feed.Restart();
        }
        return feed;
    }

    private static WindowRecord Batch(Feed feed, string id) => feed.Said.Final.Single(r => r.Kind == WindowKind.Batch && r.WindowId == id);

    private static WindowInput Of(WindowRecord record, int point) => record.Inputs.ToArray().First(i => i.Point == point);

    private static long Moved(WindowRecord record, int point) => record.Inputs.ToArray().Where(i => i.Point == point).Sum(i => i.T1 - i.T0);
}
