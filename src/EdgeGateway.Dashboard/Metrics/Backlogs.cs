using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Dashboard.Metrics;

/// <summary>What waits for a publisher in one stream.</summary>
/// <param name="Publisher">Name of the publisher.</param>
/// <param name="Stream">The stream.</param>
/// <param name="Items">Items durable and not acknowledged; superseded ones count until they are passed.</param>
internal readonly record struct Backlog(string Publisher, RecordStream Stream, long Items)
{
    public string Word => Stream.Word();
}

/// <summary>Compares each publisher's cursors with the ends of the streams.</summary>
internal static class Backlogs
{
    private static readonly RecordStream[] Streams = [RecordStream.Records, RecordStream.Telemetry, RecordStream.Events];

    public static IEnumerable<Backlog> Of(IGatewayView gateway)
    {
        var store = gateway.Store;
        foreach (var publisher in gateway.Publishers)
        {
            foreach (var stream in Streams)
            {
                if (store.LoadCursor(publisher.Name, stream) is not { } cursor) continue;
                var newest = stream switch { RecordStream.Records => store.DurableRecordId, RecordStream.Telemetry => store.DurableSeq, _ => store.DurableEventId };
                var acknowledged = cursor.Ranges.Sum(r => Math.Max(0, Math.Min(r.Hi, newest) - Math.Max(r.Lo, 1) + 1));
                yield return new Backlog(publisher.Name, stream, Math.Max(0, newest - acknowledged));
            }
        }
    }
}
