using EdgeGateway.Peers;
using EdgeGateway.Storage.Writer;

namespace EdgeGateway.Storage.Tests;

/// <summary>Another program holds the store; a flood meets a disk that does not follow.</summary>
[Collection(Alone.Name)]
public sealed class PressureTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_reader_that_holds_an_old_state_makes_the_log_long_and_it_is_short_again_afterwards()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromSeconds(10) });
        await StoreFolder.PostAsync(store, 1, 100);
        await store.FlushAsync(default);
        await using (var stuck = PeerProcess.Start("sqlite3", [_folder.Path]))
        {
            await stuck.Input.WriteLineAsync("BEGIN; SELECT 'holds', count(*) FROM input;");
            await stuck.Input.FlushAsync(TestContext.Current.CancellationToken);
            await stuck.SaysAsync("holds|100");
            // Nobody waits for it: commits and our own readers go on.
            await StoreFolder.PostAsync(store, 101, 6_000);
            await store.FlushAsync(default);
            Assert.Null(store.Fault);
            Assert.Equal(6_000, store.ReadEntries(5_999, 10)[0].Seq);
            Assert.True(store.LogFileBytes > 20_000_000, $"{store.LogFileBytes}");
            await stuck.Input.WriteLineAsync("COMMIT;\n.quit");
            await stuck.Input.FlushAsync(TestContext.Current.CancellationToken);
            await stuck.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        // Emptied by the next commits, and cut back to 16 MiB.
        for (var seq = 6_001; seq <= 6_400; seq += 100)
        {
            await StoreFolder.PostAsync(store, seq, seq + 99);
            await store.FlushAsync(default);
        }
        Assert.InRange(store.LogFileBytes, 0, 17 << 20);
    }

    [Fact]
    public async Task A_flood_before_a_disk_that_does_not_follow_stays_within_its_memory_waits_and_goes_on_by_itself()
    {
        const long bound = 8 << 20;
        await using var store = StoreFolder.Open(_folder.Options with { QueueBytes = bound, RetryFirst = TimeSpan.FromMilliseconds(50), RetryMost = TimeSpan.FromMilliseconds(200) });
        await StoreFolder.PostAsync(store, 1, 20);
        await store.FlushAsync(default);
        var before = Heap();
        long posted = 20;
        Task posting;
        await using (var holder = PeerProcess.Start("sqlite3", [_folder.Path]))
        {
            // A disk that takes nothing for a while, as SQLite sees it: another program has the write lock.
            await holder.Input.WriteLineAsync("BEGIN IMMEDIATE; SELECT 'holds';");
            await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
            await holder.SaysAsync("holds");
            posting = Task.Run(async () =>
            {
                while (Interlocked.Read(ref posted) < 8_000)
                {
                    var entry = store.Rent();
                    Workload.Fill(entry, Interlocked.Read(ref posted) + 1);
                    await store.PostAsync(entry, TestContext.Current.CancellationToken);
                    Interlocked.Increment(ref posted);
                }
            }, TestContext.Current.CancellationToken);
            await Until.TrueAsync(() => store.Fault is not null, "a fault", TimeSpan.FromSeconds(60));
            Assert.Contains("another program holds it", store.Fault, StringComparison.Ordinal);
            var stands = Interlocked.Read(ref posted);
            Assert.InRange(stands, 500, 7_000);
            Assert.False(posting.IsCompleted);
            Assert.InRange(Heap() - before, 0, bound + (bound / 2));
            await holder.Input.WriteLineAsync("COMMIT;\n.quit");
            await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
            await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await posting.WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        await store.FlushAsync(default);
        Assert.Null(store.Fault);
        Assert.Equal(8_000, store.DurableSeq);
        Assert.InRange(Heap() - before, -bound, bound + (bound / 2));

        static long Heap() => GC.GetTotalMemory(forceFullCollection: true);
    }

    [Fact]
    public async Task What_an_entry_says_it_takes_is_about_what_it_takes()
    {
        await using var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromDays(1), QueueCapacity = 100_000, QueueBytes = 1L << 30 });
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long said = 0;
        for (var seq = 1; seq <= 3_000; seq++)
        {
            var entry = store.Rent();
            Workload.Fill(entry, seq);
            said += entry.MemoryBytes;
            await store.PostAsync(entry, TestContext.Current.CancellationToken);
        }
        var takes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.InRange(takes / (double)said, 0.5, 1.15);
    }
}
