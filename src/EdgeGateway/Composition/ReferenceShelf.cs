using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.Composition;

/// <summary>A set of coefficients or factors that can be used.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Document">Its file.</param>
/// <param name="Own">True where it lies beside the map.</param>
internal sealed record ShelvedReference(string Name, MapDocument Document, bool Own);

/// <summary>Sets of coefficients and factors: those of the folders <c>coefficients</c> and <c>factors</c> beside the map come first, then those inside the binary.</summary>
/// <param name="folder">Folder of the map as its user named it; null where there is none.</param>
internal sealed class ReferenceShelf(string? folder)
{
    private const string Extension = ".yaml";
    private static readonly string[] Folders = ["coefficients", "factors"];

    /// <summary>The set, or null where there is none that can be read.</summary>
    public ShelvedReference? Find(string name)
    {
        // A wrong name must not become a path.
        if (MapNames.Wrong(name) is not null) return null;
        foreach (var kind in Folders)
        {
            if (folder is null || !File.Exists(PathOf(folder, kind, name))) continue;
            // One's own file that cannot be read must not silently become another's.
            return MapFolder.TryRead(PathOf(folder, kind, name), out var own, out _) ? new ShelvedReference(name, new MapDocument(PathOf(folder, kind, name), own), true) : null;
        }
        foreach (var kind in Folders)
        {
            using var stream = typeof(ReferenceShelf).Assembly.GetManifestResourceStream($"{kind}/{name}{Extension}");
            if (stream is null) continue;
            using var reader = new StreamReader(stream);
            return new ShelvedReference(name, new MapDocument($"built-in/{kind}/{name}{Extension}", reader.ReadToEnd()), false);
        }
        return null;
    }

    /// <summary>Where one's own file of this set is looked for; empty where there is no folder or the name is none.</summary>
    public IEnumerable<string> OwnPaths(string name) => folder is null || MapNames.Wrong(name) is not null ? [] : Folders.Select(kind => PathOf(folder, kind, name));

    /// <summary>Names of all sets, in order.</summary>
    public IReadOnlyList<string> Names() => [.. Folders.SelectMany(Own).Concat(BuiltIn()).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> BuiltIn() => typeof(ReferenceShelf).Assembly.GetManifestResourceNames()
        .Where(n => n.EndsWith(Extension, StringComparison.Ordinal) && Folders.Any(f => n.StartsWith(f + "/", StringComparison.Ordinal))).Select(n => Path.GetFileNameWithoutExtension(n));

    private static string PathOf(string folder, string kind, string name) => Path.Combine(folder, kind, name + Extension);

    private List<string> Own(string kind)
    {
        var root = folder is null ? null : Path.Combine(folder, kind);
        if (root is null || !Directory.Exists(root)) return [];
        try
        {
            return [.. Directory.GetFiles(root, "*" + Extension).Select(f => Path.GetFileNameWithoutExtension(f)).Where(n => MapNames.Wrong(n) is null)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
