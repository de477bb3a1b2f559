namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Words of the streams: in tables, metrics, maps and commands. Durable.</summary>
public static class RecordStreams
{
    /// <summary>The word of a stream.</summary>
    public static string Word(this RecordStream stream) => stream switch
    {
        RecordStream.Records => "records",
        RecordStream.Telemetry => "telemetry",
        RecordStream.Events => "events",
        _ => throw new ArgumentOutOfRangeException(nameof(stream), stream, "No such stream."),
    };

    /// <summary>The stream of a word, or null.</summary>
    public static RecordStream? Parse(string word) => word switch
    {
        "records" => RecordStream.Records,
        "telemetry" => RecordStream.Telemetry,
        "events" => RecordStream.Events,
        _ => null,
    };
}
