using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Storage;

namespace EdgeGateway.Explaining;

/// <summary>Finds samples in the input log by time. Nothing else of the store is touched.</summary>
internal sealed class SampleSearch(ReadOnlyStore store)
{
    // A day around a window: what lies further away is a gap, and metering says so.
    private const long Margin = 24 * UtcMicros.PerHour;
    private const int Page = 256;

    /// <summary>Samples of points around [start, end), by persisted point id.</summary>
    public IReadOnlyDictionary<int, SampleSpan> Find(IReadOnlySet<int> points, long start, long end, long within)
    {
        var rows = new Rows(points, start, end);
        var after = FirstFrom(start - Math.Min(within, Margin));
        var limit = end + Math.Min(within, Margin);
        var more = true;
        while (more && store.ReadEntries(after, Page) is { Count: > 0 } entries)
        {
            foreach (var entry in entries)
            {
                after = entry.Seq;
                var offset = OffsetOf(entry);
                if (offset is null) continue;
                more = entry.Now + offset <= limit;
                if (!more) break;
                if (entry.Kind != EntryKind.Samples) continue;
                (rows.Offset, rows.Seq) = (offset.Value, entry.Seq);
                SampleBlockCodec.TryDecode(EntryCodec.Body(entry.Codec), entry.Body, ref rows);
            }
        }
        return points.ToDictionary(p => p, p => rows.Spans.GetValueOrDefault(p) ?? new SampleSpan(null, null, 0, 0));
    }

    /// <summary>Number of an entry before the first whose time is <paramref name="time"/> or later; times never fall from entry to entry.</summary>
    private long FirstFrom(long time)
    {
        var (low, high) = (0L, store.LastSeq);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            if (store.ReadEntries(middle, 1) is [var entry] && TimeOf(entry) < time) low = entry.Seq;
            else high = middle;
        }
        return low;
    }

    private long TimeOf(StoredEntry entry) => entry.Now + (OffsetOf(entry) ?? 0);

    /// <summary>What makes the entry's times UTC; null where that is not known yet.</summary>
    private long? OffsetOf(StoredEntry entry) => EntryCodec.IsBootTime(entry.Codec) ? store.Boot(entry.Boot).UtcOffsetMicros : 0;

    private struct Rows(IReadOnlySet<int> points, long start, long end) : ISampleRowSink
    {
        public Dictionary<int, SampleSpan> Spans { get; } = [];

        public long Offset { get; set; }

        public long Seq { get; set; }

        public readonly void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text)
        {
            if (!points.Contains(pointId)) return;
            var at = time + Offset;
            var span = Spans.GetValueOrDefault(pointId) ?? new SampleSpan(null, null, 0, 0);
            var sample = new LoggedSample(at, integer, quality, Seq);
            if (at >= start && at < end) span = span with { Within = span.Within + 1, Bad = span.Bad + (quality.HasValue() ? 0 : 1) };
            if (quality.HasValue() && at <= start) span = span with { Before = sample };
            if (quality.HasValue() && at >= end && span.After is null) span = span with { After = sample };
            Spans[pointId] = span;
        }
    }
}
