using System.Globalization;
using System.Text;

namespace EdgeGateway.Composition;

/// <summary>What is seen of files from outside: two states that differ mean that something was changed.</summary>
internal static class FileState
{
    /// <summary>Name, length and time of every file, and the time of every folder, in which a new file may match a pattern.</summary>
    public static string Of(IEnumerable<string> files)
    {
        var state = new StringBuilder();
        var folders = new SortedSet<string>(StringComparer.Ordinal);
        // A path that is not written is a fault of the map, and none here.
        foreach (var file in files.Where(f => f.Length > 0))
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
