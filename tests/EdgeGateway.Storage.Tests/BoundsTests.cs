using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage.Bounds;

namespace EdgeGateway.Storage.Tests;

/// <summary>The log keeps to its bounds: what goes, what never goes, and who is told.</summary>
public sealed class BoundsTests : IDisposable
{
    private const long Start = 1_795_478_400_000_000;

    private readonly StoreFolder _folder = new();
    private long _seq;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Old_samples_go_but_never_what_the_older_checkpoint_needs()
    {
        await using var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(2) });
        await HoursAsync(store, 1, 12, checkpoints: false);
        Assert.Equal(1, First(store));
        await HoursAsync(store, 13, 13, checkpoints: true);
        // One checkpoint: there is none behind it to fall back on.
        Assert.Equal(1, First(store));
        await HoursAsync(store, 14, 14, checkpoints: true);
        await HoursAsync(store, 15, 24, checkpoints: false);
        Assert.Equal(13 * 6, First(store));
        await HoursAsync(store, 25, 48, checkpoints: true);
        Assert.InRange(First(store), 45 * 6, 46 * 6);
        Assert.Equal(First(store) - 1, store.Counters.ShedEntries);
        Assert.Equal(_seq, store.DurableSeq);
    }

    [Fact]
    public async Task Samples_beyond_their_bytes_go_although_they_are_young()
    {
        await using (var store = Open(new StoreBounds { SampleBytes = 200_000 }))
        {
            await HoursAsync(store, 1, 60, checkpoints: true);
            Assert.InRange(Bytes(), 150_000, 215_000);
        }
        // The count goes on where it was.
        await using (var again = Open(new StoreBounds { SampleBytes = 100_000 }))
        {
            await HoursAsync(again, 61, 62, checkpoints: true);
            Assert.InRange(Bytes(), 70_000, 115_000);
            Assert.Equal(_seq, again.DurableSeq);
        }
        Assert.Equal("ok", _folder.Ask("PRAGMA integrity_check"));

        long Bytes() => long.Parse(_folder.Ask("SELECT sum(length(body) + 40) FROM input"), System.Globalization.CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Without_a_clock_that_anybody_vouches_for_only_bytes_bound_the_log()
    {
        await using var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(2) });
        await HoursAsync(store, 1, 40, checkpoints: true, codec: 0x40);
        Assert.Equal(1, First(store));
    }

    [Fact]
    public async Task After_weeks_switched_off_what_waits_does_not_go_at_once_and_age_catches_up()
    {
        await using (var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(48) })) await HoursAsync(store, 1, 40, checkpoints: true);
        await using var again = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(48) });
        // Twenty days later; a clock that leapt looks the same.
        await HoursAsync(again, 520, 522, checkpoints: true);
        Assert.Equal(1, First(again));
        await HoursAsync(again, 523, 1200, checkpoints: true);
        Assert.InRange(First(again), _seq - (50 * 6), _seq - (46 * 6));
    }

    [Fact]
    public async Task Entries_in_boot_time_go_with_the_first_timed_one_behind_them()
    {
        await using var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(2) });
        // More of them than one step takes.
        for (var i = 0; i < 2500; i++) await PostAsync(store, 1000 + i, 0x80, checkpoint: false);
        await HoursAsync(store, 1, 1, checkpoints: true);
        await HoursAsync(store, 2, 30, checkpoints: true);
        Assert.InRange(First(store), 2500 + 27 * 6, 2500 + 29 * 6);
    }

    [Fact]
    public async Task Short_windows_go_by_their_age_quarter_hours_by_theirs_and_longer_ones_stay()
    {
        await using var store = Open(new StoreBounds { ShortAge = TimeSpan.FromDays(1), QuarterAge = TimeSpan.FromDays(3), EventAge = TimeSpan.FromDays(2) });
        store.UnitIds(["a", "b"]);
        await HoursAsync(store, 1, 24 * 6, checkpoints: true, records: true);
        var byKind = _folder.Ask("SELECT kind, count(*), min(start_us), max(start_us) FROM record GROUP BY kind ORDER BY kind").Split('\n').Select(l => l.Split('|').Select(long.Parse).ToArray()).ToDictionary(r => r[0]);
        var now = Start + 24 * 6 * UtcMicros.PerHour + 50 * UtcMicros.PerMinute;
        Assert.InRange(now - byKind[WindowKind.Minute.Code][2], 23 * UtcMicros.PerHour, 26 * UtcMicros.PerHour);
        Assert.InRange(now - byKind[WindowKind.OfSeconds(5).Code][2], 23 * UtcMicros.PerHour, 26 * UtcMicros.PerHour);
        Assert.InRange(now - byKind[WindowKind.QuarterHour.Code][2], 71 * UtcMicros.PerHour, 74 * UtcMicros.PerHour);
        Assert.Equal(24 * 6 * 6 * 2, byKind[WindowKind.Hour.Code][1]);
        var oldestEvent = long.Parse(_folder.Ask("SELECT min(at_us) FROM event"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(now - oldestEvent, 47 * UtcMicros.PerHour, 50 * UtcMicros.PerHour);
        Assert.True(store.Counters.ShedRecords > 0 && store.Counters.ShedEvents > 0);
    }

    [Fact]
    public async Task Records_beyond_their_bytes_go_shortest_first()
    {
        await using var store = Open(new StoreBounds { RecordBytes = 400_000 });
        await HoursAsync(store, 1, 24 * 8, checkpoints: true, records: true);
        var minutes = int.Parse(_folder.Ask("SELECT count(*) FROM record WHERE kind = 1"), System.Globalization.CultureInfo.InvariantCulture);
        var quarters = int.Parse(_folder.Ask("SELECT count(*) FROM record WHERE kind = 2"), System.Globalization.CultureInfo.InvariantCulture);
        Assert.True(minutes < quarters / 2, $"{minutes} and {quarters}");
        Assert.Equal(24 * 8 * 6 * 2, quarters);
    }

    [Fact]
    public async Task What_leaves_unsent_is_counted_by_publisher_logged_and_an_event()
    {
        var log = new LineLog();
        await using var store = SqliteStore.Open(_folder.Options with { CommitInterval = TimeSpan.FromMinutes(10), Bounds = new StoreBounds { SampleAge = TimeSpan.FromHours(2) } }, log);
        store.BeginPublisher("slow");
        store.BeginPublisher("quick");
        store.PostCursor("slow", RecordStream.Telemetry, new AckRanges());
        var all = new AckRanges();
        all.Add(1, 1_000_000);
        // As of a publisher that the map no longer has: it misses nothing, and keeps nothing.
        store.PostCursor("removed", RecordStream.Telemetry, new AckRanges());
        for (var hour = 1; hour <= 30; hour++)
        {
            store.PostCursor("quick", RecordStream.Telemetry, all);
            await HoursAsync(store, hour, hour, checkpoints: true);
        }
        var gone = First(store) - 1;
        Assert.True(gone > 100);
        Assert.Equal(new Dictionary<string, long> { ["slow"] = gone }, store.Counters.ShedUnsent.ToDictionary());
        var shed = store.ReadEvents(0, 10_000).Select(e => e.Happening).Where(e => e.Kind == EventKind.Shed).ToList();
        Assert.InRange(shed.Count, 10, 30);
        Assert.Contains(shed[^1].Details, d => d.Key == "unsent slow");
        Assert.DoesNotContain(shed[^1].Details, d => d.Key is "unsent quick" or "unsent removed");
        Assert.Contains(log.Lines, l => l.Contains("ALARM", StringComparison.Ordinal) && l.Contains("slow", StringComparison.Ordinal));
        // A reader behind the hole goes on with what is there.
        Assert.Equal(gone + 1, store.ReadEntries(0, 1)[0].Seq);
    }

    [Fact]
    public async Task What_was_sent_leaves_with_one_event_a_day()
    {
        await using var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(2) });
        await HoursAsync(store, 1, 24 * 4, checkpoints: true);
        Assert.InRange(store.ReadEvents(0, 10_000).Count(e => e.Happening.Kind == EventKind.Shed), 3, 5);
        Assert.Empty(store.Counters.ShedUnsent);
    }

    [Fact]
    public async Task Quarantined_items_go_with_what_they_name()
    {
        await using var store = Open(new StoreBounds { SampleAge = TimeSpan.FromHours(2) });
        store.PostQuarantine("platform", RecordStream.Telemetry, 3, 1, "no");
        store.PostQuarantine("platform", RecordStream.Telemetry, 1_000_000, 2, "no");
        store.PostQuarantine("platform", RecordStream.Records, 3, 3, "no");
        await HoursAsync(store, 1, 30, checkpoints: true);
        Assert.Equal([3L, 1_000_000L], store.ReadQuarantine(10).Select(q => q.Id));
        Assert.Equal(1, store.Counters.ShedQuarantined);
    }

    [Fact]
    public async Task Room_that_is_no_longer_needed_goes_back_to_the_file_system_little_by_little()
    {
        await using (var store = Open(new StoreBounds()))
        {
            for (var i = 0; i < 900; i++) await PostAsync(store, Start + i * UtcMicros.PerSecond, 0, checkpoint: i % 60 == 0, bytes: 60_000);
            await store.FlushAsync(default);
        }
        var before = new FileInfo(_folder.Path).Length;
        Assert.True(before > 50_000_000);
        await using (var store = Open(new StoreBounds { SampleBytes = 5_000_000 }))
        {
            for (var i = 900; i < 960; i++)
            {
                await PostAsync(store, Start + i * UtcMicros.PerSecond, 0, checkpoint: i % 20 == 0, bytes: 60_000);
                await store.FlushAsync(default);
            }
        }
        Assert.InRange(new FileInfo(_folder.Path).Length, 5_000_000, before - 20_000_000);
        Assert.Equal("ok", _folder.Ask("PRAGMA integrity_check"));
    }

    private SqliteStore Open(StoreBounds bounds) => StoreFolder.Open(_folder.Options with { CommitInterval = TimeSpan.FromMinutes(10), Bounds = bounds });

    private static long First(SqliteStore store) => store.ReadEntries(0, 1)[0].Seq;

    /// <summary>Six entries an hour, each with a record of four kinds for two units where wanted, and an event.</summary>
    private async Task HoursAsync(SqliteStore store, int first, int last, bool checkpoints, byte codec = 0, bool records = false)
    {
        for (var hour = first; hour <= last; hour++)
        {
            for (var i = 0; i < 6; i++)
            {
                var now = Start + hour * UtcMicros.PerHour + i * 10 * UtcMicros.PerMinute;
                await PostAsync(store, now, codec, checkpoints && i == 5, records ? 40 : 1000, records);
            }
            await store.FlushAsync(default);
        }
        // What is shed is shed behind the commit.
        StoreFolder.Tell(store, "PRAGMA user_version");
    }

    private async Task PostAsync(SqliteStore store, long now, byte codec, bool checkpoint, int bytes = 1000, bool records = false)
    {
        var entry = store.Rent();
        (entry.Seq, entry.Kind, entry.Now, entry.Boot, entry.Plan, entry.Codec) = (++_seq, EntryKind.Samples, now, 1, 1, (byte)(codec | 1));
        entry.Body.GetSpan(bytes)[..bytes].Fill((byte)_seq);
        entry.Body.Advance(bytes);
        if (checkpoint)
        {
            entry.Checkpoint.GetSpan(1)[0] = 1;
            entry.Checkpoint.Advance(1);
        }
        if (records)
        {
            foreach (var unit in new[] { 1, 2 })
            {
                foreach (var kind in new[] { WindowKind.OfSeconds(5), WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour })
                {
                    var record = new WindowRecord { Unit = unit, Kind = kind, Start = now - UtcMicros.PerMinute, End = now, Revision = new Revision(1, _seq) };
                    record.BeginSegment(record.Start, record.End, default, null, default);
                    entry.Add(record);
                }
            }
            entry.Add(new GatewayEvent(EventKind.Gap, now, "a.b", []));
        }
        await store.PostAsync(entry, TestContext.Current.CancellationToken);
    }
}
