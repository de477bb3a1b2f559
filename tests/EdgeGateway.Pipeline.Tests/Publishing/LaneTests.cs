using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>Behind an outage, live data do not wait for the backlog, and the backlog does not wait for live data.</summary>
public sealed class LaneTests : IAsyncDisposable
{
    private const int Backlog = 3_000, Batch = 200;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-lanes-");
    private readonly SqliteStore _store;
    private long _seq;

    public LaneTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "gateway.db") }, NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_live_record_waits_behind_one_batch_of_the_backlog_at_most()
    {
        await RecordsAsync(Backlog);
        var live = new List<(long Id, int OfferedBefore)>();
        var offered = 0;
        var publisher = new ScriptedPublisher((id, _) =>
        {
            var at = Interlocked.Increment(ref offered);
            if (id > Backlog) live.Add((id, at));
            // With each batch of the backlog another live record becomes durable, as with each commit of a real day.
            else if (id % Batch == 0) RecordsAsync(1).GetAwaiter().GetResult();
            return Outcome.Accepted;
        })
        { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var running = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance).RunAsync(ending.Token);
        await Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous >= Backlog + (Backlog / Batch), "all to be acknowledged", TimeSpan.FromSeconds(60));
        await ending.CancelAsync();
        await running;
        Assert.Equal(Backlog / Batch, live.Count);
        // The n-th live record came up behind n batches of old ones, and went out before the next was over.
        for (var n = 0; n < live.Count; n++) Assert.InRange(live[n].OfferedBefore, (n + 1) * Batch, (n + 2) * Batch + n + 1);
        Assert.Equal(Enumerable.Range(1, Backlog + live.Count).Select(i => (long)i), publisher.Offered.Order());
        Assert.Equal([(1L, (long)Backlog + live.Count)], _store.LoadCursor("target", RecordStream.Records)!.Ranges);
    }

    [Fact]
    public async Task What_was_sent_ahead_of_the_backlog_is_not_sent_again_after_a_restart()
    {
        await RecordsAsync(Backlog);
        var dead = false;
        var first = new ScriptedPublisher((id, _) =>
        {
            if (dead || id == 700) dead = true;
            else if (id == 100) RecordsAsync(5).GetAwaiter().GetResult();
            return dead ? throw new PublisherException("the line broke") : Outcome.Accepted;
        })
        { FromOldest = true };
        using (var ending = new CancellationTokenSource())
        {
            var running = new PublisherLoop(first, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance).RunAsync(ending.Token);
            await Until.TrueAsync(() => dead, "the line to break");
            await ending.CancelAsync();
            await running;
        }
        var cursor = _store.LoadCursor("target", RecordStream.Records)!;
        Assert.Equal([(1L, 699L), (Backlog + 1L, Backlog + 5L)], cursor.Ranges);
        var second = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true };
        using (var ending = new CancellationTokenSource())
        {
            var running = new PublisherLoop(second, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance).RunAsync(ending.Token);
            await Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous == Backlog + 5, "all to be acknowledged", TimeSpan.FromSeconds(60));
            await ending.CancelAsync();
            await running;
        }
        Assert.Equal(Enumerable.Range(700, Backlog - 699).Select(i => (long)i), second.Offered);
    }

    [Fact]
    public async Task A_backlog_without_anything_for_the_target_ends_where_the_live_lane_begins()
    {
        await RecordsAsync(5);
        var reader = new Pipeline.Publishing.StreamReader(_store, new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true }, RecordStream.Telemetry, new PublisherHealth("target", () => 0), TimeProvider.System);
        reader.Begin();
        // Read together with the backlog, and behind its end.
        await RecordsAsync(2);
        Assert.Empty(reader.Read(100));
        Assert.Empty(reader.Read(100));
        Assert.Equal([(1L, 7L)], _store.LoadCursor("target", RecordStream.Telemetry)!.Ranges);
    }

    private async Task RecordsAsync(int count)
    {
        var record = new WindowRecord();
        for (var i = 0; i < count; i++)
        {
            var entry = _store.Rent();
            (entry.Seq, entry.Kind, entry.Now) = (++_seq, EntryKind.Advance, _seq);
            record.Clear();
            (record.Unit, record.Kind, record.Start, record.End, record.Revision) = (1, WindowKind.Minute, _seq * 60_000_000L, (_seq + 1) * 60_000_000L, new Revision(1, _seq));
            record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
            entry.Add(record);
            await _store.PostAsync(entry, CancellationToken.None);
        }
        await _store.FlushAsync(CancellationToken.None);
    }
}
