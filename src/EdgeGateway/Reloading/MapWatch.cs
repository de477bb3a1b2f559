using System.Globalization;
using System.Text;

namespace EdgeGateway.Reloading;

/// <summary>Sees that the files of a map have changed, by their times and lengths: it works on network drives and mounted volumes too, where notices do not come. A change counts once nothing has moved for a whole look.</summary>
/// <param name="files">The files to look at; asked anew each time, because a map may come to include others.</param>
/// <param name="time">For the looks.</param>
internal sealed class MapWatch(Func<IEnumerable<string>> files, TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>Runs until cancelled; calls <paramref name="changed"/> after each change that has settled.</summary>
    public async Task RunAsync(Func<Task> changed, CancellationToken cancellationToken)
    {
        var known = State();
        var last = known;
        using var timer = new PeriodicTimer(Look, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellationToken))
            {
                var now = State();
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

    /// <summary>Name, length and time of every file, and the time of every folder, in which a new file may match a pattern.</summary>
    private string State()
    {
        var state = new StringBuilder();
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var file in files())
        {
            folders.Add(Path.GetDirectoryName(Path.GetFullPath(file))!);
            var info = new FileInfo(file);
            state.Append(CultureInfo.InvariantCulture, $"{file} {(info.Exists ? info.Length : -1)} {(info.Exists ? info.LastWriteTimeUtc.Ticks : 0)}\n");
        }
        foreach (var folder in folders) state.AppendJoin(' ', Names(folder)).Append('\n');
        return state.ToString();
    }

    /// <summary>YAML files only: beside the map may lie a database that changes all the time.</summary>
    private static IEnumerable<string> Names(string folder)
    {
        try
        {
            return Directory.GetFiles(folder, "*.y*ml").Order(StringComparer.Ordinal);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
