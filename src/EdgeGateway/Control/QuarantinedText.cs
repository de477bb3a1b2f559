using System.Globalization;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Control;

/// <summary>Says what an item in quarantine is, out of the log.</summary>
/// <param name="store">The log.</param>
/// <param name="names">Names of points and units.</param>
internal sealed class QuarantinedText(IStore store, INames names)
{
    private const int MostSamples = 20;

    /// <summary>How an item is called on the command line.</summary>
    public static string Name(QuarantinedItem q) => string.Create(CultureInfo.InvariantCulture, $"{q.Publisher} {q.Stream.Word()} {q.Id}");

    /// <summary>Its lines.</summary>
    public IEnumerable<string> Of(QuarantinedItem q)
    {
        yield return Name(q);
        yield return $"  refused {UtcMicros.Format(q.AtMicros)}: {q.Reason}";
        foreach (var line in q.Stream switch { RecordStream.Records => Record(q.Id), RecordStream.Telemetry => Samples(q.Id), _ => Event(q.Id) }) yield return "  " + line;
    }

    private IEnumerable<string> Record(long id)
    {
        var record = new WindowRecord();
        if (store.ReadRecords(id - 1, 1) is not [var stored] || stored.Id != id) yield return "the record has left the log";
        else if (!WindowRecordCodec.TryDecode(stored.Body, record)) yield return "the record cannot be read by this version";
        else
        {
            var window = record.WindowId.Length == 0 ? "" : " " + record.WindowId;
            yield return $"record of {names.Unit(record.Unit) ?? "a unit that the map no longer has"}, {record.Kind.Name}{window}, {UtcMicros.Format(record.Start)} to {UtcMicros.Format(record.End)}";
            yield return string.Create(CultureInfo.InvariantCulture, $"revision {record.Revision.Epoch}, {record.Revision.Seq}; {record.Inputs.Length} inputs");
            if (stored.Superseded) yield return "a newer revision is in the log: it goes its own way, and this one is not needed";
        }
    }

    private List<string> Samples(long seq)
    {
        if (store.ReadEntries(seq - 1, 1) is not [var entry] || entry.Seq != seq) return ["the samples have left the log"];
        var offset = EntryCodec.IsBootTime(entry.Codec) ? store.Boot(entry.Boot).UtcOffsetMicros : 0;
        var rows = new Lines(names, offset ?? 0);
        return SampleBlockCodec.TryDecode(EntryCodec.Body(entry.Codec), entry.Body, ref rows) ? rows.Shown() : ["the samples cannot be read by this version"];
    }

    private List<string> Event(long id)
    {
        if (store.ReadEvents(id - 1, 1) is not [var stored] || stored.Id != id) return ["the event has left the log"];
        var e = stored.Happening;
        return [$"event {Records.Events.EventWords.Word(e.Kind)} {UtcMicros.Format(e.At)} {e.Subject}", .. e.Details.Select(d => $"{d.Key}: {d.Value}")];
    }

    private struct Lines(INames names, long offset) : ISampleRowSink
    {
        private readonly List<string> _lines = [];
        private int _count;

        public readonly List<string> Shown() => _count <= MostSamples ? _lines : [.. _lines, string.Create(CultureInfo.InvariantCulture, $"and {_count - MostSamples} samples more")];

        public void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text)
        {
            if (_count++ >= MostSamples) return;
            var name = names.Point(pointId) is { } p ? $"{p.Device}.{p.Name}" : "point " + pointId.ToString(CultureInfo.InvariantCulture);
            var value = text ?? (number != 0 ? number.ToString("R", CultureInfo.InvariantCulture) : integer.ToString(CultureInfo.InvariantCulture));
            _lines.Add($"{name} {UtcMicros.Format(time + offset)} {(quality.HasValue() ? value : "-")} {quality.Word()}");
        }
    }
}
