using System.Collections.Immutable;
using System.Globalization;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;

namespace EdgeGateway.Exporting;

/// <summary>A range of the log as a person writes it.</summary>
internal static class RangeWords
{
    public const string FromDoc = "Begin, such as 2026-11-24T08:00:00+08:00; UTC where no offset is given.", ToDoc = "End, not included.", StreamsDoc = "Any of records, telemetry, events, with commas between.";

    private static readonly (string Word, RecordStream Stream)[] Streams = [("records", RecordStream.Records), ("telemetry", RecordStream.Telemetry), ("events", RecordStream.Events)];

    /// <summary>Reads a range; what is wrong comes back, or null.</summary>
    public static string? TryParse(string? from, string? to, string streams, out LogRange? range)
    {
        range = null;
        if (!TryTime(from, out var begin) || !TryTime(to, out var end) || begin >= end) return "Write from and to as 2026-11-24T08:00:00Z or with an offset such as +08:00; to lies behind from.";
        var wanted = new List<RecordStream>();
        foreach (var word in streams.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Streams.FirstOrDefault(s => s.Word == word) is not { Word: not null } known) return $"streams: there is no '{word}'{Spelling.Hint(word, Streams.Select(s => s.Word))}; write records, telemetry, events.";
            wanted.Add(known.Stream);
        }
        range = new LogRange(begin, end, [.. wanted.Distinct()]);
        return null;
    }

    /// <summary>The words of streams, with commas between.</summary>
    public static string Of(ImmutableArray<RecordStream> streams) => string.Join(", ", streams.Select(s => Streams.First(w => w.Stream == s).Word));

    private static bool TryTime(string? text, out long micros)
    {
        micros = 0;
        if (text is null || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)) return false;
        micros = UtcMicros.From(instant);
        return true;
    }
}
