using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Tests.Contract;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>The loop over a real store: what is offered, what is acknowledged, what survives.</summary>
public sealed class PublisherLoopTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-publisher-");
    private readonly SqliteStore _store;
    private long _seq;

    public PublisherLoopTests() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "gateway.db") }, NullLoggerFactory.Instance);

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_record_is_offered_once_in_order_and_acknowledged()
    {
        await RecordsAsync(1, 2, 3);
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true };
        await RunAsync(publisher, async () =>
        {
            await OfferedAsync(publisher, 3);
            await RecordsAsync(4, 5);
            await OfferedAsync(publisher, 5);
            await AcknowledgedAsync(5);
        });
        Assert.Equal([1, 2, 3, 4, 5], publisher.Offered);
    }

    [Fact]
    public async Task A_restart_goes_on_behind_what_was_acknowledged()
    {
        await RecordsAsync(1, 2, 3);
        var first = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true };
        await RunAsync(first, () => AcknowledgedAsync(3));
        await RecordsAsync(4);
        var second = new ScriptedPublisher((_, _) => Outcome.Accepted);
        await RunAsync(second, () => AcknowledgedAsync(4));
        Assert.Equal([4], second.Offered);
    }

    [Fact]
    public async Task A_rejected_record_is_quarantined_with_its_reason_and_blocks_nothing()
    {
        await RecordsAsync(1, 2, 3);
        var publisher = new ScriptedPublisher((id, _) => id == 2 ? new Outcome(OutcomeKind.Rejected, Reason: "not wanted") : Outcome.Accepted) { FromOldest = true };
        var loop = await RunAsync(publisher, () => AcknowledgedAsync(3));
        Assert.Equal((2, 1, 0), (loop.Health.Accepted, loop.Health.Rejected, loop.Health.Retried));
        Assert.Equal([1, 2, 3], publisher.Offered);
    }

    [Fact]
    public async Task A_retry_is_offered_again_and_its_neighbours_are_not()
    {
        await RecordsAsync(1, 2, 3);
        var publisher = new ScriptedPublisher((id, time) => id == 2 && time < 3 ? new Outcome(OutcomeKind.Retry) : Outcome.Accepted) { FromOldest = true };
        await RunAsync(publisher, () => AcknowledgedAsync(3));
        Assert.Equal([1, 2, 3, 2, 2], publisher.Offered);
    }

    [Fact]
    public async Task A_record_that_a_newer_revision_replaced_is_passed_over()
    {
        await RecordsAsync(7, 8, 7);
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true };
        var loop = await RunAsync(publisher, () => AcknowledgedAsync(3));
        Assert.Equal([2, 3], publisher.Offered);
        Assert.Equal(1, loop.Health.Skipped);
    }

    [Fact]
    public async Task A_kind_that_is_not_chosen_is_passed_over_and_acknowledged()
    {
        await RecordsAsync(1, 2);
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true, Choice = new() { Streams = [RecordStream.Records] } };
        await RunAsync(publisher, () => AcknowledgedAsync(2));
        Assert.Empty(publisher.Offered);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_publisher_new_to_the_store_begins_where_it_is_told(bool oldest)
    {
        await RecordsAsync(1, 2);
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = oldest };
        await RunAsync(publisher, async () =>
        {
            await AcknowledgedAsync(2);
            await RecordsAsync(3);
            await AcknowledgedAsync(3);
        });
        Assert.Equal(oldest ? [1, 2, 3] : [3], publisher.Offered);
    }

    [Fact]
    public async Task A_broken_line_keeps_what_was_accepted_and_offers_the_rest_again()
    {
        await RecordsAsync(1, 2, 3);
        var broken = false;
        var publisher = new ScriptedPublisher((id, _) =>
        {
            if (id != 2 || broken) return Outcome.Accepted;
            broken = true;
            throw new PublisherException("the line broke");
        })
        { FromOldest = true };
        var loop = await RunAsync(publisher, () => AcknowledgedAsync(3));
        Assert.Equal([1, 2, 2, 3], publisher.Offered);
        Assert.Equal((2, 1), (publisher.Connects, loop.Health.Failures));
    }

    [Fact]
    public async Task A_stretch_is_sent_again_newest_revisions_only_and_the_cursor_stays()
    {
        await RecordsAsync(1, 2, 3, 4, 3);
        var publisher = new ScriptedPublisher((id, time) => id == 2 && time == 2 ? new Outcome(OutcomeKind.Retry) : Outcome.Accepted) { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await AcknowledgedAsync(5);
        var order = new RepublishOrder(new LogRange(2 * 60_000_000L, 4 * 60_000_000L, [RecordStream.Records]), 1000);
        Assert.True(loop.Republish(order));
        // Minutes 2 and 3, the first tried twice; minute 3 is now the record with id 5.
        await OfferedAsync(publisher, 7);
        await Until.TrueAsync(() => loop.Republish(order), "the first order to be done");
        await OfferedAsync(publisher, 9);
        await ending.CancelAsync();
        await running;
        Assert.Equal([1, 2, 4, 5], publisher.Offered[..4]);
        Assert.Equal([2, 2, 2, 5, 5], publisher.Offered[4..].Order());
        Assert.Equal([(1L, 5L)], _store.LoadCursor("target", RecordStream.Records)!.Ranges);
    }

    [Fact]
    public async Task What_became_old_while_it_waited_to_be_sent_again_is_not_sent()
    {
        await RecordsAsync(1, 2, 3);
        var hold = true;
        var publisher = new ScriptedPublisher((id, time) => id == 1 && time >= 2 && Volatile.Read(ref hold) ? new Outcome(OutcomeKind.Retry) : Outcome.Accepted) { FromOldest = true };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await AcknowledgedAsync(3);
        Assert.True(loop.Republish(new RepublishOrder(new LogRange(60_000_000L, 2 * 60_000_000L, [RecordStream.Records]), 1000)));
        await OfferedAsync(publisher, 4);
        // Minute 1 is stated anew and goes out with the live data; the old statement must not follow it.
        await RecordsAsync(1);
        await AcknowledgedAsync(4);
        var old = publisher.Offered.Count(id => id == 1);
        Volatile.Write(ref hold, false);
        await Until.TrueAsync(() => loop.Republish(new RepublishOrder(new LogRange(0, 1, [RecordStream.Records]), 1000)), "the order to be done");
        await ending.CancelAsync();
        await running;
        Assert.Equal(4, publisher.Offered[^1]);
        Assert.InRange(publisher.Offered.Count(id => id == 1), 2, old + 1);
    }

    [Fact]
    public async Task Samples_are_collected_for_as_long_as_the_map_says()
    {
        var time = new FakeTimeProvider();
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted) { FromOldest = true, Choice = new PublisherChoice { Streams = [RecordStream.Telemetry], Telemetry = TelemetryMode.All, Collect = TimeSpan.FromSeconds(10) } };
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, time, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await Until.TrueAsync(() => loop.Quiet, "the loop to wait");
        await SampleAsync();
        await Until.TrueAsync(() => loop.Quiet, "the loop to have seen the first");
        Assert.Empty(publisher.Offered);
        time.Advance(TimeSpan.FromSeconds(9));
        await SampleAsync();
        await Until.TrueAsync(() => loop.Quiet, "the loop to have seen the second");
        Assert.Empty(publisher.Offered);
        time.Advance(TimeSpan.FromSeconds(1));
        await SampleAsync();
        await OfferedAsync(publisher, 3);
        await ending.CancelAsync();
        await running;
        Assert.Equal([1L, 2, 3], publisher.Offered);
    }

    private async Task SampleAsync()
    {
        var entry = _store.Rent();
        (entry.Seq, entry.Now) = (++_seq, _seq);
        (entry.Kind, entry.Codec) = (EntryKind.Samples, SampleBlockCodec.Packed);
        var block = new SampleBlock(1);
        Assert.True(block.TryAddGauge(0, _seq, 0, _seq));
        SampleBlockCodec.Encode(block, [Plant.Power], entry.Body);
        await _store.PostAsync(entry, TestContext.Current.CancellationToken);
        await _store.FlushAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_held_publisher_does_not_connect_and_misses_nothing_of_what_is_measured_meanwhile()
    {
        await RecordsAsync(1);
        var publisher = new ScriptedPublisher((_, _) => Outcome.Accepted);
        var hold = new PublishHold("not yet");
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance, hold);
        var running = loop.RunAsync(ending.Token);
        await Until.TrueAsync(() => loop.Health.LastError == "not yet", "the reason to be shown");
        await RecordsAsync(2, 3);
        Assert.Equal((0, false), (publisher.Connects, loop.Health.Connected));
        hold.Release();
        Assert.Null(hold.Reason);
        await AcknowledgedAsync(3);
        await ending.CancelAsync();
        await running;
        // It began when it was first started, and not when it was let go.
        Assert.Equal([2, 3], publisher.Offered);
    }

    [Fact]
    public async Task A_held_publisher_ends_when_it_is_told_to()
    {
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(new ScriptedPublisher((_, _) => Outcome.Accepted), _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance, new PublishHold("not yet"));
        var running = loop.RunAsync(ending.Token);
        await ending.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private async Task<PublisherLoop> RunAsync(ScriptedPublisher publisher, Func<Task> meanwhile)
    {
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(publisher, _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await meanwhile();
        await ending.CancelAsync();
        await running;
        return loop;
    }

    /// <summary>A minute record for each number, in an entry of its own; the same number again is a newer revision of the same key.</summary>
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

    private static Task OfferedAsync(ScriptedPublisher publisher, int count) => Until.TrueAsync(() => publisher.Offered.Length >= count, $"{count} records to be offered");

    private Task AcknowledgedAsync(long id) => Until.TrueAsync(() => _store.LoadCursor("target", RecordStream.Records)?.Contiguous == id, $"everything up to {id} to be acknowledged");
}
