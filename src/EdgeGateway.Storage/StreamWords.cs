using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Storage;

/// <summary>Words of the streams in the tables. Durable.</summary>
internal static class StreamWords
{
    public static string Of(RecordStream stream) => stream switch
    {
        RecordStream.Records => "records",
        RecordStream.Telemetry => "telemetry",
        RecordStream.Events => "events",
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "No such stream."),
    };
}
