using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Loops;

/// <summary>Starts the loops in order, swaps some of them while the others run on, ends them in the reverse order of the data's way, and ends all where one fails that must not.</summary>
public sealed partial class Supervisor : IDisposable
{
    private static readonly TimeSpan DiskLimit = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<IBus> _firstBuses;
    private readonly IReadOnlyList<PublisherLoop> _firstPublishers;
    private readonly LoopGroup<IBus> _buses;
    private readonly LoopGroup<PublisherLoop> _publishers;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly SemaphoreSlim _turn = new(1);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ILogger _log;

    /// <summary>Makes the supervisor; starts nothing.</summary>
    /// <param name="buses">A bus a connection.</param>
    /// <param name="ingest">The Ingest loop.</param>
    /// <param name="publishers">A loop a target.</param>
    /// <param name="store">The log; not disposed here.</param>
    /// <param name="log">For the few lines worth saying.</param>
    public Supervisor(IReadOnlyList<IBus> buses, IngestLoop ingest, IReadOnlyList<PublisherLoop> publishers, IStore store, ILoggerFactory log)
    {
        (_firstBuses, Ingest, _firstPublishers, Store) = (buses, ingest, publishers, store);
        _log = log.CreateLogger<Supervisor>();
        _buses = new LoopGroup<IBus>(static (bus, token) => bus.RunAsync(token), EndedByItself);
        _publishers = new LoopGroup<PublisherLoop>(static (publisher, token) => Task.Run(() => publisher.RunAsync(token), CancellationToken.None), EndedByItself);
        _buses.Announce(buses);
        _publishers.Announce(publishers);
    }

    /// <summary>The buses that run. Any thread.</summary>
    public IReadOnlyList<IBus> Buses => _buses.Loops;

    /// <summary>The Ingest loop.</summary>
    public IngestLoop Ingest { get; }

    /// <summary>The publishers that run. Any thread.</summary>
    public IReadOnlyList<PublisherLoop> Publishers => _publishers.Loops;

    /// <summary>The log.</summary>
    public IStore Store { get; }

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled: then buses stop, Ingest drains, the store flushes, publishers stop. Throws what a loop failed with.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await _turn.WaitAsync(CancellationToken.None);
        // Started here and not on the pool: a simulated clock then finds every loop at work from the first moment.
        var ingesting = Ingest.RunAsync(CancellationToken.None);
        foreach (var bus in _firstBuses) _buses.Start(bus.Name, bus);
        foreach (var publisher in _firstPublishers) _publishers.Start(publisher.Health.Name, publisher);
        _turn.Release();

        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
        var first = await Task.WhenAny(ingesting, stopped, _ended.Task);
        if (first != stopped && first.Exception?.GetBaseException() is { } failure) LogFailed(failure);

        await ending.CancelAsync();
        // A swap that is under way ends first, and none begins any more: the turn is kept.
        await _stopping.CancelAsync();
        await _turn.WaitAsync(CancellationToken.None);
        await _buses.EndAsync(null, LogFailed);
        Ingest.Complete();
        // A disk that refuses must not hold the machine's shutdown: the store tries once more when it is closed, and says what it could not keep.
        using var limit = new CancellationTokenSource(DiskLimit, TimeProvider.System);
        await EndAsync(ingesting.WaitAsync(limit.Token));
        if (ingesting.IsCompletedSuccessfully) await EndAsync(Store.FlushAsync(limit.Token));
        if (limit.IsCancellationRequested) LogDisk(Store.Pending, Store.Fault ?? "no answer");
        await _publishers.EndAsync(null, LogFailed);
        if (first != stopped) await first;
    }

    /// <summary>Ends some loops, puts another plan in force behind all they had posted, and begins others; those named on neither side run on untouched. One swap at a time.</summary>
    /// <returns>Number of the entry from which on the plan is in force.</returns>
    /// <exception cref="InvalidOperationException">The gateway is stopping: nothing was changed, or the loops to end have ended already.</exception>
    /// <exception cref="OperationCanceledException">Likewise.</exception>
    public async Task<long> SwapAsync(PlantSwap swap)
    {
        ArgumentNullException.ThrowIfNull(swap);
        await _turn.WaitAsync(_stopping.Token);
        try
        {
            await _buses.EndAsync(swap.EndBuses, LogFailed);
            await _publishers.EndAsync(swap.EndPublishers, LogFailed);
            var seq = await Ingest.ChangePlanAsync(swap.Plant, swap.PlanId, _stopping.Token);
            foreach (var bus in swap.BeginBuses()) _buses.Start(bus.Name, bus);
            foreach (var publisher in swap.BeginPublishers()) _publishers.Start(publisher.Health.Name, publisher);
            return seq;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Once <see cref="RunAsync"/> has ended.</summary>
    public void Dispose()
    {
        _stopping.Dispose();
        _turn.Dispose();
    }

    private void EndedByItself(Exception? failure)
    {
        if (failure is null) _ended.TrySetResult();
        else _ended.TrySetException(failure);
    }

    /// <summary>Waits for work that has been told to end; a failure has been kept as the first one already, or is said here.</summary>
    private async Task EndAsync(Task work)
    {
        try
        {
            await work;
        }
        catch (OperationCanceledException)
        {
        }
        catch (Exception failure)
        {
            LogFailed(failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stopping although {Pending} entries are not on the disk yet: {Fault}")]
    private partial void LogDisk(int pending, string fault);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A loop failed; the gateway stops rather than go on with wrong or missing numbers.")]
    private partial void LogFailed(Exception failure);
}
