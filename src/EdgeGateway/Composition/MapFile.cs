using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.DeviceMaps.Sources;

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
        if (!MapFolder.TryRead(path, out var text, out var problem)) return (null, [new Fault(new Mark(path, 1, 1), "The map cannot be read: " + problem)]);
        return Parse(new MapDocument(path, text), Path.GetDirectoryName(Path.GetFullPath(path))!, Surroundings(Environment.GetEnvironmentVariable, new TemplateShelf(Path.GetDirectoryName(path) ?? "")) with
        {
            Find = MapFolder.Find,
        });
    }

    /// <summary>A map that is no file, and so includes none.</summary>
    public static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Parse(string name, string text, string folder, Func<string, string?> environment) =>
        Parse(new MapDocument(name, text), folder, Surroundings(environment, new TemplateShelf(null)));

    /// <summary>Reads a stored map again for replay. Secrets play no part in metering, and may be gone.</summary>
    public static PlantMap? ParseStored(string text, Registrations registrations) =>
        PlantReader.ReadStored("stored map", text, registrations.DriverSchemas, registrations.PublisherSchemas).Plant;

    private static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Parse(MapDocument main, string folder, MapSurroundings surroundings)
    {
        var registrations = new Registrations();
        var result = PlantReader.Read(main, registrations.DriverSchemas, registrations.PublisherSchemas, surroundings);
        return result.Plant is { } plant && result.Faults.Count == 0 ? (new LoadedMap(plant, result.EffectiveMap, folder, registrations), []) : (null, result.Faults);
    }

    private static MapSurroundings Surroundings(Func<string, string?> environment, TemplateShelf templates) => new()
    {
        Environment = environment,
        ReadSecretFile = ReadSecret,
        Template = name => templates.Find(name)?.Document,
        TemplateNames = templates.Names,
    };

    private static string? ReadSecret(string path) => MapFolder.TryRead(path, out var text, out _) ? text.Trim() : null;
}
