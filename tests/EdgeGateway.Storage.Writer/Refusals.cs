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
        if (step == "check") return store.Opened is { LastSeq: Entries, SetAside: null } && store.ReadEntries(0, 100).All(e => e.Body.AsSpan().SequenceEqual(Workload.BodyOf(e.Seq))) ? 0 : 3;
        for (var seq = 1; seq <= Entries; seq++)
        {
            // Rights are lost while it runs: its own files are open, a reader's are not yet.
            if (step == "unreadable" && seq == 10 && !OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.None);
            var entry = store.Rent();
            Workload.Fill(entry, seq);
            await store.PostAsync(entry, CancellationToken.None);
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
}
