using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Writer;

namespace EdgeGateway.Storage.Tests;

public sealed class RoundTripTests : IDisposable
{
    private readonly StoreFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_new_store_has_nothing_and_says_so()
    {
        await using var store = _folder.Open();
        Assert.Equal(new StoreState(null, 0, long.MinValue, 0, null), store.Opened);
        Assert.Equal((0, 0, 0), (store.DurableSeq, store.DurableRecordId, store.Pending));
        Assert.Null(store.Fault);
        Assert.Null(store.LoadCheckpoint());
        Assert.Null(store.LoadCursor("platform", RecordStream.Records));
        Assert.Null(store.PlanBody(1));
        Assert.Empty(store.ReadEntries(0, 10));
    }

    [Fact]
    public async Task Everything_posted_is_there_after_reopening_and_sqlite3_finds_the_file_sound()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 400);
        Assert.Equal("ok", _folder.Ask("PRAGMA integrity_check"));
        Assert.False(File.Exists(_folder.Path + "-wal"), "a clean stop leaves no log behind");
        await using var again = _folder.Open();
        Assert.Equal(400, Found.Prefix(again));
        Assert.Equal((400 * Workload.StepMicros, 1), (again.Opened.LastNow, again.Opened.LastPlan));
    }

    [Fact]
    public async Task All_columns_of_an_entry_stand_in_the_file()
    {
        await using (var store = _folder.Open())
        {
            var entry = store.Rent();
            Workload.Fill(entry, 1);
            (entry.Kind, entry.Boot, entry.Plan, entry.Codec, entry.TimeMin, entry.TimeMax) = (EntryKind.ClockStep, 3, 4, 5, null, -6);
            await store.PostAsync(entry, default);
            var empty = store.Rent();
            (empty.Seq, empty.Kind, empty.Now) = (2, EntryKind.Advance, 9);
            await store.PostAsync(empty, default);
            await store.FlushAsync(default);
            var read = store.ReadEntries(0, 1).Single();
            Assert.Equal(new StoredEntry(1, EntryKind.ClockStep, Workload.StepMicros, 3, 4, 5, read.Body), read);
            Assert.Empty(store.ReadEntries(1, 9).Single().Body);
        }
        Assert.Equal("1|6|250000|3|4||-6|5|7927", _folder.Ask("SELECT seq, kind, now_us, boot, plan, t_min, t_max, codec, length(body) FROM input WHERE seq = 1"));
        Assert.Equal("0", _folder.Ask("SELECT length(body) FROM input WHERE seq = 2"));
    }

    [Fact]
    public async Task Ids_are_given_once_and_never_again()
    {
        await using (var store = _folder.Open())
        {
            Assert.Equal([1, 2, 1], store.PointIds(["a.x", "a.y", "a.x"]));
            Assert.Equal([2], store.PointIds(["a.y"]));
            Assert.Equal([3], store.PointIds(["温度.值"]));
            Assert.Equal([1], store.UnitIds(["line-1"]));
            Assert.Equal([2, 1], store.UnitIds(["line-2", "line-1"]));
        }
        _folder.Ask("DELETE FROM point WHERE path = '温度.值'");
        await using var again = _folder.Open();
        Assert.Equal([1, 2, 4], again.PointIds(["a.x", "a.y", "温度.值"]));
    }

    [Fact]
    public async Task Plans_are_kept_by_content()
    {
        await using var store = _folder.Open();
        var first = store.PlanId("units: {}\n");
        var second = store.PlanId("units: {line: {}}\n# 注释");
        Assert.NotEqual(first, second);
        Assert.Equal(first, store.PlanId("units: {}\n"));
        Assert.Equal("units: {line: {}}\n# 注释", store.PlanBody(second));
        Assert.Null(store.PlanBody(99));
    }

    [Fact]
    public async Task A_boot_takes_its_offset_once()
    {
        await using var store = _folder.Open();
        var boot = store.BeginBoot("b-1", null, null);
        Assert.Equal(boot, store.BeginBoot("b-1", 1000, "kernel"));
        Assert.Equal(boot, store.BeginBoot("b-1", 2000, "operator"));
        Assert.NotEqual(boot, store.BeginBoot("b-2", 5, "rtc"));
        Assert.Equal("b-1|1000|kernel\nb-2|5|rtc", _folder.Ask("SELECT uuid, utc_offset_us, source FROM boot ORDER BY id"));
    }

    [Fact]
    public async Task Notes_are_kept_replaced_and_dropped()
    {
        await using (var store = _folder.Open())
        {
            Assert.Null(store.Note("machine"));
            store.PutNote("machine", "机器 1");
            store.PutNote("machine", "机器 2");
            store.PutNote("other", "x");
            store.PutNote("other", null);
            store.PutNote("never", null);
        }
        await using var again = _folder.Open();
        Assert.Equal(("机器 2", null), (again.Note("machine"), again.Note("other")));
        // A note cannot be mistaken for what the store keeps for itself.
        Assert.Null(again.Note("schema"));
    }

    [Fact]
    public async Task The_epoch_is_raised_together_with_its_notes_or_not_at_all()
    {
        await using (var store = _folder.Open())
        {
            Assert.Null(store.RaiseEpoch(5, epoch => [new("adoption", epoch is null ? "no epoch yet" : "raised")]));
            Assert.Equal("no epoch yet", store.Note("adoption"));
            store.EnsureEpoch(1_000);
            Assert.Equal(2_000, store.RaiseEpoch(2_000, _ => []));
            Assert.Equal(2_001, store.RaiseEpoch(1_500, epoch => [new("adoption", null), new("machine", $"of {epoch}")]));
            Assert.Throws<InvalidOperationException>(() => store.RaiseEpoch(9_000, _ => throw new InvalidOperationException()));
            Assert.Equal(2_001, store.EnsureEpoch(9_000));
        }
        await using var again = _folder.Open();
        Assert.Equal((2_001L, null, "of 2001"), (again.Opened.Epoch!.Value, again.Note("adoption"), again.Note("machine")));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(0x40, false)]
    public async Task Whether_the_newest_time_was_vouched_for_is_known_after_reopening(byte codec, bool verified)
    {
        await using (var store = _folder.Open())
        {
            foreach (var (seq, kept) in new[] { (1, codec), (2, (byte)0x80) })
            {
                var entry = store.Rent();
                (entry.Seq, entry.Kind, entry.Now, entry.Codec) = (seq, EntryKind.Advance, seq == 1 ? 77 : 5, kept);
                await store.PostAsync(entry, TestContext.Current.CancellationToken);
            }
        }
        await using var again = _folder.Open();
        Assert.Equal((77L, verified), (again.Opened.LastNow, again.Opened.LastVerified));
    }

    [Fact]
    public async Task The_epoch_is_set_once()
    {
        await using (var store = _folder.Open())
        {
            Assert.Equal(1_795_478_400, store.EnsureEpoch(1_795_478_400));
            Assert.Equal(1_795_478_400, store.EnsureEpoch(1_800_000_000));
        }
        await using var again = _folder.Open();
        Assert.Equal(1_795_478_400, again.Opened.Epoch);
    }

    [Fact]
    public async Task Events_keep_their_order_subject_and_details()
    {
        await using var store = _folder.Open();
        var entry = store.Rent();
        (entry.Seq, entry.Now) = (1, 5);
        entry.Add(new GatewayEvent(EventKind.Reset, 3, "press.energy", [new("from", "10"), new("to", "0")]));
        entry.Add(new GatewayEvent(EventKind.Started, 4, "", []));
        await store.PostAsync(entry, default);
        await store.FlushAsync(default);
        var events = store.ReadEvents(0, 10);
        Assert.Equal([EventKind.Reset, EventKind.Started], events.Select(e => e.Happening.Kind));
        Assert.Equal(("press.energy", 3), (events[0].Happening.Subject, events[0].Happening.At));
        Assert.Equal([new("from", "10"), new("to", "0")], events[0].Happening.Details);
        Assert.Equal(("", 4), (events[1].Happening.Subject, events[1].Happening.At));
        Assert.Equal([events[1].Id], store.ReadEvents(events[0].Id, 10).Select(e => e.Id));
        Assert.Equal("1|0|press.energy\n1|1|", _folder.Ask("SELECT seq, ord, subject FROM event"));
    }

    [Fact]
    public async Task An_event_whose_body_cannot_be_read_keeps_its_place_kind_and_subject()
    {
        await using (var store = _folder.Open()) await StoreFolder.PostAsync(store, 1, 14);
        _folder.Ask("UPDATE event SET body = x'07FFFF' WHERE seq = 7");
        await using var again = _folder.Open();
        var events = again.ReadEvents(0, 10);
        Assert.Equal([1, 2], events.Select(e => e.Id));
        Assert.Equal((EventKind.Gap, "press.energy", 7 * Workload.StepMicros), (events[0].Happening.Kind, events[0].Happening.Subject, events[0].Happening.At));
        Assert.Empty(events[0].Happening.Details);
    }

    [Fact]
    public async Task Checkpoints_alternate_and_a_damaged_one_falls_back_to_the_older()
    {
        await using (var store = _folder.Open())
        {
            await StoreFolder.PostAsync(store, 1, 130);
            await store.FlushAsync(default);
            Assert.Equal(120, store.LoadCheckpoint()!.Seq);
            Assert.Equal(80, store.LoadCheckpoint(120)!.Seq);
            Assert.Null(store.LoadCheckpoint(80));
        }
        Assert.Equal("0|120\n1|80", _folder.Ask("SELECT slot, seq FROM checkpoint ORDER BY slot"));
        _folder.Ask("UPDATE checkpoint SET body = zeroblob(20000) WHERE seq = 120");
        await using (var again = _folder.Open())
        {
            var damaged = again.LoadCheckpoint()!;
            Assert.Equal((120, false), (damaged.Seq, damaged.IsWhole));
            Assert.Equal((80, true), (again.LoadCheckpoint(120)!.Seq, again.LoadCheckpoint(120)!.IsWhole));
            // Out of the way, so that the next one does not take the place of the one that is whole.
            Assert.NotNull(again.SetAsideCheckpoint(damaged));
            await StoreFolder.PostAsync(again, 131, 160);
        }
        Assert.Equal("0|160\n1|80", _folder.Ask("SELECT slot, seq FROM checkpoint ORDER BY slot"));
    }

    [Fact]
    public async Task Cursors_and_quarantine_survive()
    {
        var ranges = new AckRanges();
        await using (var store = _folder.Open())
        {
            ranges.Add(1, 10);
            ranges.Add(20, 30);
            store.PostCursor("platform", RecordStream.Records, ranges);
            store.PostCursor("fresh", RecordStream.Events, new AckRanges());
            ranges.Add(11, 12);
            Assert.Equal([(1, 10), (20, 30)], store.LoadCursor("platform", RecordStream.Records)!.Ranges);
            store.PostCursor("platform", RecordStream.Records, ranges);
            store.PostQuarantine("platform", RecordStream.Records, 7, 99, "too long");
            store.PostQuarantine("platform", RecordStream.Records, 7, 100, "still too long");
            await store.FlushAsync(default);
            Assert.Equal([(1, 12), (20, 30)], store.LoadCursor("platform", RecordStream.Records)!.Ranges);
        }
        Assert.Equal("fresh|events|1|0\nplatform|records|1|12\nplatform|records|20|30", _folder.Ask("SELECT * FROM cursor"));
        Assert.Equal("platform|records|7|100|still too long", _folder.Ask("SELECT * FROM quarantine"));
        await using var again = _folder.Open();
        Assert.Equal([(1, 12), (20, 30)], again.LoadCursor("platform", RecordStream.Records)!.Ranges);
        Assert.Empty(again.LoadCursor("fresh", RecordStream.Events)!.Ranges);
        Assert.Null(again.LoadCursor("platform", RecordStream.Telemetry));
    }

    [Fact]
    public async Task An_acknowledgement_of_samples_waits_for_the_samples()
    {
        await using var store = _folder.Open();
        await StoreFolder.PostAsync(store, 1, 2);
        var ranges = new AckRanges();
        ranges.Add(1, 4);
        store.PostCursor("tap", RecordStream.Telemetry, ranges);
        await store.FlushAsync(default);
        Assert.Equal("1|2", _folder.Ask("SELECT lo, hi FROM cursor"));
        Assert.Equal(4, store.LoadCursor("tap", RecordStream.Telemetry)!.Contiguous);
        await store.FlushAsync(default);
        Assert.Equal("1|2", _folder.Ask("SELECT lo, hi FROM cursor"));
        await StoreFolder.PostAsync(store, 3, 3);
        ranges.Add(5, 9);
        store.PostCursor("tap", RecordStream.Telemetry, ranges);
        await store.FlushAsync(default);
        Assert.Equal("1|3", _folder.Ask("SELECT lo, hi FROM cursor"));
        await StoreFolder.PostAsync(store, 4, 5);
        await store.DisposeAsync();
        Assert.Equal("1|5", _folder.Ask("SELECT lo, hi FROM cursor"));
    }
}
