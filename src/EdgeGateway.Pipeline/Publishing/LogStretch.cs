using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Reads a range of the log page by page as items: of records the newest revisions only. Not thread-safe.</summary>
/// <remarks>What is chosen for a target holds here too, but for report by exception: whoever asks for a range wants all of it.</remarks>
/// <param name="range">What is wanted.</param>
/// <param name="log">The log.</param>
/// <param name="chosen">What of the plant's data, and under which names.</param>
/// <param name="end">Where the log ended when this began.</param>
public sealed class LogStretch(LogRange range, ILogReader log, ChosenData chosen, LogEnd end)
{
    private const int Page = 200;

    // Stamps of devices run ahead of their entry by 5 s at most (design §6); a minute is plenty. Behind it they may lie as far as they like.
    private const long Ahead = UtcMicros.PerMinute;

    private readonly ChosenSamples _samples = new(chosen, everything: true);
    private int _stream;
    private long? _after;

    /// <summary>True where everything was read.</summary>
    public bool Done => _stream >= range.Streams.Length;

    /// <summary>The next items; reads at most one page, so there may be none although it is not done.</summary>
    public IReadOnlyList<PublishItem> Next()
    {
        var items = new List<PublishItem>();
        if (Done) return items;
        var stream = range.Streams[_stream];
        var before = _after ?? (stream == RecordStream.Telemetry ? FirstEntry() : 0);
        _after = stream switch
        {
            RecordStream.Records => ReadRecords(before, items),
            RecordStream.Telemetry => ReadEntries(before, items),
            _ => ReadEvents(before, items),
        };
        if (_after != before) return items;
        _stream++;
        _after = null;
        return items;
    }

    private long ReadRecords(long after, List<PublishItem> items)
    {
        foreach (var stored in log.ReadRecords(after, Page))
        {
            if (stored.Id > end.Record) break;
            after = stored.Id;
            var record = new WindowRecord();
            if (!stored.Superseded && WindowRecordCodec.TryDecode(stored.Body, record) && range.Holds(record.Start) && chosen.Wants(record)) items.Add(new RecordItem(stored.Id, record, stored.Restates));
        }
        return after;
    }

    private long ReadEntries(long after, List<PublishItem> items)
    {
        foreach (var entry in log.ReadEntries(after, Page))
        {
            if (entry.Seq > end.Entry) break;
            after = entry.Seq;
            if (OffsetOf(entry) is not { } offset) continue;
            var rows = _samples.Of(entry, offset).Where(r => range.Holds(r.Time)).ToList();
            if (rows.Count > 0) items.Add(new TelemetryItem(entry.Seq, rows));
        }
        return after;
    }

    private long ReadEvents(long after, List<PublishItem> items)
    {
        foreach (var stored in log.ReadEvents(after, Page))
        {
            if (stored.Id > end.Event) break;
            after = stored.Id;
            if (range.Holds(stored.Happening.At)) items.Add(new EventItem(stored.Id, stored.Happening));
        }
        return after;
    }

    /// <summary>Number of an entry before the first that may hold a sample of the range; times never fall from entry to entry.</summary>
    private long FirstEntry()
    {
        var (low, high) = (0L, end.Entry);
        while (low < high)
        {
            var middle = low + (high - low) / 2;
            if (log.ReadEntries(middle, 1) is [var entry] && OffsetOf(entry) is { } offset && entry.Now + offset < range.From - Ahead) low = entry.Seq;
            else high = middle;
        }
        return low;
    }

    /// <summary>What makes the entry's times UTC; null where that is not known.</summary>
    private long? OffsetOf(StoredEntry entry) => EntryCodec.IsBootTime(entry.Codec) ? log.Boot(entry.Boot).UtcOffsetMicros : 0;
}
