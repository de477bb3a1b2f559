using System.Collections.Immutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Architecture.Tests.Rules;

/// <summary>Every package is used, and has a row of its own in docs/dependencies.md: name, version, what for, why this one, licence, AOT.</summary>
internal static partial class PackageRule
{
    private const int Cells = 6;

    /// <param name="props">Text of Directory.Packages.props.</param>
    /// <param name="page">Text of docs/dependencies.md.</param>
    /// <param name="used">Names of the packages that projects and shared targets reference.</param>
    public static IEnumerable<string> Broken(string props, string page, IReadOnlySet<string> used)
    {
        var versions = XDocument.Parse(props).Descendants("PackageVersion").ToDictionary(e => e.Attribute("Include")!.Value, e => e.Attribute("Version")!.Value);
        var rows = Row().Matches(page).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value.Split('|').Select(c => c.Trim()).ToImmutableArray());
        foreach (var (name, version) in versions)
        {
            if (!used.Contains(name)) yield return $"{name} has a version but nothing references it";
            if (!rows.TryGetValue(name, out var row)) yield return $"{name} has no row in docs/dependencies.md";
            else if (row.Length != Cells - 1 || row.Any(string.IsNullOrEmpty)) yield return $"the row of {name} in docs/dependencies.md needs {Cells} filled cells";
            else if (row[0] != version) yield return $"docs/dependencies.md says {name} {row[0]}, Directory.Packages.props says {version}";
        }
        foreach (var name in used.Where(n => !versions.ContainsKey(n))) yield return $"{name} is referenced without a central version";
        foreach (var name in rows.Keys.Where(n => !versions.ContainsKey(n))) yield return $"docs/dependencies.md explains {name}, which is not used";
    }

    [GeneratedRegex(@"^\| `([\w.\-]+)` \|(.*)\|\s*$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
