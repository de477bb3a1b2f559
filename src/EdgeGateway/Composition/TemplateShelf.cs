using EdgeGateway.DeviceMaps.Sources;
using EdgeGateway.DeviceMaps.Templates;

namespace EdgeGateway.Composition;

/// <summary>A template that can be used.</summary>
/// <param name="Name"><c>vendor/model</c>.</param>
/// <param name="Document">Its file.</param>
/// <param name="Own">True where it lies in the user's own folder.</param>
internal sealed record ShelvedTemplate(string Name, MapDocument Document, bool Own);

/// <summary>Device templates: those of the folder <c>templates</c> beside the map come first, then those inside the binary.</summary>
/// <param name="folder">Folder of the map as its user named it; null where there is none.</param>
internal sealed class TemplateShelf(string? folder)
{
    private const string Prefix = "devices/", Extension = ".yaml";

    /// <summary>The template, or null where there is none that can be read.</summary>
    public ShelvedTemplate? Find(string name)
    {
        // A wrong name must not become a path.
        if (TemplateReader.WrongName(name) is not null) return null;
        if (folder is not null && File.Exists(PathOf(folder, name)))
        {
            // One's own file that cannot be read must not silently become another's.
            return MapFolder.TryRead(PathOf(folder, name), out var own, out _) ? new ShelvedTemplate(name, new MapDocument(PathOf(folder, name), own), true) : null;
        }
        using var stream = typeof(TemplateShelf).Assembly.GetManifestResourceStream(Prefix + name + Extension);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return new ShelvedTemplate(name, new MapDocument("built-in/" + name + Extension, reader.ReadToEnd()), false);
    }

    /// <summary>Where one's own file of this template is looked for; empty where there is no folder or the name is none.</summary>
    public IEnumerable<string> OwnPaths(string name) => folder is null || TemplateReader.WrongName(name) is not null ? [] : [PathOf(folder, name)];

    /// <summary>Names of all templates, in order.</summary>
    public IReadOnlyList<string> Names() => [.. Own().Concat(BuiltIn()).Distinct().Order(StringComparer.Ordinal)];

    private static IEnumerable<string> BuiltIn() => typeof(TemplateShelf).Assembly.GetManifestResourceNames()
        .Where(n => n.StartsWith(Prefix, StringComparison.Ordinal) && n.EndsWith(Extension, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^Extension.Length]);

    private static string PathOf(string folder, string name) => Path.Combine(folder, "templates", name + Extension);

    private List<string> Own()
    {
        var root = folder is null ? null : Path.Combine(folder, "templates");
        if (root is null || !Directory.Exists(root)) return [];
        try
        {
            return [.. Directory.GetFiles(root, "*" + Extension, SearchOption.AllDirectories)
                .Select(f => Path.GetRelativePath(root, f)[..^Extension.Length]).Where(n => TemplateReader.WrongName(n) is null)];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
