using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.Composition;

/// <summary>Finds and reads the files that maps are made of.</summary>
internal static class MapFolder
{
    // A character takes at most four bytes; the reader refuses what is longer.
    private const long MaxBytes = 4L * MapReader.MaxCharacters;

    /// <summary>The files behind <paramref name="wanted"/>, relative to the folder of the file <paramref name="from"/>, in the order of their names.</summary>
    public static FoundDocuments Find(string wanted, string from)
    {
        if (wanted.Length == 0) return Nothing("write the path of a file.");
        var path = PathOf(wanted, from);
        var (folder, name) = (Path.GetDirectoryName(path) ?? "", Path.GetFileName(path));
        if (folder.AsSpan().ContainsAny('*', '?')) return Nothing("'*' and '?' may stand in the file's name only, not in that of a folder.");
        if (!name.AsSpan().ContainsAny('*', '?')) return Read([path]);
        try
        {
            var files = Directory.GetFiles(folder.Length == 0 ? "." : folder, name, new EnumerationOptions { MatchType = MatchType.Simple, MatchCasing = MatchCasing.CaseSensitive });
            return files.Length == 0 ? Nothing("no file is called so.") : Read(files.Select(f => Path.Combine(folder, Path.GetFileName(f))).Order(StringComparer.Ordinal));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return Nothing(Directory.Exists(folder) ? "the folder cannot be read: " + problem.Message : "its folder does not exist.");
        }
    }

    /// <summary>Where <paramref name="wanted"/> lies, relative to the folder of the file <paramref name="from"/>; a pattern stays one.</summary>
    public static string PathOf(string wanted, string from) => Tidy(Path.Combine(Path.GetDirectoryName(from) ?? "", wanted));

    /// <summary>Reads a text, but none that is too long for a map.</summary>
    public static bool TryRead(string path, out string text, out string problem)
    {
        text = problem = "";
        if (Directory.Exists(path)) problem = "it is a folder.";
        else if (!File.Exists(path)) problem = "it does not exist.";
        if (problem.Length > 0) return false;
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > MaxBytes })
            {
                problem = "it is longer than 16 MiB.";
                return false;
            }
            text = File.ReadAllText(path);
            return true;
        }
        catch (UnauthorizedAccessException)
        {
            problem = "this user may not read it.";
            return false;
        }
        catch (IOException wrong)
        {
            problem = wrong.Message;
            return false;
        }
    }

    private static FoundDocuments Read(IEnumerable<string> paths)
    {
        var documents = new List<MapDocument>();
        foreach (var path in paths)
        {
            if (!TryRead(path, out var text, out var problem)) return Nothing(problem);
            documents.Add(new MapDocument(path, text));
        }
        return new FoundDocuments(documents);
    }

    /// <summary>The path without <c>.</c> and with each <c>..</c> taken together with the folder before it, so that a file has one name.</summary>
    private static string Tidy(string path)
    {
        var parts = new List<string>();
        foreach (var part in path.Split('/'))
        {
            if (part is "." || (part.Length == 0 && parts.Count > 0)) continue;
            if (part is ".." && parts.Count > 0 && parts[^1] is not ("" or "..")) parts.RemoveAt(parts.Count - 1);
            else parts.Add(part);
        }
        return string.Join('/', parts);
    }

    private static FoundDocuments Nothing(string why) => new([], why);
}
