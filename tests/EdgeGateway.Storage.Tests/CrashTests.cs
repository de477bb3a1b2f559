using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Storage.Tests;

/// <summary>Kill at any instant, and writes that were never synced. <c>./test.sh --full</c> runs 200 kills and 500 tails, with their seeds and what was found in artifacts/store-campaign.txt.</summary>
public sealed class CrashTests : IDisposable
{
    // A fresh store after so many: what is compared is the whole of it each time.
    private const int KillsAStore = 10, TailsAStore = 20;

    private readonly List<StoreFolder> _folders = [];

    public void Dispose()
    {
        foreach (var folder in _folders) folder.Dispose();
    }

    [Fact]
    public async Task A_killed_process_loses_nothing_that_it_was_told_is_durable()
    {
        var campaign = new Campaign("kill", 10);
        foreach (var seeds in campaign.Seeds.Chunk(KillsAStore))
        {
            var folder = Fresh();
            long last = 0;
            foreach (var seed in seeds)
            {
                var random = new Random(seed);
                long told = 0;
                await using (var child = PeerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Storage.Writer.dll"), folder.Path]))
                {
                    // From before its first commit on, and anywhere within one: a busy wait of up to three milliseconds.
                    var lines = random.Next(0, 60);
                    await Until.TrueAsync(() => child.Lines.Count > lines || child.HasExited, "the child to write", TimeSpan.FromMinutes(1));
                    Thread.SpinWait(random.Next(200_000));
                    child.Kill();
                    await child.WaitForExitAsync(TestContext.Current.CancellationToken);
                    Assert.StartsWith("opened " + last.ToString(CultureInfo.InvariantCulture), child.Lines.First(), StringComparison.Ordinal);
                    foreach (var line in child.Lines.Where(l => l.StartsWith("durable ", StringComparison.Ordinal))) told = long.Parse(line.AsSpan(8), NumberStyles.None, CultureInfo.InvariantCulture);
                }
                var before = last;
                await using (var store = folder.Open()) last = Found.Prefix(store);
                Assert.True(last >= told && last >= before, $"seed {seed}: {last} of {told} told, {before} before");
                Assert.Equal("ok", folder.Ask("PRAGMA integrity_check"));
                campaign.Passed(seed, string.Create(CultureInfo.InvariantCulture, $"told {told} found {last}"));
            }
            Discard(folder);
        }
    }

    [Fact]
    public async Task A_log_cut_or_torn_anywhere_opens_as_a_prefix()
    {
        // Lost writes: the database is never written (no autocheckpoint), so that any beginning of the log is a state that a power cut may leave.
        var campaign = new Campaign("tail", 20);
        foreach (var seeds in campaign.Seeds.Chunk(TailsAStore))
        {
            var folder = Fresh();
            var copies = new List<(int Seed, string Path, string How)>();
            await using (var store = StoreFolder.Open(folder.Options with { CommitInterval = TimeSpan.FromMilliseconds(500) }))
            {
                StoreFolder.Tell(store, "PRAGMA wal_autocheckpoint = 0");
                var seq = 1L;
                foreach (var seed in seeds)
                {
                    var random = new Random(seed);
                    var next = seq + random.Next(20, 120);
                    var posting = StoreFolder.PostAsync(store, seq, next - 1);
                    Thread.SpinWait(random.Next(100_000));
                    copies.Add(Copy(folder, seed, random));
                    await posting;
                    seq = next;
                }
            }
            var found = new List<long>();
            foreach (var (seed, path, how) in copies)
            {
                await using (var store = StoreFolder.Open(new SqliteStoreOptions { Path = path }))
                {
                    var last = Found.Prefix(store);
                    found.Add(last);
                    await StoreFolder.PostAsync(store, last + 1, last + 10);
                    await store.FlushAsync(default);
                }
                Assert.Equal("ok", SqliteProgram.Ask(path, "PRAGMA integrity_check"));
                campaign.Passed(seed, string.Create(CultureInfo.InvariantCulture, $"{how} found {found[^1]}"));
            }
            if (seeds.Length == TailsAStore) Assert.True(found.Max() > found.Min() && found.Max() > 100, $"seeds from {seeds[0]}: the copies are all alike ({found.Min()} to {found.Max()})");
            Discard(folder);
        }
    }

    /// <summary>Database and log as they stand this instant, the log's tail cut off, or overwritten with rubbish.</summary>
    private static (int Seed, string Path, string How) Copy(StoreFolder folder, int seed, Random random)
    {
        var path = Path.Combine(Directory.CreateDirectory(Path.Combine(folder.Folder, "copy" + seed.ToString(CultureInfo.InvariantCulture))).FullName, "gateway.db");
        File.WriteAllBytes(path, ReadShared(folder.Path));
        var log = ReadShared(folder.Path + "-wal");
        var tail = random.Next(Math.Min(log.Length, 400_000) + 1);
        var cut = random.Next(2) == 0;
        if (cut) Array.Resize(ref log, log.Length - tail);
        else random.NextBytes(log.AsSpan(log.Length - tail));
        File.WriteAllBytes(path + "-wal", log);
        return (seed, path, string.Create(CultureInfo.InvariantCulture, $"{(cut ? "cut" : "torn")} {tail} of {log.Length + (cut ? tail : 0)}"));
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private StoreFolder Fresh()
    {
        var folder = new StoreFolder();
        _folders.Add(folder);
        return folder;
    }

    private void Discard(StoreFolder folder)
    {
        _folders.Remove(folder);
        folder.Dispose();
    }
}
