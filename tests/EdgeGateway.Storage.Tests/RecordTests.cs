using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Writer;

namespace EdgeGateway.Storage.Tests;

public sealed class RecordTests : IAsyncLifetime
{
    private readonly StoreFolder _folder = new();
    private SqliteStore _store = null!;
    private long _seq;

    public ValueTask InitializeAsync()
    {
        _store = _folder.Open();
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_higher_revision_supersedes_and_the_older_ones_stay()
    {
        await StateAsync(Record(1, 0, 100, 1), Record(2, 0, 100, 1));
        await StateAsync(Record(1, 0, 100, 2));
        await StateAsync(Record(1, 0, 99, 3));
        Assert.Equal([true, false, false, true], _store.ReadRecords(0, 10).Select(r => r.Superseded));
        Assert.Equal([1, 2, 3, 4], _store.ReadRecords(0, 10).Select(r => r.Id));
        Assert.Equal([2], _store.ReadRecords(1, 1).Select(r => r.Id));
        Assert.Equal(4, _store.DurableRecordId);
    }

    [Fact]
    public async Task Windows_show_the_highest_revision_of_each_key_by_start()
    {
        await StateAsync(Record(1, 60, 100, 1), Record(1, 0, 100, 1), Record(1, 120, 100, 1), Record(2, 60, 100, 1));
        await StateAsync(Record(1, 60, 100, 2));
        await StateAsync(Record(1, 60, 101, 1));
        var windows = _store.ReadWindows(1, WindowKind.Minute.Code, 0, 120, 10);
        Assert.Equal([(0L, 100L, 1L), (60L, 101L, 1L)], windows.Select(Decode).Select(r => (r.Start, r.Revision.Epoch, r.Revision.Seq)));
        Assert.All(windows, w => Assert.False(w.Superseded));
        Assert.Single(_store.ReadWindows(1, WindowKind.Minute.Code, 0, 1000, 1));
        Assert.Empty(_store.ReadWindows(1, WindowKind.Hour.Code, 0, 1000, 10));
    }

    [Fact]
    public async Task A_key_and_revision_is_kept_as_it_was_first_said()
    {
        await StateAsync(Record(1, 0, 100, 1));
        var other = Record(1, 0, 100, 1);
        other.CoveredMicros = 1;
        await StateAsync(other, Record(1, 60, 100, 2));
        var rows = _store.ReadRecords(0, 10);
        Assert.Equal(2, rows.Count);
        Assert.Equal(60, Decode(rows[0]).CoveredMicros);
        Assert.Equal(2, _store.Counters.Records);
        Assert.Equal(rows[1].Id, _store.DurableRecordId);
    }

    [Fact]
    public async Task A_replay_adds_only_what_is_missing()
    {
        await StoreFolder.PostAsync(_store, 1, 50);
        await _store.DisposeAsync();
        _folder.Ask("DELETE FROM record WHERE seq = 39");
        _store = _folder.Open();
        await StoreFolder.PostAsync(_store, 31, 50);
        await StoreFolder.PostAsync(_store, 51, 60);
        await _store.FlushAsync(default);
        Assert.Equal(10, _store.Counters.Entries);
        await _store.DisposeAsync();
        _store = _folder.Open();
        Assert.Equal(60, Found.Prefix(_store));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(6)]
    public async Task An_entry_out_of_order_is_refused(long seq)
    {
        await StoreFolder.PostAsync(_store, 1, 3);
        await _store.FlushAsync(default);
        await _store.DisposeAsync();
        _store = _folder.Open();
        await StoreFolder.PostAsync(_store, 4, 4);
        var entry = _store.Rent();
        Workload.Fill(entry, seq);
        await Assert.ThrowsAsync<ArgumentException>(async () => await _store.PostAsync(entry, default));
    }

    [Fact]
    public async Task Superseding_is_found_by_index()
    {
        await StateAsync(Record(1, 0, 100, 1));
        var plan = _folder.Ask("EXPLAIN QUERY PLAN " + Reading.StoreReader.Records);
        Assert.Contains("SEARCH r USING INTEGER PRIMARY KEY", plan, StringComparison.Ordinal);
        Assert.Contains("SEARCH h USING COVERING INDEX sqlite_autoindex_record_1 (unit=? AND kind=? AND start_us=? AND wid=? AND epoch>?)", plan, StringComparison.Ordinal);
    }

    private static WindowRecord Record(int unit, long start, long epoch, long seq)
    {
        var record = new WindowRecord { Unit = unit, Kind = WindowKind.Minute, Start = start, End = start + 60, Revision = new Revision(epoch, seq), CoveredMicros = 60 };
        record.BeginSegment(start, start + 60, default, null, default);
        return record;
    }

    private static WindowRecord Decode(StoredRecord row)
    {
        var record = new WindowRecord();
        Assert.True(WindowRecordCodec.TryDecode(row.Body, record));
        return record;
    }

    private async Task StateAsync(params WindowRecord[] records)
    {
        var entry = _store.Rent();
        (entry.Seq, entry.Now) = (++_seq, _seq);
        foreach (var record in records) entry.Add(record);
        await _store.PostAsync(entry, default);
        await _store.FlushAsync(default);
    }
}
