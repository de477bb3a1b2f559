using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Tests.Contract;

/// <summary>Whether a kind of publisher sends about as much as it tells <c>plan</c>.</summary>
public static class TrafficCheck
{
    private const int Windows = 96, Polls = 300;

    /// <summary>Sends a day's quarter hours of one unit, then five minutes of a meter, one by one as they come in life, and compares the bytes that really left.</summary>
    public static async Task HoldsAsync(IPublisher publisher, TrafficShape shape, CancellationToken cancellationToken)
    {
        await publisher.ConnectAsync(cancellationToken);
        var records = await SentAsync(Enumerable.Range(0, Windows).Select(i => (PublishItem)new RecordItem(i + 1, Quarter(i))));
        Near(Windows * (shape.Record + 3 * shape.Input), records, "records");
        var samples = await SentAsync(Enumerable.Range(0, Polls).Select(i => (PublishItem)new TelemetryItem(i + 1,
        [
            new(Plant.Power, Plant.Start + i * UtcMicros.PerSecond, 40 + i * 7919 % 1000 / 100.0, 0, Quality.Good, null),
            new(Plant.Energy, Plant.Start + i * UtcMicros.PerSecond, 0, 123_456 + i, Quality.Good, null),
        ])));
        Near(Polls * (shape.Message + 2 * shape.Sample), samples, "samples");

        async Task<long> SentAsync(IEnumerable<PublishItem> many)
        {
            var (outcomes, before) = (new Outcome[1], publisher.BytesSent);
            foreach (var item in many)
            {
                await publisher.PublishAsync([item], outcomes, cancellationToken);
                Assert.Equal(OutcomeKind.Accepted, outcomes[0].Kind);
            }
            return publisher.BytesSent - before;
        }
    }

    private static void Near(double announced, long sent, string what) => Assert.True(sent > announced / 1.5 && sent < announced * 1.5, $"{what}: {announced} bytes announced, {sent} sent");

    private static WindowRecord Quarter(int i)
    {
        var record = new WindowRecord();
        (record.Unit, record.Kind, record.Start, record.End) = (Plant.Line, WindowKind.QuarterHour, Plant.Start + i * 15 * UtcMicros.PerMinute, Plant.Start + (i + 1) * 15 * UtcMicros.PerMinute);
        (record.Revision, record.CoveredMicros) = (new Revision(1_795_478_400, 4711 + i * 900), 15 * UtcMicros.PerMinute);
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, Plant.States(12 * UtcMicros.PerMinute, 3 * UtcMicros.PerMinute));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, i * 131_072_345L, (i + 1) * 131_072_345L, 475_136 + i));
        record.Add(Plant.Input(Plant.Good, InputRole.Good, i * 20 * 65_536, (i + 1) * 20 * 65_536, 65_536));
        record.Add(Plant.Input(Plant.Scrap, InputRole.Scrap, i * 65_536, (i + 1) * 65_536, 65_536));
        record.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Value = new Records.Numbers.ExactDecimal(61_700 + i, -6) });
        return record;
    }
}
