using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Storage.Sqlite;
using EdgeGateway.Storage.Writer;
using EdgeGateway.Storage.Writing;

namespace EdgeGateway.Storage.Tests;

public sealed class CommitTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Commits_follow_the_time_of_the_entries()
    {
        // Four entries a second of their own time, a commit each two seconds: entries 1 to 9, then 10 to 17.
        await using var store = _folder.Open();
        await StoreFolder.PostAsync(store, 1, 8);
        Assert.Equal((0, 8), (store.DurableSeq, store.Pending));
        await StoreFolder.PostAsync(store, 9, 9);
        await store.WaitForCommitAsync(0, default);
        Assert.Equal((9, 0), (store.DurableSeq, store.Pending));
        await StoreFolder.PostAsync(store, 10, 16);
        Assert.Equal((9, 7), (store.DurableSeq, store.Pending));
        await StoreFolder.PostAsync(store, 17, 17);
        await store.WaitForCommitAsync(9, default);
        Assert.Equal(17, store.DurableSeq);
        Assert.Equal((2, 17), (store.Counters.Commits, store.Counters.Entries));
        Assert.Equal(Enumerable.Range(1, 17).Sum(i => Workload.BodyOf(i).Length), store.Counters.EntryBytes);
    }

    [Fact]
    public async Task After_a_restart_the_last_commit_counts()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 1);
        await using var again = _folder.Open();
        await StoreFolder.PostAsync(again, 2, 8);
        Assert.Equal(1, again.DurableSeq);
        await StoreFolder.PostAsync(again, 9, 9);
        await again.WaitForCommitAsync(1, default);
        Assert.Equal(9, again.DurableSeq);
    }

    [Fact]
    public async Task A_batch_that_grows_too_large_is_committed_before_its_time()
    {
        await using var byCount = StoreFolder.Open(_folder.Options with { QueueCapacity = 8, CommitInterval = TimeSpan.FromDays(1) });
        await StoreFolder.PostAsync(byCount, 1, 4);
        await byCount.WaitForCommitAsync(0, default);
        Assert.Equal(4, byCount.DurableSeq);
        using var other = new StoreFolder();
        await using var byBytes = StoreFolder.Open(other.Options with { QueueBytes = 20_000, CommitInterval = TimeSpan.FromDays(1) });
        await StoreFolder.PostAsync(byBytes, 1, 2);
        await byBytes.WaitForCommitAsync(0, default);
    }

    [Fact]
    public async Task A_flush_makes_durable_what_was_posted_and_only_then_returns()
    {
        await using var store = _folder.Open();
        await store.FlushAsync(default);
        await StoreFolder.PostAsync(store, 1, 3);
        await store.FlushAsync(default);
        Assert.Equal((3, 1), (store.DurableSeq, store.Counters.Commits));
        await store.FlushAsync(default);
        Assert.Equal(1, store.Counters.Commits);
        Assert.Equal("3", _folder.Ask("SELECT max(seq) FROM input"));
    }

    [Fact]
    public async Task A_cursor_alone_forces_no_commit_and_goes_with_the_next()
    {
        await using var store = _folder.Open();
        var ranges = new AckRanges();
        ranges.Add(1, 5);
        store.PostCursor("platform", RecordStream.Records, ranges);
        await StoreFolder.PostAsync(store, 1, 8);
        Assert.Equal("", _folder.Ask("SELECT * FROM cursor"));
        await StoreFolder.PostAsync(store, 9, 9);
        await store.WaitForCommitAsync(0, default);
        Assert.Equal("platform|records|1|5", _folder.Ask("SELECT * FROM cursor"));
        Assert.Equal(1, store.Counters.Commits);
    }

    [Fact]
    public async Task Waiting_for_a_commit_can_be_given_up_and_ends_with_the_store()
    {
        var store = _folder.Open();
        using var cancel = new CancellationTokenSource();
        var given = store.WaitForCommitAsync(0, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given);
        var waiting = store.WaitForCommitAsync(0, default);
        await store.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => StoreFolder.PostAsync(store, 1, 1));
        await store.DisposeAsync();
    }

    [Fact]
    public async Task The_pulse_is_quiet_only_when_nothing_is_due()
    {
        var pulse = new LoopPulse();
        await using var store = StoreFolder.Open(_folder.Options with { Pulse = pulse });
        await Until.TrueAsync(() => pulse.Quiet, "the store to wait");
        await StoreFolder.PostAsync(store, 1, 8);
        Assert.True(pulse.Quiet);
        await StoreFolder.PostAsync(store, 9, 9);
        await Until.TrueAsync(() => pulse.Quiet, "the store to wait again");
        Assert.Equal(9, store.DurableSeq);
        store.PlanId("x");
        await Until.TrueAsync(() => pulse.Quiet, "the store to wait a third time");
    }

    [Fact]
    public async Task Readers_see_whole_commits_while_the_writer_writes()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromMilliseconds(250) });
        const int last = 1500;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            long seen = 0, reads = 0;
            while (seen < last)
            {
                var known = store.DurableSeq;
                var rows = store.ReadEntries(seen, 100);
                foreach (var entry in rows)
                {
                    Assert.Equal(++seen, entry.Seq);
                    if (seen % 50 == 0) Assert.True(Workload.BodyOf(seen).AsSpan().SequenceEqual(entry.Body));
                }
                Assert.True(known <= seen || rows.Count == 100, "a durable entry could not be read");
                reads++;
                if (seen >= store.DurableSeq && seen < last) await store.WaitForCommitAsync(seen, TestContext.Current.CancellationToken);
            }
            return reads;
        })).ToList();
        await StoreFolder.PostAsync(store, 1, last);
        await store.FlushAsync(default);
        await Task.WhenAll(readers);
        Assert.True(new FileInfo(_folder.Path + "-wal").Length < 32 << 20);
    }

    [Fact]
    public async Task What_was_posted_is_read_before_it_is_durable()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromDays(1) });
        await StoreFolder.PostAsync(store, 1, 10);
        await store.FlushAsync(default);
        var waiting = store.WaitForPostAsync(10, default);
        Assert.False(waiting.IsCompleted);
        await StoreFolder.PostAsync(store, 11, 15);
        await waiting;
        Assert.Equal((10, 15), (store.DurableSeq, store.PostedSeq));
        Assert.Equal(Enumerable.Range(6, 10), store.ReadPosted(5, 100).Select(e => (int)e.Seq));
        Assert.Equal([11, 12, 13], store.ReadPosted(10, 3).Select(e => e.Seq));
        Assert.Equal(Enumerable.Range(1, 12), store.ReadPosted(0, 12).Select(e => (int)e.Seq));
        Assert.Empty(store.ReadPosted(15, 10));
        Assert.All(store.ReadPosted(0, 100), e => Assert.True(Workload.BodyOf(e.Seq).AsSpan().SequenceEqual(e.Body)));
        Assert.Equal(10, store.ReadEntries(0, 100).Count);
    }

    [Fact]
    public async Task An_acknowledgement_of_what_is_not_durable_yet_waits_for_it()
    {
        await using (var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromSeconds(2) }))
        {
            await StoreFolder.PostAsync(store, 1, 9);
            await store.WaitForCommitAsync(0, default);
            await StoreFolder.PostAsync(store, 10, 12);
            var acknowledged = new AckRanges();
            acknowledged.Add(1, 12);
            store.PostCursor("platform", RecordStream.Telemetry, acknowledged);
            File.Copy(_folder.Path, _folder.Path + ".cut");
            File.Copy(_folder.Path + "-wal", _folder.Path + ".cut-wal");
            await StoreFolder.PostAsync(store, 13, 17);
            await store.FlushAsync(default);
        }
        // A power cut before the commit: neither is there. Afterwards: both.
        Assert.Equal("9|", SqliteProgram.Ask(_folder.Path + ".cut", "SELECT max(seq), (SELECT max(hi) FROM cursor) FROM input"));
        Assert.Equal("17|12", _folder.Ask("SELECT max(seq), (SELECT max(hi) FROM cursor) FROM input"));
    }

    [Fact]
    public async Task The_tap_has_no_holes_while_the_writer_writes()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromMilliseconds(250) });
        const int last = 1500;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            for (long seen = 0; seen < last;)
            {
                foreach (var entry in store.ReadPosted(seen, 7))
                {
                    Assert.Equal(++seen, entry.Seq);
                    Assert.True(Workload.BodyOf(seen).AsSpan().SequenceEqual(entry.Body));
                }
                if (seen >= store.PostedSeq && seen < last) await store.WaitForPostAsync(seen, TestContext.Current.CancellationToken);
            }
        })).ToList();
        await StoreFolder.PostAsync(store, 1, last);
        await Task.WhenAll(readers);
    }

    [Fact]
    public async Task Posting_allocates_nothing()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromDays(1) });
        long seq = 0, allocated = -1;
        for (var round = 0; round < 6; round++)
        {
            allocated = PostSome();
            await store.FlushAsync(default);
        }
        Assert.Equal(0, allocated);

        long PostSome()
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
            {
                var entry = store.Rent();
                entry.Seq = ++seq;
                entry.Body.GetSpan(3000)[..3000].Fill(7);
                entry.Body.Advance(3000);
                var posted = store.PostAsync(entry, default);
                if (!posted.IsCompletedSuccessfully) throw new InvalidOperationException("Posting should not have to wait.");
            }
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }
    }

    [Fact]
    public void Committing_entries_and_records_allocates_nothing()
    {
        using var file = Connection.Open(_folder.Path, writing: true);
        Files.Schema.Ensure(file, _folder.Path);
        var writer = new BatchWriter(file, 0, 0);
        var batch = new Batch();
        var pool = new EntryPool(100);
        long seq = 0, least = long.MaxValue;
        for (var round = 0; round < 60; round++)
        {
            for (var i = 0; i < 20; i++)
            {
                var entry = pool.Rent();
                (entry.Seq, entry.Now, entry.Codec) = (++seq, seq, 1);
                entry.Body.GetSpan(4000)[..4000].Fill((byte)seq);
                entry.Body.Advance(4000);
                entry.Add(Record(seq));
                batch.Add(entry);
            }
            var before = GC.GetAllocatedBytesForCurrentThread();
            writer.Write(batch);
            // What a commit allocates it allocates each time; what the runtime does once in a while, such as replacing code, is not the store's.
            if (round >= 40) least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
            pool.Return(batch.Entries);
            batch.Clear();
        }
        Assert.Equal(0, least);

        static EdgeGateway.Records.Windows.WindowRecord Record(long seq)
        {
            var record = Workload.RecordOf(seq, 1);
            (record.Kind, record.WindowId) = (EdgeGateway.Records.Windows.WindowKind.Day, seq % 2 == 0 ? "2026-11-24" : "");
            return record;
        }
    }
}
