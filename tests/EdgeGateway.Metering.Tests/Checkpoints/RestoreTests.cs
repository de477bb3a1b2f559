using CsCheck;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Checkpoints;

/// <summary>A restored core says, byte for byte, what the one that went on says; a damaged checkpoint restores nothing.</summary>
public sealed class RestoreTests
{
    private const long One = CounterLine.One;

    [Fact]
    public void A_core_restored_at_every_entry_goes_on_byte_for_byte()
    {
        var whole = Drive(restartEvery: 0);
        foreach (var every in (int[])[1, 7, 40])
        {
            var restored = Drive(every);
            Assert.Equal(whole.Said.Bodies, restored.Said.Bodies);
            Assert.Equal(whole.Said.Events.Select(e => (e.Kind, e.At, e.Subject)), restored.Said.Events.Select(e => (e.Kind, e.At, e.Subject)));
            Assert.Equal(whole.Checkpoint(), restored.Checkpoint());
        }
        Assert.True(whole.Said.Bodies.Count > 30 && whole.Said.Events.Count > 2);
    }

    [Fact]
    public void A_checkpoint_cut_short_or_changed_in_any_byte_restores_nothing()
    {
        var bytes = Drive(0).Checkpoint();
        var plan = Busy();
        for (var length = 0; length < bytes.Length; length++) Assert.False(MeteringCore.TryRestore(plan, Feed.Epoch, bytes.AsSpan(0, length), out _));
        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] ^= 0x41;
            Assert.False(MeteringCore.TryRestore(plan, Feed.Epoch, bytes, out var core));
            Assert.Null(core);
            bytes[i] ^= 0x41;
        }
        Assert.True(MeteringCore.TryRestore(plan, Feed.Epoch, bytes, out _));
    }

    [Fact]
    public void Random_bytes_never_crash() => Gen.Byte.Array[0, 300].Sample(bytes => Assert.False(MeteringCore.TryRestore(Busy(), Feed.Epoch, bytes, out _)), iter: 2_000);

    [Fact]
    public void Points_keep_their_totals_by_id_when_others_come_go_and_move()
    {
        var feed = new Feed(Two(Plant.Meter, Plant.Meter)).Run(0, 60, 1000).Run(61, 80, 500, slot: 1);
        Assert.Equal((60 * One, 19 * One), (feed.Core.TotalOf(0), feed.Core.TotalOf(1)));
        var plan = feed.Core.Plan;
        // Turned about, with a new point first.
        var added = plan.Points[0] with { Id = 200, Path = "new" };
        var turned = plan with { Points = [added, plan.Points[1], plan.Points[0]], Units = [plan.Units[0] with { Inputs = [Electric(1), Electric(2), Electric(0)] }] };
        feed.Change(81, turned);
        Assert.Equal((0L, 19 * One, 60 * One), (feed.Core.TotalOf(0), feed.Core.TotalOf(1), feed.Core.TotalOf(2)));
        for (var s = 82; s < 200; s++) feed.With(s, 1000 + s, 2).With(s, 439 + s, 1).With(s, s, 0).Send(s);
        Assert.Equal(60 * One, feed.Input(120, point: 100).T1 - feed.Input(120, point: 100).T0);
        Assert.Equal(feed.Input(0, point: 100).T1, feed.Input(60, point: 100).T0);
        Assert.Equal(Basis.LowerBound, feed.Input(60, point: 200).Basis);
        // And the second one is gone.
        feed.Change(200, turned with { Points = [plan.Points[0]], Units = [plan.Units[0] with { Inputs = [Electric(0)] }] });
        feed.Run(201, 260, 1201);
        Assert.Equal(feed.Input(120, point: 100).T1, feed.Input(180, point: 100).T0);
    }

    [Fact]
    public void A_unit_that_comes_later_begins_with_what_is_held_and_crashes_nothing()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        plant.Unit(Electric(plant.Counter(Plant.Meter)));
        var feed = new Feed(plant.Plan()).Run(0, 2000, 1000);
        var plan = feed.Core.Plan;
        feed.Change(2001, plan with { Units = [plan.Units[0], plan.Units[0] with { Id = 2, Path = "late" }] }).Run(2002, 2800, 3002);
        Assert.Equal(Said(feed.Input(2040)), Said(feed.Input(2040, unit: 2)));
        // Of the quarter that had begun, only what was still held is known to the late one.
        Assert.Equal((feed.Input(1800, kind: WindowKind.QuarterHour).T1, Basis.LowerBound), (feed.Input(1800, unit: 2, kind: WindowKind.QuarterHour).T1, feed.Input(1800, unit: 2, kind: WindowKind.QuarterHour).Basis));
        Assert.True(feed.Said.Final.Where(r => r.Unit == 2).Min(r => r.Start) >= Feed.At(1800));
    }

    [Theory]
    [InlineData(5, 10)]
    [InlineData(10, 60)]
    [InlineData(60, 5)]
    [InlineData(60, 10)]
    [InlineData(4, 6)]
    [InlineData(5, 60)]
    public void Another_base_window_loses_nothing(int from, int to)
    {
        static WindowKind Kind(int seconds) => seconds == 60 ? WindowKind.Minute : WindowKind.OfSeconds(seconds);
        for (var at = 95; at <= 131; at += 3)
        {
            var feed = new Feed(Plant.OfOneMeter() with { BaseWindow = Kind(from) }).Run(0, at, 1000);
            feed.Change(at, feed.Core.Plan with { BaseWindow = Kind(to) }).Run(at + 1, 400, 1001 + at);
            var after = feed.Said.Final.Where(r => r.Kind == Kind(to)).OrderBy(r => r.Start).ToArray();
            for (var i = 1; i < after.Length; i++) Assert.Equal((after[i - 1].End, after[i - 1].Inputs[0].T1), (after[i].Start, after[i].Inputs[0].T0));
            foreach (var window in after)
            {
                var seconds = (window.Start - Feed.Origin) / 1_000_000;
                Assert.Equal((seconds * One, (seconds + to) * One), (window.Inputs[0].T0, window.Inputs[0].T1));
                Assert.Equal(WindowFlags.None, window.Flags & ~WindowFlags.Coarse);
            }
            Assert.True(after[0].Start <= Feed.At(at) && after[^1].End == Feed.At(400 / to * to));
            Assert.All(after.Where(w => w.Start >= Feed.At(at + 60)), w => Assert.Equal(Basis.Exact, w.Inputs[0].Basis));
        }
    }

    [Fact]
    public void A_flag_of_the_open_window_survives_another_base_window()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 29, 1000).Run(50, 100, 1050);
        feed.Change(100, feed.Core.Plan with { BaseWindow = WindowKind.OfSeconds(10) }).Run(101, 200, 1101);
        feed = new Feed(Plant.OfOneMeter() with { BaseWindow = WindowKind.OfSeconds(10) }).Run(0, 69, 1000).Run(80, 100, 1080);
        feed.Change(100, feed.Core.Plan with { BaseWindow = WindowKind.Minute }).Run(101, 200, 1101);
        Assert.Equal((WindowFlags.Gap, 49_000_000L), (feed.Window(60, kind: WindowKind.Minute).Flags & WindowFlags.Gap, feed.Window(60, kind: WindowKind.Minute).CoveredMicros));
    }

    [Fact]
    public void A_changed_ratio_flags_the_stretch_and_leaves_the_energy_before_it_as_it_was()
    {
        // 0.01 kWh a step until 01:30, 0.4 kWh (ratio 40) from 01:31 on.
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 90, 1000);
        var plan = feed.Core.Plan;
        var forty = Plant.Meter with { Ratio = new ExactDecimal(40, 0), RatedStepsPerSecond = 1 };
        feed.Change(90, plan with { Points = [plan.Points[0] with { Counter = forty }] }).Run(91, 200, 7);
        var input = feed.Input(60);
        Assert.NotEqual(WindowFlags.None, input.Flags & WindowFlags.Missing);
        Assert.Equal((Basis.LowerBound, long.MaxValue), (input.Basis, input.Bound));
        // 30 old steps and 29 new ones.
        Assert.Equal(0.30 + 29 * 0.4, input.Amount.ToDouble(), 4);
        Assert.Equal((Basis.Exact, 60 * 0.4), (feed.Input(120).Basis, Math.Round(feed.Input(120).Amount.ToDouble(), 9)));
    }

    [Fact]
    public void A_new_register_epoch_begins_a_new_line_even_where_nothing_else_changed()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 90, 1000);
        var plan = feed.Core.Plan;
        feed.Change(90, plan with { Points = [plan.Points[0] with { Counter = Plant.Meter with { RegisterEpoch = 1 } }] }).Run(91, 200, 1091);
        Assert.NotEqual(WindowFlags.None, feed.Input(60).Flags & WindowFlags.Missing);
        Assert.Equal(WindowFlags.None, feed.Input(120).Flags);
    }

    private static (long, long, Basis, WindowFlags, long) Said(WindowInput input) => (input.T0, input.T1, input.Basis, input.Flags, input.Bound);

    private static Feed Drive(int restartEvery)
    {
        var feed = new Feed(Busy());
        for (var s = 1; s < 2000; s++)
        {
            if (s is > 1200 and < 1500) feed.Advance(s);
            else
            {
                feed.With(s, s < 600 ? 9_000 + s : s < 640 ? 0 : s - 640, 0);
                if (s % 3 != 0) feed.With(s, s / 3 % 990, 1);
                if (s is < 300 or > 420) feed.With(s, s / 100 % 3, 2);
                if (s % 7 == 0) feed.With(s - 5, 4, 1);
                feed.Send(s);
                feed.Gauge(s, s % 13, 3);
            }
            if (restartEvery > 0 && s % restartEvery == 0) feed.Restart();
        }
        return feed;
    }

    private static MeteringPlan Busy()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour] };
        var (meter, pieces, state, power) = (plant.Counter(Plant.Meter with { Modulus = 10_000 }), plant.Counter(Plant.Pieces with { Resets = ResetPolicy.ToZero, LagMicros = 2_000_000 }), plant.State(), plant.Gauge());
        var parent = plant.Unit();
        plant.Unit(new UnitPlan { Id = 0, Path = "", Parent = parent, Inputs = [Electric(meter), new UnitInputPlan(pieces, InputRole.Good, Carrier.None)], StateSlot = state, Gauges = [power] });
        return plant.Plan();
    }

    private static MeteringPlan Two(CounterPlan first, CounterPlan second)
    {
        var plant = new Plant();
        plant.Unit(Electric(plant.Counter(first)), Electric(plant.Counter(second)));
        return plant.Plan();
    }

    private static UnitInputPlan Electric(int slot) => new(slot, InputRole.Purchased, Carrier.Electricity);
}
