using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.Composition;

/// <summary>A map that has been read and validated.</summary>
/// <param name="Plant">The plant.</param>
/// <param name="Text">The effective map, secrets unresolved: what the store keeps.</param>
/// <param name="Folder">Folder that relative paths in it start from.</param>
/// <param name="Registrations">Drivers and publishers it was bound with.</param>
internal sealed record LoadedMap(PlantMap Plant, string Text, string Folder, Registrations Registrations);

/// <summary>Reads maps from files and from the demo's resource.</summary>
internal static class MapFile
{
    public static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Load(string path)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return (null, [new Fault(new Mark(path, 1, 1), "The map cannot be read: " + problem.Message)]);
        }
        return Parse(path, text, Path.GetDirectoryName(Path.GetFullPath(path))!, Environment.GetEnvironmentVariable);
    }

    public static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Parse(string name, string text, string folder, Func<string, string?> environment)
    {
        var registrations = new Registrations();
        var result = PlantReader.Read(name, text, registrations.DriverSchemas, registrations.PublisherSchemas, environment, ReadSecret);
        return result.Plant is { } plant && result.Faults.Count == 0 ? (new LoadedMap(plant, result.EffectiveMap, folder, registrations), []) : (null, result.Faults);
    }

    /// <summary>Reads a stored map again for replay. Secrets play no part in metering, and may be gone.</summary>
    public static PlantMap? ParseStored(string text, Registrations registrations) =>
        PlantReader.ReadStored("stored map", text, registrations.DriverSchemas, registrations.PublisherSchemas).Plant;

    private static string? ReadSecret(string path)
    {
        try
        {
            return File.ReadAllText(path).Trim();
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
