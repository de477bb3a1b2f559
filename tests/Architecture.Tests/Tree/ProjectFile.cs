using System.Collections.Immutable;
using System.Globalization;
using System.Xml.Linq;

namespace Architecture.Tests.Tree;

/// <summary>What a project file declares. Paths are relative to the repository's root.</summary>
/// <param name="Path">Of the project file.</param>
/// <param name="RootNamespace">Of its sources: its name, unless it says otherwise.</param>
/// <param name="Floor">Its <c>Floor</c>, or null.</param>
/// <param name="Projects">Paths of the projects it references.</param>
/// <param name="Packages">Names of the packages it references.</param>
/// <param name="Frameworks">Names of the shared frameworks it references.</param>
/// <param name="ForeignFiles">Files outside its own folder that it compiles or embeds.</param>
internal sealed record ProjectFile(
    string Path,
    string RootNamespace,
    int? Floor,
    ImmutableArray<string> Projects,
    ImmutableArray<string> Packages,
    ImmutableArray<string> Frameworks,
    ImmutableArray<string> ForeignFiles)
{
    private static readonly string[] _inputs = ["Compile", "EmbeddedResource", "Content", "None", "AdditionalFiles", "Protobuf"];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public string Folder => System.IO.Path.GetDirectoryName(Path)!.Replace('\\', '/');

    /// <summary><c>src</c>, <c>firmware-sim</c> or <c>tests</c>.</summary>
    public string Area => Path.Split('/')[0];

    public static ProjectFile Parse(string path, string xml)
    {
        var root = XDocument.Parse(xml).Root!;
        var folder = System.IO.Path.GetDirectoryName(path)!;
        var floor = root.Descendants("Floor").SingleOrDefault()?.Value;
        return new ProjectFile(
            path,
            root.Descendants("RootNamespace").SingleOrDefault()?.Value ?? System.IO.Path.GetFileNameWithoutExtension(path),
            floor is null ? null : int.Parse(floor, CultureInfo.InvariantCulture),
            [.. Includes("ProjectReference").Select(Resolve)],
            [.. Includes("PackageReference")],
            [.. Includes("FrameworkReference")],
            [.. _inputs.SelectMany(Includes).Where(i => i.Contains("..", StringComparison.Ordinal)).Select(Resolve)]);

        IEnumerable<string> Includes(string item) => root.Descendants(item).Select(e => e.Attribute("Include")?.Value).OfType<string>();

        string Resolve(string include)
        {
            var full = System.IO.Path.GetFullPath("/" + folder + "/" + include.Replace('\\', '/'));
            return full[1..];
        }
    }
}
