using System.Collections.Immutable;

namespace EdgeGateway.Pipeline.Loops;

/// <summary>Loops of one sort by name, each with its own end. Started and ended by the supervisor, one call at a time; readable from any thread.</summary>
/// <param name="run">Runs a loop until its token is cancelled.</param>
/// <param name="ended">Told when a loop ends although nobody told it to; with what it failed with, or null.</param>
internal sealed class LoopGroup<T>(Func<T, CancellationToken, Task> run, Action<Exception?> ended) where T : class
{
    private readonly Dictionary<string, (T Loop, CancellationTokenSource Ending, Task Running)> _running = new(StringComparer.Ordinal);
    private ImmutableArray<T> _loops = [];

    /// <summary>The loops that run, in the order in which they were started.</summary>
    public IReadOnlyList<T> Loops => _loops;

    /// <summary>Shows loops that are not started yet.</summary>
    public void Announce(IEnumerable<T> loops) => _loops = [.. loops];

    public void Start(string name, T loop)
    {
        var ending = new CancellationTokenSource();
        var running = run(loop, ending.Token);
        _running.Add(name, (loop, ending, running));
        if (!_loops.Contains(loop)) ImmutableInterlocked.Update(ref _loops, static (all, one) => all.Add(one), loop);
        _ = running.ContinueWith(task =>
        {
            if (!ending.IsCancellationRequested) ended(task.Exception?.GetBaseException());
        }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Ends loops and waits for them; a name that does not run is passed over.</summary>
    /// <param name="names">Which; null for all.</param>
    /// <param name="failed">Told what a loop failed with while it ended.</param>
    public async Task EndAsync(IReadOnlyCollection<string>? names, Action<Exception> failed)
    {
        var chosen = _running.Where(r => names?.Contains(r.Key) != false).ToList();
        foreach (var (_, (_, ending, _)) in chosen) await ending.CancelAsync();
        foreach (var (name, (loop, ending, running)) in chosen)
        {
            try
            {
                await running;
            }
            catch (OperationCanceledException)
            {
            }
            catch (Exception failure)
            {
                failed(failure);
            }
            ending.Dispose();
            _running.Remove(name);
            ImmutableInterlocked.Update(ref _loops, static (all, one) => all.Remove(one), loop);
        }
    }
}
