using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Storage.Tests;

/// <summary>A store of an earlier version is read for good; one of the next version is, where that says so.</summary>
public sealed class VersionTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_store_of_schema_1_as_it_was_first_written_is_read()
    {
        _folder.Ask("\n" + await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "golden", "store-v1.sql"), TestContext.Current.CancellationToken));
        await using var store = _folder.Open();
        Assert.Equal(new StoreState(1_795_478_400, 3, 1_795_478_403_000_000, 1, null, true), store.Opened);
        Assert.Equal([1, 2], store.PointIds(["press.energy", "press.power"]));
        Assert.Equal([1], store.UnitIds(["line-1"]));
        Assert.Equal("a map", store.PlanBody(1));
        Assert.Equal(new StoredBoot(1_795_478_000_000_000, "kernel"), store.Boot(1));
        Assert.Equal([1, 2, 3], store.ReadEntries(0, 10).Select(e => (int)e.Seq));
        var rows = new Counted();
        foreach (var entry in store.ReadEntries(0, 10)) Assert.True(entry.Kind != EntryKind.Samples || SampleBlockCodec.TryDecode((byte)(entry.Codec & 0x3F), entry.Body, ref rows));
        Assert.Equal(12, rows.Count);
        var record = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(store.ReadRecords(0, 10)[0].Body, record));
        Assert.Equal(new Revision(1_795_478_400, 4711), record.Revision);
        Assert.Equal("冲压机.energy", store.ReadEvents(0, 10)[0].Happening.Subject);
        Assert.Equal(2, store.LoadCheckpoint()!.Seq);
        Assert.Equal([(1L, 2L)], store.LoadCursor("platform", RecordStream.Telemetry)!.Ranges);
        Assert.Equal(new QuarantinedItem("platform", RecordStream.Records, 1, 1_795_478_402_000_000, "too large"), store.ReadQuarantine(10)[0]);
        await StoreFolder.PostAsync(store, 4, 8);
        await store.FlushAsync(default);
        Assert.Equal(8, store.DurableSeq);
    }

    [Fact]
    public async Task A_step_back_by_one_version_works_where_the_next_one_says_that_this_one_can_read_it()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 100);
        // As a next version may leave it: columns and tables that this one does not know.
        _folder.Ask("ALTER TABLE input ADD COLUMN later TEXT; CREATE TABLE later(x); INSERT INTO meta VALUES ('readable_from', 1); UPDATE meta SET v = 2 WHERE k = 'schema'; PRAGMA user_version = 2");
        await using (var store = _folder.Open())
        {
            Assert.Equal(100, Found.Prefix(store));
            await StoreFolder.PostAsync(store, 101, 200);
        }
        // And on again: what it is stays said.
        Assert.Equal("2", _folder.Ask("PRAGMA user_version"));
        await using var again = _folder.Open();
        Assert.Equal(200, Found.Prefix(again));
    }

    [Fact]
    public async Task A_store_that_this_version_cannot_read_is_refused_and_left_as_it_is()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 10);
        _folder.Ask("INSERT INTO meta VALUES ('readable_from', 2); PRAGMA user_version = 2");
        var refused = Assert.Throws<StoreException>(() => _folder.Open());
        Assert.Contains("newer version", refused.Message, StringComparison.Ordinal);
        Assert.Equal("10", _folder.Ask("SELECT max(seq) FROM input"));
    }

    [Fact]
    public async Task A_checkpoint_that_cannot_be_read_goes_to_a_file_and_leaves_its_place_free()
    {
        await using var store = _folder.Open();
        await StoreFolder.PostAsync(store, 1, 100);
        await store.FlushAsync(default);
        var checkpoint = store.LoadCheckpoint()!;
        var aside = store.SetAsideCheckpoint(checkpoint);
        Assert.Equal(_folder.Path + ".checkpoint-80", aside);
        Assert.Equal(checkpoint.Body, await File.ReadAllBytesAsync(aside!, TestContext.Current.CancellationToken));
        Assert.Equal(40, store.LoadCheckpoint()!.Seq);
        await StoreFolder.PostAsync(store, 101, 120);
        await store.FlushAsync(default);
        Assert.Equal((120, 40), (store.LoadCheckpoint()!.Seq, store.LoadCheckpoint(120)!.Seq));
    }

    [Theory]
    [InlineData("crc = crc + 1")]
    [InlineData("body = zeroblob(length(body))")]
    [InlineData("seq = seq + 1")]
    public async Task A_checkpoint_that_is_not_as_it_was_written_is_handed_out_as_such_and_can_be_set_aside(string damage)
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 100);
        _folder.Ask($"UPDATE checkpoint SET {damage} WHERE seq = 80");
        await using var again = _folder.Open();
        var checkpoint = again.LoadCheckpoint()!;
        Assert.False(checkpoint.IsWhole);
        // A file of that name may lie there from before: it is not written over.
        await File.WriteAllTextAsync($"{_folder.Path}.checkpoint-{checkpoint.Seq}", "older", TestContext.Current.CancellationToken);
        var aside = again.SetAsideCheckpoint(checkpoint);
        Assert.Equal($"{_folder.Path}.checkpoint-{checkpoint.Seq}-2", aside);
        Assert.Equal(checkpoint.Body, await File.ReadAllBytesAsync(aside!, TestContext.Current.CancellationToken));
        Assert.Equal((40, true), (again.LoadCheckpoint()!.Seq, again.LoadCheckpoint()!.IsWhole));
    }

    private struct Counted : ISampleRowSink
    {
        public int Count;

        public void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text) => Count++;
    }
}
