using System.IO.Compression;
using System.Text.RegularExpressions;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.Diagnosis;

/// <summary>What a helper far away needs to see, in one file: findings, the map, what the running gateway says. No secret is in it, also none that stands in the map in plain text.</summary>
internal sealed partial class SupportBundle(PlantMap plant)
{
    private readonly string[] _secrets =
    [
        .. plant.Connections.Select(c => c.Options).Concat(plant.Devices.Select(d => d.Options)).Concat(plant.Publishers.Select(p => p.Options))
            .SelectMany(o => o.Secrets).Concat(plant.Dashboard.Otlp?.Authorization is { } shown ? [shown] : []).Select(s => s.Reveal()).Where(s => s.Length > 0).Distinct().OrderByDescending(s => s.Length),
    ];

    public void Write(string path, string findings, string map, IReadOnlyDictionary<string, string> answers, string version)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(zip, "version.txt", $"edgegateway {version}\n{System.Runtime.InteropServices.RuntimeInformation.OSDescription}\n{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}\n");
        Add(zip, "doctor.txt", findings);
        Add(zip, "map.yaml", map);
        foreach (var (name, text) in answers) Add(zip, name.Trim('/').Replace('/', '-') + (name == "/metrics" ? ".txt" : ".json"), text);
    }

    /// <summary>The text without secrets: those of the map, and any user and password within an address.</summary>
    public string Clean(string text)
    {
        foreach (var secret in _secrets) text = text.Replace(secret, "***", StringComparison.Ordinal);
        return Credentials().Replace(text, "://***@");
    }

    private void Add(ZipArchive zip, string name, string text)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open());
        writer.Write(Clean(text));
    }

    [GeneratedRegex(@"://[^\s/@""']+@")]
    private static partial Regex Credentials();
}
