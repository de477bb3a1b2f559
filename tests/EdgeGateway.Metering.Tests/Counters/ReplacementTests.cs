using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Counters;

/// <summary>
/// A meter is taken off at 110 s showing 1110 steps, and another one put on at 120 s showing 3. The old one was read last at 100 s (1100), the new one first at 130 s (13). One step a second
/// flows but from 110 s to 120 s.
/// </summary>
public sealed class ReplacementTests
{
    private const long One = CounterLine.One;
    private static readonly WindowKind[] Kinds = [WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Day];

    [Theory]
    [InlineData(400, false)]
    [InlineData(400, true)]
    [InlineData(20_000, false)]
    [InlineData(20_000, true)]
    public void A_replacement_with_both_displays_read_loses_nothing_however_late_it_is_told(int told, bool restart)
    {
        var feed = Replaced(told);
        Assert.Equal((100 + told - 130) * One, feed.Core.TotalOf(0));
        Assert.NotEqual(WindowFlags.None, feed.Input(120).Flags & WindowFlags.Missing);
        feed.Say(told, ReplaceWord.Verb, 115, (ReplaceWord.Final, "11.10"), (ReplaceWord.Initial, "0.03"));
        if (restart) feed.Restart();
        feed.Run(told + 1, told + 100, told + 1 - 117);
        // What flowed: 110 s on the old meter, none for 10 s, then the new one.
        Assert.Equal((told + 90) * One, feed.Core.TotalOf(0));
        Assert.Contains(EventKind.MeterReplaced, feed.Said.Kinds);
        foreach (var kind in Kinds)
        {
            var windows = feed.Said.Final.Where(r => r.Kind == kind).OrderBy(r => r.Start).ToArray();
            for (var i = 1; i < windows.Length; i++) Assert.Equal(windows[i - 1].Inputs[0].T1, windows[i].Inputs[0].T0);
            foreach (var window in windows)
            {
                Assert.Equal(WindowFlags.None, window.Inputs[0].Flags & WindowFlags.Missing);
                Assert.True(window.Inputs[0].Bound < long.MaxValue);
                Assert.Equal(window.Inputs[0].T1 - window.Inputs[0].T0, window.Inputs[0].ByState.Sum);
                if (window.Start > Feed.At(130)) Assert.Equal(((window.Start - Feed.Origin) / 1_000_000 - 10) * One, window.Inputs[0].T0);
            }
        }
        // Off at 115 s with 110 steps, first read at 130 s with 120: at 120 s a third of the ten between.
        Assert.Equal(113 * One + One / 3, feed.Input(60).T1);
        Assert.Equal((Basis.Estimated, Basis.Estimated, Basis.Exact), (feed.Input(60).Basis, feed.Input(120).Basis, feed.Input(180).Basis));
        Assert.Equal(1, feed.Input(360).RegisterEpoch);
    }

    [Fact]
    public void A_replacement_told_before_the_new_meter_is_read_causes_no_suspicion()
    {
        var feed = new Feed(Plant.OfOneMeter()).Run(0, 100, 1000).Say(121, ReplaceWord.Verb, 110, (ReplaceWord.Final, "11.10"), (ReplaceWord.Initial, "0.03")).Restart();
        feed.Run(130, 300, 13);
        Assert.Equal(290 * One, feed.Core.TotalOf(0));
        Assert.Equal([EventKind.OperatorWord, EventKind.MeterReplaced], feed.Said.Kinds.Where(k => k != EventKind.Gap));
        Assert.Equal(WindowFlags.None, feed.Input(120).Flags & WindowFlags.Missing);
    }

    [Fact]
    public void Where_a_display_was_not_read_the_energy_of_its_part_stays_missing()
    {
        var feed = Replaced(400).Say(400, ReplaceWord.Verb, 115, (ReplaceWord.Initial, "0.03")).Run(401, 500, 284);
        // The ten steps of the old meter's end are not known, those of the new one's beginning are.
        Assert.Equal((100 + 10 + 500 - 130) * One, feed.Core.TotalOf(0));
        Assert.Equal((WindowFlags.Missing, Basis.LowerBound), (feed.Input(60).Flags & WindowFlags.Missing, feed.Input(60).Basis));
    }

    [Fact]
    public void A_word_can_be_corrected_by_a_later_one()
    {
        var feed = Replaced(400).Say(400, ReplaceWord.Verb, 115, (ReplaceWord.Final, "11.02"), (ReplaceWord.Initial, "0.03"))
            .Say(401, ReplaceWord.Verb, 115, (ReplaceWord.Final, "11.10"), (ReplaceWord.Initial, "0.03")).Run(402, 500, 285);
        Assert.Equal(490 * One, feed.Core.TotalOf(0));
    }

    [Theory]
    [InlineData("10.00", null, 115)] // below what was read
    [InlineData("99.00", null, 115)] // more than it can have counted
    [InlineData("11.10", "0.99", 115)] // above what the new one showed
    [InlineData("1e99", null, 115)]
    [InlineData("11.10", "0.03", -90_000)] // nobody saw a reset then
    public void What_cannot_be_is_refused_with_the_reason_and_changes_nothing(string final, string? initial, int at)
    {
        var feed = Replaced(400);
        var total = feed.Core.TotalOf(0);
        feed.Say(400, ReplaceWord.Verb, at, initial is null ? [(ReplaceWord.Final, final)] : [(ReplaceWord.Final, final), (ReplaceWord.Initial, initial)]);
        var refused = Assert.Single(feed.Said.Events, e => e.Kind == EventKind.WordRefused);
        Assert.Contains(refused.Details, d => d.Key == "reason" && d.Value.Length > 20);
        Assert.Equal(total, feed.Core.TotalOf(0));
    }

    private static Feed Replaced(int until)
    {
        var plant = new Plant { Longer = [.. Kinds[1..]] };
        plant.Unit(new UnitInputPlan(plant.Counter(Plant.Meter), InputRole.Purchased, Carrier.Electricity));
        return new Feed(plant.Plan()).Run(0, 100, 1000).Run(130, until, 13);
    }
}
