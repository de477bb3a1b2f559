using CsCheck;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Tests.Plants;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Tests.Late;

/// <summary>Samples that come within two polls of their time say what they would have said in order.</summary>
public sealed class LateTests
{
    [Fact]
    public void Samples_out_of_order_within_two_polls_say_the_same() =>
        Gen.Select(Gen.Int[0, 2].Array[150], Gen.Int[0, 1].Array[150], Gen.Bool).Sample((delays, steps, pieces) =>
        {
            var (ordered, shuffled) = (new Feed(Plan(pieces)), new Feed(Plan(pieces)));
            var value = 100L;
            var samples = steps.Select((step, i) => (At: i + 0.4, Value: value += step, Sent: i + delays[i] + 0.5)).ToArray();
            foreach (var (at, v, _) in samples) Send(ordered, at, v, at + 0.1);
            // Each third is on time, so that the counter's line reaches beyond the late ones.
            foreach (var (at, v, sent) in samples.OrderBy(s => s.Sent).ThenBy(s => -s.At)) Send(shuffled, at, v, sent);
            ordered.Advance(400);
            shuffled.Advance(400);
            Assert.Equal(0, shuffled.Core.Counters.Suspects);
            var firstSent = samples.OrderBy(s => s.Sent).ThenBy(s => -s.At).First();
            foreach (var window in ordered.Said.Final.Where(r => r.Start >= Feed.At(10) && r.End <= Feed.At(140)))
            {
                var other = shuffled.Said.Final.Single(r => r.Key == window.Key);
                var ((a0, a1), (b0, b1)) = ((window.Inputs[0].T0, window.Inputs[0].T1), (other.Inputs[0].T0, other.Inputs[0].T1));
                Assert.Equal(a1 - a0, b1 - b0);
            }
            Assert.Equal(shuffled.Core.Counters.Late, shuffled.Core.Counters.Refined + samples.Count(s => s.At < firstSent.At));
        }, iter: 300);

    [Fact]
    public void A_late_sample_off_the_line_changes_nothing()
    {
        var feed = new Feed(Plan(false)).Run(0, 20, 100);
        var before = feed.Said.Bodies.Count;
        feed.Count(19.5, 500).Count(17.5, 90).Count(5.5, 105);
        Assert.Equal((3L, 0L, before), (feed.Core.Counters.Late, feed.Core.Counters.Refined, feed.Said.Bodies.Count));
    }

    private static Plans.MeteringPlan Plan(bool pieces) => Plant.OfOneMeter(pieces ? Plant.Pieces : Plant.Meter) with { BaseWindow = WindowKind.OfSeconds(5), LongerWindows = [WindowKind.Minute] };

    private static void Send(Feed feed, double at, long value, double sent)
    {
        var block = new SampleBlock(1);
        block.TryAddInteger(0, Feed.At(at), 0, value);
        feed.Send(block, sent);
    }
}
