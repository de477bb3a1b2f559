using EdgeGateway.Composition;

namespace EdgeGateway.Reloading;

/// <summary>Sees that the files of a map have changed, by their times and lengths: it works on network drives and mounted volumes too, where notices do not come. A change counts once nothing has moved for a whole look.</summary>
/// <param name="files">The files to look at; asked anew each time, because a map may come to include others.</param>
/// <param name="read">Their state when the map that runs was read: what changed since, while the gateway was starting, is a change too.</param>
/// <param name="time">For the looks.</param>
internal sealed class MapWatch(Func<IEnumerable<string>> files, string read, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Runs until cancelled; calls <paramref name="changed"/> after each change that has settled.</summary>
    public async Task RunAsync(Func<Task> changed, CancellationToken cancellationToken)
    {
        var known = read;
        var last = FileState.Of(files());
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = FileState.Of(files());
                if (now == last && now != known)
                {
                    known = now;
                    await changed();
                }
                last = now;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
