using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Pipeline.Storing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Pipeline.Loops;

/// <summary>Starts the loops in order, ends them in the reverse order of the data's way, and ends all where one fails that must not.</summary>
/// <param name="buses">A bus a connection.</param>
/// <param name="ingest">The Ingest loop.</param>
/// <param name="publishers">A loop a target.</param>
/// <param name="store">The log; not disposed here.</param>
/// <param name="log">For the few lines worth saying.</param>
public sealed partial class Supervisor(IReadOnlyList<IBus> buses, IngestLoop ingest, IReadOnlyList<PublisherLoop> publishers, IStore store, ILoggerFactory log)
{
    private static readonly TimeSpan DiskLimit = TimeSpan.FromSeconds(10);
    private readonly ILogger _log = log.CreateLogger<Supervisor>();

    /// <summary>The buses.</summary>
    public IReadOnlyList<IBus> Buses => buses;

    /// <summary>The Ingest loop.</summary>
    public IngestLoop Ingest => ingest;

    /// <summary>The publishers.</summary>
    public IReadOnlyList<PublisherLoop> Publishers => publishers;

    /// <summary>The log.</summary>
    public IStore Store => store;

    /// <summary>Runs until <paramref name="cancellationToken"/> is cancelled: then buses stop, Ingest drains, the store flushes, publishers stop. Throws what a loop failed with.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var publishing = new CancellationTokenSource();
        // Started here and not on the pool: a simulated clock then finds every loop at work from the first moment.
        var ingesting = ingest.RunAsync(CancellationToken.None);
        var polling = buses.Select(b => b.RunAsync(ending.Token)).ToArray();
        var sending = publishers.Select(p => Task.Run(() => p.RunAsync(publishing.Token), CancellationToken.None)).ToArray();

        var stopped = Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, ending.Token);
        var first = await Task.WhenAny([ingesting, stopped, .. polling, .. sending]);
        if (first != stopped && first.Exception?.GetBaseException() is { } failure) LogFailed(failure);

        await ending.CancelAsync();
        await EndAsync(polling);
        ingest.Complete();
        // A disk that refuses must not hold the machine's shutdown: the store tries once more when it is closed, and says what it could not keep.
        using var limit = new CancellationTokenSource(DiskLimit, TimeProvider.System);
        await EndAsync([ingesting.WaitAsync(limit.Token)]);
        if (ingesting.IsCompletedSuccessfully) await EndAsync([store.FlushAsync(limit.Token)]);
        if (limit.IsCancellationRequested) LogDisk(store.Pending, store.Fault ?? "no answer");
        await publishing.CancelAsync();
        await EndAsync(sending);
        if (first != stopped) await first;
    }

    /// <summary>Waits for loops that have been told to end; a failure has been kept as the first one already, or is said here.</summary>
    private async Task EndAsync(Task[] loops)
    {
        foreach (var loop in loops)
        {
            try
            {
                await loop;
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception failure)
            {
                LogFailed(failure);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Stopping although {Pending} entries are not on the disk yet: {Fault}")]
    private partial void LogDisk(int pending, string fault);

    [LoggerMessage(Level = LogLevel.Critical, Message = "A loop failed; the gateway stops rather than go on with wrong or missing numbers.")]
    private partial void LogFailed(Exception failure);
}
