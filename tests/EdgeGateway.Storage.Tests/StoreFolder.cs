using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Storage.Sqlite;
using EdgeGateway.Storage.Writer;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Storage.Tests;

/// <summary>A temporary folder for one test's store, and another pair of eyes on the file: the sqlite3 program.</summary>
internal sealed class StoreFolder : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("store-test-").FullName;

    public string Path => System.IO.Path.Combine(Folder, "gateway.db");

    public SqliteStoreOptions Options => new() { Path = Path };

    public SqliteStore Open() => Open(Options);

    public static SqliteStore Open(SqliteStoreOptions options) => SqliteStore.Open(options, NullLoggerFactory.Instance);

    /// <summary>Asks the sqlite3 program, which shares nothing with ours.</summary>
    public string Ask(string sql) => SqliteProgram.Ask(Path, sql);

    /// <summary>Posts the workload's entries <paramref name="first"/> to <paramref name="last"/>.</summary>
    public static async Task PostAsync(IStore store, long first, long last)
    {
        for (var seq = first; seq <= last; seq++)
        {
            var entry = store.Rent();
            Workload.Fill(entry, seq);
            await store.PostAsync(entry, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Has the writer's own connection run something, outside of a transaction: some pragmas have no effect within one.</summary>
    public static void Tell(SqliteStore store, string pragma)
    {
        using var done = new ManualResetEventSlim();
        store.Writer.Queue.Run(() =>
        {
            store.Writer.File.Execute(pragma);
            done.Set();
        });
        Assert.True(done.Wait(TimeSpan.FromSeconds(20)));
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
