using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Writer;

namespace EdgeGateway.Storage.Tests;

/// <summary>Holds what a store contains against what its entries' numbers say it must contain.</summary>
internal static class Found
{
    /// <summary>Asserts a prefix of the workload without holes, each entry with all that it caused and nothing else. Returns the newest number.</summary>
    public static long Prefix(SqliteStore store)
    {
        Assert.Null(store.Opened.SetAside);
        long last = 0, records = 0, events = 0;
        for (var entries = store.ReadEntries(0, 500); entries.Count > 0; entries = store.ReadEntries(last, 500))
        {
            foreach (var entry in entries)
            {
                Assert.Equal(++last, entry.Seq);
                Assert.Equal(last * Workload.StepMicros, entry.Now);
                Assert.True(Workload.BodyOf(last).AsSpan().SequenceEqual(entry.Body), $"body of {last}");
                records += Workload.RecordsOf(last);
                if (Workload.HasEvent(last)) events++;
            }
        }
        Assert.Equal(last, store.Opened.LastSeq);
        Assert.Equal(last, store.DurableSeq);
        RecordsAre(store, last, records);
        EventsAre(store, last, events);
        var checkpoint = store.LoadCheckpoint();
        Assert.Equal(last / 40 * 40, checkpoint?.Seq ?? 0);
        if (checkpoint is not null) Assert.True(Workload.CheckpointOf(checkpoint.Seq).AsSpan().SequenceEqual(checkpoint.Body));
        if (store.LoadCursor("platform", RecordStream.Telemetry) is { } cursor) Assert.InRange(cursor.Contiguous, 0, last);
        return last;
    }

    private static void RecordsAre(SqliteStore store, long last, long expected)
    {
        var seen = new HashSet<(int, long)>();
        var record = new WindowRecord();
        long after = 0;
        for (var rows = store.ReadRecords(0, 500); rows.Count > 0; rows = store.ReadRecords(after, 500))
        {
            foreach (var row in rows)
            {
                Assert.True(row.Id > after);
                after = row.Id;
                Assert.True(WindowRecordCodec.TryDecode(row.Body, record));
                Assert.InRange(record.Revision.Seq, 1, last);
                Assert.True(seen.Add((record.Unit, record.Revision.Seq)), "a record twice");
                Assert.True(record.Unit <= Workload.RecordsOf(record.Revision.Seq));
            }
        }
        Assert.Equal(expected, seen.Count);
        Assert.Equal(after, store.DurableRecordId);
    }

    private static void EventsAre(SqliteStore store, long last, long expected)
    {
        long after = 0, count = 0;
        for (var rows = store.ReadEvents(0, 500); rows.Count > 0; rows = store.ReadEvents(after, 500))
        {
            foreach (var row in rows)
            {
                after = row.Id;
                count++;
                var seq = long.Parse(row.Happening.Details[0].Value, System.Globalization.CultureInfo.InvariantCulture);
                Assert.InRange(seq, 1, last);
                Assert.True(Workload.HasEvent(seq));
            }
        }
        Assert.Equal(expected, count);
    }
}
