using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Storage.Writer;

/// <summary>One step of a story in which file or file system refuses: the shell between the steps takes rights away and gives them back.</summary>
internal static class Refusals
{
    private const int Entries = 20;

    public static async Task<int> RunAsync(string path, string step)
    {
        var options = new SqliteStoreOptions { Path = path };
        if (step == "refused")
        {
            try
            {
                await SqliteStore.Open(options, NullLoggerFactory.Instance).DisposeAsync();
            }
            catch (StoreException refused)
            {
                Console.WriteLine("refused: " + refused.Message);
                return 0;
            }
            return 2;
        }
        await using var store = SqliteStore.Open(options, NullLoggerFactory.Instance);
        if (step == "readonly") return await TurnsReadOnlyAsync(store);
        if (step == "half") return store.Opened is { LastSeq: Entries / 2, SetAside: null } && store.ReadEntries(0, 100).All(e => e.Body.AsSpan().SequenceEqual(Workload.BodyOf(e.Seq))) ? 0 : 3;
        if (step == "check") return store.Opened is { LastSeq: Entries, SetAside: null } && store.ReadEntries(0, 100).All(e => e.Body.AsSpan().SequenceEqual(Workload.BodyOf(e.Seq))) ? 0 : 3;
        for (var seq = 1; seq <= Entries; seq++)
        {
            // Rights are lost while it runs: its own files are open, a reader's are not yet.
            if (step == "unreadable" && seq == 10 && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
            await PostAsync(store, seq);
        }
        await store.FlushAsync(CancellationToken.None);
        if (step == "fill") return 0;
        try
        {
            store.ReadEntries(0, 1);
            return 4;
        }
        catch (StoreException refused)
        {
            Console.WriteLine("refused: " + refused.Message);
        }
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return store.Fault is null && store.ReadEntries(0, 100).Count == Entries ? 0 : 5;
    }

    /// <summary>Half of the entries are durable when the file system turns read-only under the running store; the others stay in memory, from where they can be read.</summary>
    private static async Task<int> TurnsReadOnlyAsync(SqliteStore store)
    {
        for (var seq = 1; seq <= Entries / 2; seq++) await PostAsync(store, seq);
        await store.FlushAsync(CancellationToken.None);
        Console.WriteLine("half");
        if (Console.ReadLine() is null) return 6;
        for (var seq = Entries / 2 + 1; seq <= Entries; seq++) await PostAsync(store, seq);
        _ = store.FlushAsync(CancellationToken.None);
        for (var looks = 0; store.Fault is null && looks < 1000; looks++) await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        Console.WriteLine("refused: " + store.Fault);
        var (durable, posted) = (store.ReadEntries(0, 100).Count, store.ReadPosted(0, 100).Count);
        return (durable, posted, store.Pending) == (Entries / 2, Entries, Entries / 2) ? 0 : 7;
    }

    private static ValueTask PostAsync(SqliteStore store, int seq)
    {
        var entry = store.Rent();
        Workload.Fill(entry, seq);
        return store.PostAsync(entry, CancellationToken.None);
    }
}
