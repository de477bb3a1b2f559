using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Storage.Files;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Storage.Tests;

public sealed class OpeningTests : IDisposable
{
    private readonly StoreFolder _folder = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 24, 8, 30, 5, TimeSpan.Zero));

    private SqliteStoreOptions Options => _folder.Options with { Time = _time };

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_file_is_marked_and_set_up_as_it_should_be()
    {
        await using (_folder.Open())
        {
        }
        Assert.Equal("1162303321|1|wal|2|4096", string.Join('|',
            new[] { "application_id", "user_version", "journal_mode", "auto_vacuum", "page_size" }.Select(p => _folder.Ask($"PRAGMA {p}"))));
        Assert.Equal("1", _folder.Ask("SELECT v FROM meta WHERE k = 'schema'"));
        Assert.Equal("checkpoint cursor boot event input meta plan point quarantine record unit".Split(' ').Order(),
            _folder.Ask("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%'").Split('\n').Order());
    }

    [Fact]
    public async Task Every_commit_is_synced()
    {
        await using var store = _folder.Open();
        Assert.Equal(2, store.Writer.Run(f => f.Number("PRAGMA synchronous")));
        Assert.Equal(16_777_216, store.Writer.Run(f => f.Number("PRAGMA journal_size_limit")));
    }

    [Fact]
    public async Task A_file_that_is_no_database_is_set_aside_whole()
    {
        var rubbish = new byte[5000];
        new Random(1).NextBytes(rubbish);
        await File.WriteAllBytesAsync(_folder.Path, rubbish);
        await using (var store = StoreFolder.Open(Options))
        {
            Assert.Equal(_folder.Path + ".damaged-20261124T083005Z", store.Opened.SetAside);
            Assert.Equal(rubbish, await File.ReadAllBytesAsync(store.Opened.SetAside!));
            await StoreFolder.PostAsync(store, 1, 5);
        }
        await using (var again = StoreFolder.Open(Options)) Assert.Equal(5, Found.Prefix(again));
        await File.WriteAllBytesAsync(_folder.Path, rubbish);
        await using var third = StoreFolder.Open(Options);
        Assert.Equal(_folder.Path + ".damaged-20261124T083005Z-2", third.Opened.SetAside);
    }

    [Theory]
    [InlineData(0.2)]
    [InlineData(0.5)]
    [InlineData(0.9)]
    public async Task Rotten_pages_are_found_and_the_file_is_set_aside(double where)
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 300);
        var bytes = await File.ReadAllBytesAsync(_folder.Path);
        var from = (int)(bytes.Length * where) / 4096 * 4096;
        new Random(2).NextBytes(bytes.AsSpan(from, Math.Min(12 * 4096, bytes.Length - from)));
        await File.WriteAllBytesAsync(_folder.Path, bytes);
        await using var opened = StoreFolder.Open(_folder.Options with { CheckTime = TimeSpan.FromSeconds(20) });
        Assert.NotNull(opened.Opened.SetAside);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(opened.Opened.SetAside));
        Assert.Equal(0, opened.Opened.LastSeq);
    }

    [Fact]
    public async Task The_check_ends_when_its_time_is_up()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 2000);
        // Real time: the check of 9 MB takes longer, and is cut off without a verdict.
        await using var opened = StoreFolder.Open(_folder.Options with { CheckTime = TimeSpan.FromTicks(1) });
        Assert.Equal(2000, Found.Prefix(opened));
    }

    [Fact]
    public async Task Damage_met_while_running_is_found_at_the_next_start_however_short_its_check()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 300);
        var root = int.Parse(_folder.Ask("SELECT rootpage FROM sqlite_schema WHERE name = 'plan'"), CultureInfo.InvariantCulture);
        var bytes = await File.ReadAllBytesAsync(_folder.Path);
        bytes.AsSpan((root - 1) * 4096, 4096).Fill(0xA5);
        await File.WriteAllBytesAsync(_folder.Path, bytes);
        await using (var store = StoreFolder.Open(_folder.Options with { CheckTime = TimeSpan.Zero }))
        {
            Assert.Null(store.Opened.SetAside);
            var fault = Assert.Throws<StoreException>(() => store.PlanBody(1));
            Assert.Contains("the file is damaged", fault.Message, StringComparison.Ordinal);
        }
        await using var opened = StoreFolder.Open(_folder.Options with { CheckTime = TimeSpan.Zero });
        Assert.NotNull(opened.Opened.SetAside);
        Assert.False(File.Exists(_folder.Path + ".suspect"));
    }

    [Fact]
    public async Task A_sound_file_under_suspicion_stays()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 30);
        StoreFile.Suspect(_folder.Path);
        await using (var opened = _folder.Open()) Assert.Equal(30, Found.Prefix(opened));
        Assert.False(File.Exists(_folder.Path + ".suspect"));
    }

    [Fact]
    public async Task A_newer_schema_is_refused_and_left_alone()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 3);
        _folder.Ask("PRAGMA user_version = 2");
        var fault = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains("newer version", fault.Message, StringComparison.Ordinal);
        Assert.Contains(_folder.Path, fault.Message, StringComparison.Ordinal);
        Assert.Equal("3", _folder.Ask("SELECT max(seq) FROM input"));
        _folder.Ask("PRAGMA user_version = 1");
        await using var again = _folder.Open();
        Assert.Equal(3, Found.Prefix(again));
    }

    [Fact]
    public void A_database_of_another_program_is_refused_and_left_alone()
    {
        _folder.Ask("CREATE TABLE theirs(x); INSERT INTO theirs VALUES (7)");
        var fault = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains("another program", fault.Message, StringComparison.Ordinal);
        Assert.Equal("7", _folder.Ask("SELECT x FROM theirs"));
    }

    [Fact]
    public async Task A_second_process_is_told_who_holds_the_store()
    {
        await using var first = PeerProcess.Start("dotnet", [Path.Combine(AppContext.BaseDirectory, "EdgeGateway.Storage.Writer.dll"), _folder.Path]);
        await first.SaysAsync("durable");
        var fault = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains(FormattableString.Invariant($"in use by process {first.Pid}"), fault.Message, StringComparison.Ordinal);
        first.Kill();
        await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        await using var second = _folder.Open();
        Assert.True(Found.Prefix(second) > 0);
        Assert.Throws<StoreException>(() => _folder.Open());
    }

    [Fact]
    public void A_path_that_cannot_be_is_refused_in_words()
    {
        File.WriteAllText(_folder.Path, "");
        var fault = Assert.Throws<StoreException>(() => StoreFolder.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.Path, "below", "x.db") }));
        Assert.Contains("cannot be made", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_empty_file_becomes_a_store()
    {
        await File.WriteAllBytesAsync(_folder.Path, []);
        await using var store = _folder.Open();
        Assert.Null(store.Opened.SetAside);
        Assert.Equal([1], store.PointIds(["a"]));
    }
}
