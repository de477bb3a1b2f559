using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Histories;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Amendments;

/// <summary>Gap records of a unit never overlap, and with the base windows beside them are each counter's line. Times in hours; two meters are read once a minute, both make a step in four seconds.</summary>
public sealed class GapRecordTests
{
    private const long One = CounterLine.One;

    [Theory]
    [InlineData(1, 70, 20, 60, 1)] // one within the other: one record says both, what is left at its sides is less than a day
    [InlineData(1, 90, 30, 60, 3)] // more than a day is left on both sides
    [InlineData(30, 90, 1, 40, 2)] // reaches into a part of it: minutes there are stated again, the rest is a record of its own
    [InlineData(30, 60, 1, 40, 1)] // the same, with less than a day behind it
    [InlineData(1, 40, 41, 80, 2)] // one after the other
    [InlineData(1, 60, 1, 60, 1)] // both at once
    public void Silences_that_overlap_share_records(int fromA, int toA, int fromB, int toB, int records)
    {
        var feed = new Feed(Plan());
        Live(feed, 0, 100, h => h < fromA || h >= toA, h => h < fromB || h >= toB, restarts: true);
        Assert.Equal(records, Judged(feed).Length);
        Assert.All(Judged(feed), r => Assert.True(r.End - r.Start > 24L * 3_600_000_000));
        foreach (var point in (int[])[100, 101]) Assert.Equal(86_400 / 4 * One, feed.Input(86_400, point, kind: WindowKind.Day).T1 - feed.Input(86_400, point, kind: WindowKind.Day).T0);
    }

    [Fact]
    public void Where_an_old_line_returns_what_was_stated_of_the_other_one_is_stated_again_minute_by_minute()
    {
        // Silent for a day and a quarter, then for ten hours a line of its own, then the old one: forty hours of which nothing true was read.
        var feed = new Feed(Plan());
        Live(feed, 0, 60, h => h is < 1 or >= 31, _ => true, a: (h, value) => h is >= 31 and < 41 ? value : value + 300_000);
        var gap = Assert.Single(Judged(feed));
        Assert.InRange((gap.End - gap.Start) / 3_600_000_000, 28, 29);
        Assert.DoesNotContain(feed.Said.Final.SelectMany(r => r.Inputs.ToArray()), i => (i.Flags & WindowFlags.Missing) != 0);
        Assert.Equal((15 * One, Basis.Estimated), (Moved(feed.Input(35 * 3_600)), feed.Input(35 * 3_600).Basis));
    }

    [Fact]
    public void A_meter_that_was_replaced_meanwhile_moves_the_record()
    {
        // Taken off at 30 hours, when it had counted 27 000 steps; the new one begins at zero, and is read first at 41.
        static long Shown(double hour, long value) => hour < 41 ? value + 100_000 : value - 1_000 - 27_000;
        var feed = new Feed(Plan());
        Live(feed, 0, 45, h => h is < 1 or >= 41, _ => true, a: Shown);
        Assert.Equal(0, Moved(Assert.Single(Judged(feed)).Inputs[0]));
        feed.Say(45 * 3_600, ReplaceWord.Verb, 30 * 3_600, (ReplaceWord.Final, "1280.00"), (ReplaceWord.Initial, "0.00"));
        Live(feed, 45, 46, _ => true, _ => true, a: Shown);
        var gap = Assert.Single(Judged(feed));
        Assert.InRange(Moved(gap.Inputs[0]), 28 * 900 * One, 40 * 900 * One);
        Assert.Equal(WindowFlags.None, gap.Inputs[0].Flags & WindowFlags.Missing);
    }

    [Fact]
    public void A_ratio_corrected_within_it_divides_it()
    {
        var feed = new Feed(Plan());
        Live(feed, 0, 60, h => h is < 1 or >= 51, _ => true);
        feed.Say(60 * 3_600, RatioWord.Verb, 20 * 3_600, (RatioWord.Ratio, "40"));
        Live(feed, 60, 61, _ => true, _ => true);
        var gap = Assert.Single(Judged(feed));
        Assert.Equal([1, 40], gap.Inputs.ToArray().Select(i => (int)i.Ratio.ToDouble()));
        Assert.Equal(Feed.At(20 * 3_600), gap.Segments[0].End);
        // The minute at the date holds the total of an hour after the start: no longer window takes it for what it was.
        var day = feed.Window(0, kind: WindowKind.Day).Inputs.ToArray().Where(i => i.Point == 100).ToArray();
        Assert.Equal((20 * 900 - 15) * 0.01 + 4 * 900 * 0.4, day.Sum(i => i.Amount.ToDouble()), 3);
    }

    private static MeteringPlan Plan()
    {
        var plant = new Plant { Longer = [WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day] };
        var (a, b) = (plant.Counter(Plant.Meter, 60), plant.Counter(Plant.Meter, 60));
        plant.Unit(new UnitInputPlan(a, InputRole.Purchased, Carrier.Electricity), new UnitInputPlan(b, InputRole.Purchased, Carrier.Electricity));
        return plant.Plan();
    }

    private static void Live(Feed feed, int from, int to, Func<double, bool> readsA, Func<double, bool> readsB, bool restarts = false, Func<double, long, long>? a = null)
    {
        for (var s = from * 3_600 + 60; s <= to * 3_600; s += 60)
        {
            var hour = s / 3_600.0;
            if (readsA(hour)) feed.With(s, a?.Invoke(hour, 1_000 + s / 4) ?? 1_000 + s / 4, 0);
            if (readsB(hour)) feed.With(s, 5_000 + s / 4, 1);
            feed.Send(s);
            if (restarts && s / 60 % 97 == 0) feed.Restart();
        }
        for (var i = 0; i < 200; i++) feed.Advance(to * 3_600 + i / 100.0);
    }

    private static WindowRecord[] Judged(Feed feed)
    {
        var faults = new List<string>();
        new GapVerdict([.. feed.Said.Final], faults).Judge();
        Assert.True(faults.Count == 0, string.Join('\n', faults.Take(20)));
        return [.. feed.Said.Final.Where(r => r.Kind == WindowKind.Gap).OrderBy(r => r.Start)];
    }

    private static long Moved(WindowInput input) => input.T1 - input.T0;
}
