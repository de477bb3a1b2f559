using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Storage.Tests;

public sealed class CrashTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_killed_process_loses_nothing_that_it_was_told_is_durable()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        long last = 0;
        for (var kill = 0; kill < 10; kill++)
        {
            long told;
            await using (var child = PeerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Storage.Writer.dll"), _folder.Path]))
            {
                var lines = random.Next(1, 60);
                await Until.TrueAsync(() => child.Lines.Count > lines || child.HasExited, "the child to write");
                // Anywhere within a commit: a busy wait of up to three milliseconds.
                Thread.SpinWait(random.Next(200_000));
                child.Kill();
                await child.WaitForExitAsync(TestContext.Current.CancellationToken);
                Assert.StartsWith("opened " + last.ToString(CultureInfo.InvariantCulture), child.Lines.First(), StringComparison.Ordinal);
                told = child.Lines.Where(l => l.StartsWith("durable ", StringComparison.Ordinal)).Select(l => long.Parse(l[8..], CultureInfo.InvariantCulture)).Last();
            }
            await using (var store = _folder.Open()) last = Found.Prefix(store);
            Assert.True(last >= told, $"seed {seed}: {last} of {told} told");
            Assert.Equal("ok", _folder.Ask("PRAGMA integrity_check"));
        }
    }

    [Fact]
    public async Task A_log_cut_or_torn_anywhere_opens_as_a_prefix()
    {
        // Lost writes: the database is never written (no autocheckpoint), so that any beginning of the log is a state that a power cut may leave.
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var copies = new List<string>();
        await using (var store = StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromMilliseconds(500) }))
        {
            StoreFolder.Tell(store, "PRAGMA wal_autocheckpoint = 0");
            var seq = 1L;
            for (var copy = 0; copy < 20; copy++)
            {
                var next = seq + random.Next(20, 120);
                var posting = StoreFolder.PostAsync(store, seq, next - 1);
                Thread.SpinWait(random.Next(100_000));
                copies.Add(Copy(copy, random));
                await posting;
                seq = next;
            }
        }
        long least = long.MaxValue, most = 0;
        foreach (var path in copies)
        {
            await using (var store = StoreFolder.Open(new SqliteStoreOptions { Path = path }))
            {
                var last = Found.Prefix(store);
                (least, most) = (Math.Min(least, last), Math.Max(most, last));
                await StoreFolder.PostAsync(store, last + 1, last + 10);
                await store.FlushAsync(default);
            }
            Assert.Equal("ok", StoreFolder.Ask(path, "PRAGMA integrity_check"));
        }
        Assert.True(most > least && most > 100, $"seed {seed}: the copies are all alike ({least} to {most})");
    }

    /// <summary>Database and log as they stand this instant, the log's tail cut off, or overwritten with rubbish.</summary>
    private string Copy(int number, Random random)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(_folder.Folder, "copy" + number.ToString(CultureInfo.InvariantCulture))).FullName, "gateway.db");
        File.WriteAllBytes(path, ReadShared(_folder.Path));
        var log = ReadShared(_folder.Path + "-wal");
        var tail = random.Next(Math.Min(log.Length, 400_000) + 1);
        if (random.Next(2) == 0) Array.Resize(ref log, log.Length - tail);
        else random.NextBytes(log.AsSpan(log.Length - tail));
        File.WriteAllBytes(path + "-wal", log);
        return path;
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
