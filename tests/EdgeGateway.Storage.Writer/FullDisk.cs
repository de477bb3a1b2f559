using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Storage.Writer;

/// <summary>Runs a store into a full file system, makes room again, and checks that nothing is missing.</summary>
internal static class FullDisk
{
    public static async Task<int> RunAsync(string path)
    {
        var filler = Path.Combine(Path.GetDirectoryName(path)!, "filler");
        var store = SqliteStore.Open(new SqliteStoreOptions { Path = path, RetryMost = TimeSpan.FromMilliseconds(500) }, NullLoggerFactory.Instance);
        long seq = 0;
        await PostAsync(20);
        await store.FlushAsync(CancellationToken.None);
        FillUp(filler);
        await PostAsync(100);
        var flush = store.FlushAsync(CancellationToken.None);
        await Until(() => store.Counters.Failures >= 3);
        Console.WriteLine("fault " + store.Fault);
        if (store.DurableSeq != 20 || store.ReadEntries(0, 1000).Count != 20) return 2;
        File.Delete(filler);
        await flush;
        if (store.Fault is not null || store.DurableSeq != 120 || store.Pending != 0) return 3;
        Console.WriteLine("recovered");
        await store.DisposeAsync();
        store = SqliteStore.Open(new SqliteStoreOptions { Path = path }, NullLoggerFactory.Instance);
        var entries = store.ReadEntries(0, 1000);
        var whole = entries.Count == 120 && entries.All(e => e.Body.AsSpan().SequenceEqual(Workload.BodyOf(e.Seq)));
        await store.DisposeAsync();
        return whole ? 0 : 4;

        async Task PostAsync(int count)
        {
            for (var end = seq + count; seq < end;)
            {
                var entry = store.Rent();
                Workload.Fill(entry, ++seq);
                await store.PostAsync(entry, CancellationToken.None);
            }
        }
    }

    private static void FillUp(string path)
    {
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 0);
        try
        {
            for (var block = new byte[4096]; ;) file.Write(block);
        }
        catch (IOException)
        {
            // Full: that is what was wanted.
        }
    }

    private static async Task Until(Func<bool> condition)
    {
        while (!condition()) await Task.Delay(10);
    }
}
