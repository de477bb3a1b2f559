// Writes what a release contains: `sbom` a CycloneDX 1.6 document, `notices` the licence texts. Run by publish.sh:
//   dotnet run build/sbom.cs -- sbom|notices VERSION RID project.assets.json [package-lock.json]
#:property PublishAot=false
#:property ImplicitUsings=enable
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

if (args.Length < 4)
{
    Console.Error.WriteLine("sbom|notices VERSION RID project.assets.json [package-lock.json]");
    return 2;
}
var (what, version, rid) = (args[0], args[1], args[2]);
// The runtime is compiled into the binary and is no package of the restore.
Work runtime = new("generic", ".NET runtime and base library", Environment.Version.ToString(), "MIT", "Copyright (c) .NET Foundation and contributors", null, null);
List<Work> works = [runtime, .. Works.OfPackages(args[3], rid), .. args.Length > 4 ? Works.OfScripts(args[4]) : []];
var unknown = works.Where(w => w.Licence.Length == 0 && w.LicenceFile is null).ToList();
foreach (var work in unknown) Console.Error.WriteLine($"{work.Name} {work.Version} names no licence.");
using var output = Console.OpenStandardOutput();
if (what == "sbom") Sbom.Write(output, version, rid, works);
else output.Write(Encoding.UTF8.GetBytes(Notices.Text(works)));
return unknown.Count == 0 ? 0 : 1;

/// <summary>A work of others within a release; its licence is an SPDX expression, or a file of the package.</summary>
internal sealed record Work(string Kind, string Name, string Version, string Licence, string Holder, string? Folder, string? LicenceFile);

internal static class Works
{
    private static readonly string[] Shipped = ["runtime", "native", "runtimeTargets"];

    /// <summary>The packages of NuGet that reach the binary, as the restore resolved them.</summary>
    public static IEnumerable<Work> OfPackages(string assets, string rid)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(assets));
        var root = json.RootElement;
        var folders = root.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name).ToArray();
        var libraries = root.GetProperty("libraries");
        var target = root.GetProperty("targets").EnumerateObject().First(t => t.Name.EndsWith('/' + rid));
        foreach (var item in target.Value.EnumerateObject().Where(i => i.Value.GetProperty("type").GetString() == "package"))
        {
            // What has nothing for run time, such as an analyzer, is not in the binary.
            if (!Shipped.Any(k => item.Value.TryGetProperty(k, out var part) && part.EnumerateObject().Any(p => !p.Name.EndsWith("_._", StringComparison.Ordinal)))) continue;
            var relative = libraries.GetProperty(item.Name).GetProperty("path").GetString()!;
            var folder = folders.Select(f => Path.Combine(f, relative)).First(Directory.Exists);
            var spec = XDocument.Load(Directory.GetFiles(folder, "*.nuspec").Single()).Descendants().First(e => e.Name.LocalName == "metadata");
            string? Value(string name) => spec.Elements().FirstOrDefault(e => e.Name.LocalName == name)?.Value;
            var licence = spec.Elements().FirstOrDefault(e => e.Name.LocalName == "license");
            var inFile = (string?)licence?.Attribute("type") == "file";
            var (name, number) = (item.Name.Split('/')[0], item.Name.Split('/')[1]);
            yield return new Work("nuget", name, number, inFile ? "" : licence?.Value ?? Value("licenseUrl") ?? "", Value("copyright") ?? Value("authors") ?? "", folder, inFile ? licence!.Value : null);
        }
    }

    /// <summary>The packages of npm that the page is built from.</summary>
    public static IEnumerable<Work> OfScripts(string lockFile)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(lockFile));
        foreach (var item in json.RootElement.GetProperty("packages").EnumerateObject().Where(p => p.Name.Length > 0 && !(p.Value.TryGetProperty("dev", out var dev) && dev.GetBoolean())))
        {
            var licence = item.Value.TryGetProperty("license", out var l) ? l.GetString() ?? "" : "";
            var name = item.Name[(item.Name.LastIndexOf("node_modules/", StringComparison.Ordinal) + "node_modules/".Length)..];
            var folder = Path.Combine(Path.GetDirectoryName(lockFile) ?? ".", item.Name);
            yield return new Work("npm", name, item.Value.GetProperty("version").GetString()!, licence, "", Directory.Exists(folder) ? folder : null, null);
        }
    }
}

internal static class Sbom
{
    public static void Write(Stream output, string version, string rid, IReadOnlyList<Work> works)
    {
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("bomFormat", "CycloneDX");
        json.WriteString("specVersion", "1.6");
        json.WriteNumber("version", 1);
        json.WriteStartObject("metadata");
        json.WriteStartObject("component");
        json.WriteString("type", "application");
        json.WriteString("name", "edgegateway");
        json.WriteString("version", $"{version}+{rid}");
        json.WriteEndObject();
        json.WriteEndObject();
        json.WriteStartArray("components");
        foreach (var work in works.OrderBy(w => w.Kind, StringComparer.Ordinal).ThenBy(w => w.Name, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("type", "library");
            json.WriteString("name", work.Name);
            json.WriteString("version", work.Version);
            json.WriteString("purl", $"pkg:{work.Kind}/{work.Name.Replace("@", "%40", StringComparison.Ordinal)}@{work.Version}");
            json.WriteStartArray("licenses");
            json.WriteStartObject();
            if (work.LicenceFile is not null || work.Licence.StartsWith("http", StringComparison.Ordinal))
            {
                json.WriteStartObject("license");
                json.WriteString("name", work.LicenceFile is null ? work.Licence : $"as in the package's file {work.LicenceFile}; see the third-party notices");
                json.WriteEndObject();
            }
            else json.WriteString("expression", work.Licence);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
    }
}

internal static class Notices
{
    private static readonly string[] Names = ["LICENSE", "LICENSE.txt", "LICENSE.md", "LICENSE.TXT", "License.txt", "license.txt", "NOTICE", "NOTICE.txt", "THIRD-PARTY-NOTICES.TXT", "THIRD-PARTY-NOTICES.txt"];

    public static string Text(IReadOnlyList<Work> works)
    {
        var text = new StringBuilder("Works of others in this release of EdgeGateway, each with its licence.\n");
        foreach (var work in works.OrderBy(w => w.Name, StringComparer.Ordinal))
        {
            text.Append($"\n{new string('=', 78)}\n{work.Name} {work.Version}\nLicence: {(work.LicenceFile is null ? work.Licence : "as follows")}\n");
            if (work.Holder.Length > 0) text.Append($"{work.Holder}\n");
            if (work.Folder is null) continue;
            foreach (var file in Names.Append(work.LicenceFile ?? Names[0]).Distinct().Select(n => Path.Combine(work.Folder, n)).Where(File.Exists)) text.Append($"\n{File.ReadAllText(file).Trim()}\n");
        }
        return text.ToString();
    }
}
