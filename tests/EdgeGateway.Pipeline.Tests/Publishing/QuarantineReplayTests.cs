using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>What a target refused, once more.</summary>
public sealed class QuarantineReplayTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-quarantine-");
    private readonly SqliteStore _store;
    private long _seq;

    public QuarantineReplayTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "gateway.db") }, NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_the_target_takes_leaves_the_quarantine_what_it_refuses_again_stays_and_cursors_do_not_move()
    {
        await RecordsAsync(1, 2, 3, 4);
        // Ids 2 and 3 are refused at first; 2 is taken later, 3 is refused for another reason.
        var publisher = new ScriptedPublisher((id, time) => id switch
        {
            2 when time == 1 => new Outcome(OutcomeKind.Rejected, Reason: "too large"),
            2 when time == 2 => new Outcome(OutcomeKind.Retry),
            3 => new Outcome(OutcomeKind.Rejected, Reason: time == 1 ? "no right" : "still no right"),
            _ => Outcome.Accepted,
        })
        { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous == 4, "all to be acknowledged");
        await _store.FlushAsync(default);
        Assert.Equal(["too large", "no right"], Reasons());
        Assert.Equal([new QuarantineCount("target", RecordStream.Records, 2)], _store.CountQuarantine());

        Assert.True(loop.Replay(_store.ReadQuarantine(10, "target")));
        Assert.False(loop.Replay(_store.ReadQuarantine(10, "target")));
        await Until.TrueAsync(() => loop.Replay([]), "the replay to be done");
        await _store.FlushAsync(default);
        Assert.Equal(["still no right"], Reasons());
        Assert.Equal([1, 2, 3, 4, 2, 3, 2], publisher.Offered);

        await ending.CancelAsync();
        await running;
        Assert.Equal([(1L, 4L)], _store.LoadCursor("target", RecordStream.Records)!.Ranges);

        string[] Reasons() => [.. _store.ReadQuarantine(10).OrderBy(q => q.Id).Select(q => q.Reason)];
    }

    [Fact]
    public async Task What_a_newer_revision_replaced_meanwhile_leaves_without_being_sent()
    {
        await RecordsAsync(1, 2);
        var publisher = new ScriptedPublisher((id, _) => id == 1 ? new Outcome(OutcomeKind.Rejected, Reason: "no") : Outcome.Accepted) { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous == 2, "all to be acknowledged");
        await RecordsAsync(1);
        Assert.True(loop.Replay(_store.ReadQuarantine(10)));
        await Until.TrueAsync(() => loop.Replay([]), "the replay to be done");
        await _store.FlushAsync(default);
        Assert.Empty(_store.ReadQuarantine(10));
        await ending.CancelAsync();
        await running;
        Assert.Equal([1, 2, 3], publisher.Offered);
    }

    [Fact]
    public async Task A_record_that_cannot_be_read_waits_for_a_program_that_can()
    {
        await RecordsAsync(1, 2, 3);
        var body = Ask("SELECT hex(body) FROM record WHERE id = 2");
        Ask("UPDATE record SET body = x'7F' WHERE id = 2");
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous == 3, "all to be acknowledged");
        Assert.Equal(1, loop.Health.Rejected);
        await ReplayAsync();
        Assert.Contains("newer version", Assert.Single(_store.ReadQuarantine(10)).Reason, StringComparison.Ordinal);
        Assert.Equal([1, 3], publisher.Offered);

        Ask($"UPDATE record SET body = x'{body}' WHERE id = 2");
        await ReplayAsync();
        Assert.Empty(_store.ReadQuarantine(10));
        Assert.Equal([1, 3, 2], publisher.Offered);
        await ending.CancelAsync();
        await running;

        async Task ReplayAsync()
        {
            await _store.FlushAsync(default);
            Assert.True(loop.Replay(_store.ReadQuarantine(10)));
            await Until.TrueAsync(() => loop.Replay([]), "the replay to be done");
            await _store.FlushAsync(default);
        }
    }

    [Fact]
    public async Task One_item_alone_is_found_and_released()
    {
        await RecordsAsync(1);
        _store.PostQuarantine("a", RecordStream.Records, 1, 5, "x");
        _store.PostQuarantine("a", RecordStream.Events, 1, 6, "y");
        _store.PostQuarantine("b", RecordStream.Records, 1, 7, "z");
        await _store.FlushAsync(default);
        Assert.Equal(["z", "y", "x"], _store.ReadQuarantine(10).Select(q => q.Reason));
        Assert.Equal(["y", "x"], _store.ReadQuarantine(10, "a").Select(q => q.Reason));
        Assert.Equal(["z", "x"], _store.ReadQuarantine(10, stream: RecordStream.Records).Select(q => q.Reason));
        Assert.Equal(["x"], _store.ReadQuarantine(10, "a", RecordStream.Records, 1).Select(q => q.Reason));
        _store.ReleaseQuarantine("a", RecordStream.Records, 1);
        await _store.FlushAsync(default);
        Assert.Equal(["z", "y"], _store.ReadQuarantine(10).Select(q => q.Reason));
    }

    private string Ask(string sql) => SqliteProgram.Ask(Path.Combine(_folder.FullName, "gateway.db"), sql);

    private async Task RecordsAsync(params int[] minutes)
    {
        var record = new WindowRecord();
        foreach (var minute in minutes)
        {
            var entry = _store.Rent();
            (entry.Seq, entry.Kind, entry.Now) = (++_seq, EntryKind.Advance, _seq);
            record.Clear();
            (record.Unit, record.Kind, record.Start, record.End, record.Revision) = (1, WindowKind.Minute, minute * 60_000_000L, (minute + 1) * 60_000_000L, new Revision(1, _seq));
            record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, default);
            entry.Add(record);
            await _store.PostAsync(entry, TestContext.Current.CancellationToken);
        }
        await _store.FlushAsync(TestContext.Current.CancellationToken);
    }
}
