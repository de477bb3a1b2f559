using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Publishers.Mqtt.Templates;

/// <summary>Finds templates: those inside the binary by name, a user's own by the path of its file.</summary>
internal static class TemplateShelf
{
    private const string Prefix = "payloads/", Extension = ".yaml";
    private const long MaxBytes = 1024 * 1024;

    /// <summary>Names of the templates inside the binary.</summary>
    public static string[] Names { get; } = [.. typeof(TemplateShelf).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Select(n => n[Prefix.Length..^Extension.Length]).Order(StringComparer.Ordinal)];

    /// <summary>Reads the template that a map names; null where there is a fault.</summary>
    /// <param name="name">A name of <see cref="Names"/>, or the path of a .yaml file, relative to the map's folder.</param>
    /// <param name="mark">Where the map names it.</param>
    /// <param name="faults">Told every fault.</param>
    public static PayloadTemplate? Read(string name, Mark mark, FaultList faults)
    {
        if (name.EndsWith(Extension, StringComparison.Ordinal)) return ReadFile(Path.Combine(Path.GetDirectoryName(mark.File) ?? "", name), mark, faults);
        if (!Names.Contains(name))
        {
            faults.Add(mark, $"format: there is no payload '{name}': write json, {string.Join(", ", Names)}, or the path of a .yaml file{(Spelling.Hint(name, [.. Names, "json"]) is { Length: > 0 } hint ? hint : ".")}");
            return null;
        }
        using var stream = typeof(TemplateShelf).Assembly.GetManifestResourceStream(Prefix + name + Extension)!;
        using var reader = new StreamReader(stream);
        return TemplateReader.Read(name, reader.ReadToEnd(), faults);
    }

    private static PayloadTemplate? ReadFile(string path, Mark mark, FaultList faults)
    {
        try
        {
            if (new FileInfo(path).Length <= MaxBytes) return TemplateReader.Read(path, File.ReadAllText(path), faults);
            faults.Add(mark, $"format: '{path}' is longer than 1 MiB.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Add(mark, $"format: cannot read '{path}': {e.Message}");
        }
        return null;
    }
}
