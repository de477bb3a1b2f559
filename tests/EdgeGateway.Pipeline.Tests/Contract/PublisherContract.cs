using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Pipeline.Tests.Contract;

/// <summary>What every publisher is held to, against its real target: the loop and a real store drive it, and what counts is what the target holds in the end. A kind of publisher inherits this and starts its target.</summary>
public abstract class PublisherContract : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-contract-");
    private readonly SqliteStore _store;
    private IContractTarget? _target;
    private long _seq;

    protected PublisherContract() => _store = SqliteStore.Open(new SqliteStoreOptions { Path = Path.Combine(_folder.FullName, "gateway.db") }, NullLoggerFactory.Instance);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private IContractTarget It => _target!;

    public async ValueTask InitializeAsync() => _target = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_target is { } target) await target.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_record_arrives_and_is_acknowledged_as_one_range()
    {
        await RecordsAsync(Enumerable.Range(0, 450));
        await RunAsync(true, async () =>
        {
            await AcknowledgedAsync(450);
            await RecordsAsync(Enumerable.Range(450, 30));
            await AcknowledgedAsync(480);
        });
        await HoldsAsync(480);
        Assert.Equal([(1L, 480L)], Cursor().Ranges);
    }

    [Fact]
    public async Task A_newer_revision_holds_whether_the_older_one_was_sent_or_not()
    {
        await RecordsAsync([1, 2, 3, 2]);
        await RunAsync(true, () => AcknowledgedAsync(4));
        Assert.Equal([1L, 3, 4], (await HeldAsync(3)).Values.Order());
        await RecordsAsync([3, 1, 3]);
        await RunAsync(true, () => AcknowledgedAsync(7));
        Assert.Equal([4L, 6, 7], (await HeldAsync(3)).Values.Order());
    }

    [Fact]
    public async Task What_cannot_be_stated_is_set_aside_with_its_reason_and_blocks_nothing()
    {
        await RecordsAsync([1, 2]);
        await RecordsAsync([3], unit: 99);
        await RecordsAsync([4]);
        var loop = await RunAsync(true, () => AcknowledgedAsync(4));
        Assert.Equal((3, 1, 0), (loop.Health.Accepted, loop.Health.Rejected, loop.Health.Retried));
        Assert.Equal([1L, 2, 4], (await HeldAsync(3)).Values.Order());
    }

    [Fact]
    public async Task An_outage_costs_nothing_and_the_store_goes_on_meanwhile()
    {
        await RecordsAsync(Enumerable.Range(0, 50));
        var loop = await RunAsync(true, async () =>
        {
            await AcknowledgedAsync(50);
            await It.StopAsync();
            await RecordsAsync(Enumerable.Range(50, 700));
            Assert.Equal(750, _store.DurableRecordId);
            await It.StartAgainAsync();
            await AcknowledgedAsync(750);
        });
        Assert.True(loop.Health.Failures > 0);
        await HoldsAsync(750);
    }

    [Fact]
    public async Task A_target_that_stands_still_is_waited_for_and_nothing_piles_up_before_it()
    {
        await RecordsAsync(Enumerable.Range(0, 50));
        await RunAsync(true, async loop =>
        {
            await AcknowledgedAsync(50);
            var before = loop.Health.BytesSent;
            It.Freeze();
            try
            {
                await RecordsAsync(Enumerable.Range(50, 3000));
                // The store goes on, the cursor stands, and what waits waits on the disk: only a window's worth is under way.
                await Until.TrueAsync(() => loop.Health.BytesSent > before, "the publisher to be under way", Patience);
                Assert.Equal((3050, 50), (_store.DurableRecordId, Cursor().Contiguous));
                Assert.InRange(loop.Health.BytesSent - before, 1, 100_000);
            }
            finally
            {
                It.Thaw();
            }
            await AcknowledgedAsync(3050);
        });
        await HoldsAsync(3050);
    }

    [Fact]
    public async Task A_target_that_is_not_there_is_named_and_data_wait()
    {
        await It.StopAsync();
        await using var publisher = It.Publisher(true);
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        Assert.Contains(It.Address, fault.Message, StringComparison.Ordinal);
        var outcomes = new Outcome[1];
        await Assert.ThrowsAsync<PublisherException>(() => publisher.PublishAsync([Item(1)], outcomes, Cancel));
        Assert.Equal(OutcomeKind.Retry, outcomes[0].Kind);
        await It.StartAgainAsync();
        await publisher.ConnectAsync(Cancel);
        await publisher.PublishAsync([Item(1)], outcomes, Cancel);
        Assert.Equal(OutcomeKind.Accepted, outcomes[0].Kind);
    }

    [Fact]
    public async Task A_line_that_breaks_under_way_leaves_each_item_accepted_or_to_be_tried_again()
    {
        await using var publisher = It.Publisher(true);
        await publisher.ConnectAsync(Cancel);
        PublishItem[] items = [.. Enumerable.Range(0, 5000).Select(Item)];
        var outcomes = new Outcome[items.Length];
        var publishing = publisher.PublishAsync(items, outcomes, Cancel);
        await It.StopAsync();
        try
        {
            await publishing;
        }
        catch (PublisherException)
        {
            // It may have been faster than the end.
        }
        Assert.All(outcomes, o => Assert.NotEqual(OutcomeKind.Rejected, o.Kind));
        await It.StartAgainAsync();
        await publisher.ConnectAsync(Cancel);
        items = [.. items.Where((_, i) => outcomes[i].Kind == OutcomeKind.Retry), Item(5000)];
        outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, Cancel);
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Accepted, o.Kind));
    }

    [Fact]
    public async Task What_is_sent_again_stands_once()
    {
        await using var publisher = It.Publisher(true);
        await publisher.ConnectAsync(Cancel);
        for (var round = 0; round < 3; round++)
        {
            var outcomes = new Outcome[2];
            await publisher.PublishAsync([Item(1), Item(2)], outcomes, Cancel);
            Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Accepted, o.Kind));
        }
        await HoldsAsync(2);
    }

    [Fact]
    public async Task A_stop_and_a_start_go_on_where_it_was()
    {
        await RecordsAsync([1, 2]);
        await RunAsync(true, () => AcknowledgedAsync(2));
        await RecordsAsync([3]);
        var second = await RunAsync(true, () => AcknowledgedAsync(3));
        Assert.Equal(1, second.Health.Accepted);
        await HoldsAsync(3);
    }

    [Fact]
    public async Task One_that_is_new_begins_with_what_comes_from_now_on()
    {
        await RecordsAsync([1, 2]);
        await RunAsync(false, async () =>
        {
            await AcknowledgedAsync(2);
            await RecordsAsync([3]);
            await AcknowledgedAsync(3);
        });
        Assert.Equal([3L], (await HeldAsync(1)).Values);
    }

    [Fact]
    public async Task A_stop_in_the_middle_of_much_loses_and_rejects_nothing()
    {
        await RecordsAsync(Enumerable.Range(0, 1000));
        var first = await RunAsync(true, () => Until.TrueAsync(() => Cursor().Contiguous > 0, "a part to be acknowledged", Patience));
        var second = await RunAsync(true, () => AcknowledgedAsync(1000));
        Assert.Equal(0, first.Health.Rejected + second.Health.Rejected);
        Assert.True(first.Health.Accepted + second.Health.Accepted >= 1000);
        await HoldsAsync(1000);
    }

    /// <summary>Starts an empty target.</summary>
    protected abstract Task<IContractTarget> StartAsync();

    private static long StartOf(int minute) => Plant.Start + minute * UtcMicros.PerMinute;

    private static PublishItem Item(int minute) => new RecordItem(minute + 1, Record(minute, 1, minute + 1));

    private static WindowRecord Record(int minute, int unit, long seq)
    {
        var record = new WindowRecord { Unit = unit, Kind = WindowKind.Minute, Start = StartOf(minute), End = StartOf(minute + 1), Revision = new Revision(1, seq), CoveredMicros = UtcMicros.PerMinute };
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, Plant.States(UtcMicros.PerMinute));
        record.Add(Plant.Input(Plant.Energy, InputRole.Purchased, minute * 65_536L, (minute + 1) * 65_536L, 65_536));
        record.Add(new Figure { Id = FigureId.IdleShare, Value = new ExactDecimal(5, -1) });
        return record;
    }

    private Task<PublisherLoop> RunAsync(bool fromOldest, Func<Task> meanwhile) => RunAsync(fromOldest, _ => meanwhile());

    private async Task<PublisherLoop> RunAsync(bool fromOldest, Func<PublisherLoop, Task> meanwhile)
    {
        using var ending = new CancellationTokenSource();
        var loop = new PublisherLoop(It.Publisher(fromOldest), _store, TimeProvider.System, () => 0, NullLoggerFactory.Instance);
        var running = loop.RunAsync(ending.Token);
        await meanwhile(loop);
        await ending.CancelAsync();
        await running;
        return loop;
    }

    /// <summary>A record for each number, in an entry of its own; the same number again is a newer revision of the same key.</summary>
    private async Task RecordsAsync(IEnumerable<int> minutes, int unit = Plant.Line)
    {
        foreach (var minute in minutes)
        {
            var entry = _store.Rent();
            (entry.Seq, entry.Kind, entry.Now) = (++_seq, EntryKind.Advance, _seq);
            entry.Add(Record(minute, unit, _seq));
            await _store.PostAsync(entry, Cancel);
        }
        await _store.FlushAsync(Cancel);
    }

    private AckRanges Cursor() => _store.LoadCursor("target", RecordStream.Records) ?? new AckRanges();

    private Task AcknowledgedAsync(long id) => Until.TrueAsync(() => Cursor().Contiguous == id, $"everything up to {id} to be acknowledged", Patience);

    private async Task<IReadOnlyDictionary<long, long>> HeldAsync(int count)
    {
        await HoldsAsync(count);
        return await It.HeldAsync();
    }

    private async Task HoldsAsync(int count)
    {
        var held = 0;
        await Until.TrueAsync(async () => (held = (await It.HeldAsync()).Count) >= count, $"{count} windows at the target", Patience);
        Assert.Equal(count, held);
    }
}
