using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.Tests;

internal static class Maps
{
    private static readonly Dictionary<string, string> Environment = new() { ["TOKEN"] = "geheim-4711", ["GATEWAY"] = "gw-from-env", ["WORD"] = "not-a-number", ["EMPTY"] = "" };
    private static readonly Dictionary<string, string> Files = new() { ["/run/secrets/key"] = "line-key\n", ["/run/secrets/url"] = "http://secret-host" };

    public static PlantReading Read(string text, string file = "map.yaml") =>
        PlantReader.Read(file, text, TestSchemas.Drivers, TestSchemas.Publishers, Environment.GetValueOrDefault, Files.GetValueOrDefault);

    /// <summary>Reads a map whose other texts are at hand by name; a <c>*</c> at the end of a pattern stands for anything.</summary>
    public static PlantReading Read(IReadOnlyDictionary<string, string> texts, string main = "map.yaml") =>
        PlantReader.Read(new MapDocument(main, texts[main]), TestSchemas.Drivers, TestSchemas.Publishers, new MapSurroundings
        {
            Environment = Environment.GetValueOrDefault,
            ReadSecretFile = Files.GetValueOrDefault,
            Find = (wanted, _) => Find(texts, wanted),
            Template = name => texts.TryGetValue(FileOf(name), out var text) ? new MapDocument(FileOf(name), text) : null,
            TemplateNames = () => [.. texts.Keys.Where(k => k.StartsWith("template.", StringComparison.Ordinal)).Select(k => k["template.".Length..^".yaml".Length].Replace('.', '/'))],
        });

    private static string FileOf(string template) => $"template.{template.Replace('/', '.')}.yaml";

    private static FoundDocuments Find(IReadOnlyDictionary<string, string> texts, string wanted)
    {
        var names = wanted.EndsWith('*') ? texts.Keys.Where(n => n.StartsWith(wanted[..^1], StringComparison.Ordinal)).Order(StringComparer.Ordinal) : texts.Keys.Where(n => n == wanted);
        var found = names.Select(n => new MapDocument(n, texts[n])).ToList();
        return found.Count == 0 ? new FoundDocuments([], "no file is called so.") : new FoundDocuments(found);
    }
}
