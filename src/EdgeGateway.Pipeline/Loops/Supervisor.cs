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
        await EndAsync([ingesting]);
        if (!ingesting.IsFaulted) await store.FlushAsync(CancellationToken.None);
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

    [LoggerMessage(Level = LogLevel.Critical, Message = "A loop failed; the gateway stops rather than go on with wrong or missing numbers.")]
    private partial void LogFailed(Exception failure);
}
