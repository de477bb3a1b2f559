using EdgeGateway.Peers;
using EdgeGateway.Storage.Writer;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Storage.Tests;

/// <summary>The disk refuses: SQLite is told so by its own means (a bound on pages, query_only), and by a real file system that is full.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_full_store_keeps_what_was_posted_says_why_and_recovers_by_itself()
    {
        var time = new FakeTimeProvider();
        await using (var store = StoreFolder.Open(_folder.Options with { Time = time }))
        {
            await StoreFolder.PostAsync(store, 1, 20);
            await store.FlushAsync(default);
            StoreFolder.Tell(store, "PRAGMA max_page_count = 60");
            await StoreFolder.PostAsync(store, 21, 200);
            var flush = store.FlushAsync(default);
            await Until.TrueAsync(() => store.Fault is not null, "a fault");
            Assert.Contains($"The store {_folder.Path} cannot be written: the disk is full", store.Fault, StringComparison.Ordinal);
            Assert.Contains("kept in memory", store.Fault, StringComparison.Ordinal);
            Assert.Contains("Free space", store.Fault, StringComparison.Ordinal);
            // A first commit may have found room before the rest was posted.
            var durable = (int)store.DurableSeq;
            Assert.InRange(durable, 20, 60);
            Assert.Equal((200 - durable, 1), (store.Pending, store.Counters.Failures));
            // The waits grow: 250 ms, 500 ms, 1 s; a try before its time is not made.
            foreach (var (wait, failures) in new[] { (250, 2), (500, 3), (1000, 4) })
            {
                time.Advance(TimeSpan.FromMilliseconds(wait - 1));
                Assert.Equal(failures - 1, store.Counters.Failures);
                time.Advance(TimeSpan.FromMilliseconds(1));
                await Until.TrueAsync(() => store.Counters.Failures == failures, $"failure {failures}");
            }
            Assert.Equal(durable, store.ReadEntries(0, 1000).Count);
            Assert.False(flush.IsCompleted);
            StoreFolder.Tell(store, "PRAGMA max_page_count = 100000");
            time.Advance(TimeSpan.FromSeconds(2));
            await flush;
            Assert.Null(store.Fault);
            Assert.Equal((200, 0, 4), (store.DurableSeq, store.Pending, store.Counters.Failures));
        }
        Assert.Equal("ok", _folder.Ask("PRAGMA integrity_check"));
        await using var again = _folder.Open();
        Assert.Equal(200, Found.Prefix(again));
    }

    [Fact]
    public async Task Posting_waits_at_the_bound_and_goes_on_when_the_disk_does()
    {
        var time = new FakeTimeProvider();
        await using var store = StoreFolder.Open(_folder.Options with { Time = time, QueueCapacity = 10 });
        StoreFolder.Tell(store, "PRAGMA query_only = ON");
        await StoreFolder.PostAsync(store, 1, 10);
        await Until.TrueAsync(() => store.Fault is not null, "a fault");
        Assert.Contains("read-only", store.Fault, StringComparison.Ordinal);
        using (var cancel = new CancellationTokenSource())
        {
            var given = store.Rent();
            Workload.Fill(given, 11);
            var post = store.PostAsync(given, cancel.Token);
            Assert.False(post.IsCompleted);
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await post);
        }
        Assert.Equal(10, store.Pending);
        var posting = StoreFolder.PostAsync(store, 11, 40);
        Assert.False(posting.IsCompleted);
        Assert.Throws<StoreException>(() => store.PlanId("x"));
        StoreFolder.Tell(store, "PRAGMA query_only = OFF");
        time.Advance(TimeSpan.FromSeconds(1));
        await posting;
        await store.FlushAsync(default);
        Assert.Equal(40, store.DurableSeq);
        Assert.Null(store.Fault);
    }

    [Fact]
    public async Task A_clock_that_is_trusted_while_the_disk_refuses_waits_for_it()
    {
        await using var store = _folder.Open();
        store.BeginBoot("b-1", null, null);
        StoreFolder.Tell(store, "PRAGMA query_only = ON");
        Assert.Throws<StoreException>(() => store.BeginBoot("b-2", null, null));
        var trusting = Task.Run(() =>
        {
            store.BeginBoot("b-1", 1000, "ntp");
            return store.EnsureEpoch(1_795_478_400);
        });
        await Until.TrueAsync(() => store.Fault is not null, "a fault");
        Assert.False(trusting.IsCompleted);
        StoreFolder.Tell(store, "PRAGMA query_only = OFF");
        Assert.Equal(1_795_478_400, await trusting);
        Assert.Equal(1000, store.Boot(store.CurrentBoot).UtcOffsetMicros);
        // The next commit says that all is well again.
        await StoreFolder.PostAsync(store, 1, 1);
        await store.FlushAsync(default);
        Assert.Null(store.Fault);
    }

    [Fact]
    public async Task An_entry_larger_than_the_bound_passes_alone()
    {
        await using var store = StoreFolder.Open(_folder.Options with { QueueBytes = 100 });
        await StoreFolder.PostAsync(store, 1, 30);
        await store.FlushAsync(default);
        Assert.Equal(30, store.DurableSeq);
    }

    [Fact]
    public async Task Stopping_while_the_disk_refuses_ends_and_says_so()
    {
        var store = StoreFolder.Open(_folder.Options with { Time = new FakeTimeProvider() });
        await StoreFolder.PostAsync(store, 1, 5);
        await store.FlushAsync(default);
        StoreFolder.Tell(store, "PRAGMA query_only = ON");
        await StoreFolder.PostAsync(store, 6, 8);
        var flush = store.FlushAsync(default);
        await Until.TrueAsync(() => store.Fault is not null, "a fault");
        await store.DisposeAsync();
        await Assert.ThrowsAsync<StoreException>(() => flush);
        await using var again = _folder.Open();
        Assert.Equal(5, Found.Prefix(again));
    }

    [Fact]
    public async Task A_full_file_system_is_survived()
    {
        // A tmpfs of 2 MB in a mount namespace of its own: needs no privilege where user namespaces are allowed. A killed child takes the mount with it.
        var writer = Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Storage.Writer.dll");
        var mount = Directory.CreateDirectory(Path.Combine(_folder.Folder, "small")).FullName;
        await using var child = PeerProcess.Start("unshare",
            ["--mount", "--map-root-user", "sh", "-c", $"mount -t tmpfs -o size=2m none '{mount}' && exec dotnet '{writer}' '{mount}/gateway.db' full"]);
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(child.ExitCode == 0, child.Output);
        Assert.Contains("fault The store", child.Output, StringComparison.Ordinal);
        Assert.Contains("the disk is full", child.Output, StringComparison.Ordinal);
        Assert.Contains("recovered", child.Output, StringComparison.Ordinal);
    }
}
