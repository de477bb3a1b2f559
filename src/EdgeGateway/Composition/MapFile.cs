using EdgeGateway.DeviceMaps.Binding;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.Composition;

/// <summary>A map that has been read and validated.</summary>
/// <param name="Plant">The plant.</param>
/// <param name="Packed">The effective map, secrets unresolved: what the store keeps.</param>
/// <param name="Folder">Folder that relative paths in it start from.</param>
/// <param name="Registrations">Drivers and publishers it was bound with.</param>
internal sealed record LoadedMap(PlantMap Plant, PackedText Packed, string Folder, Registrations Registrations)
{
    /// <summary>The effective map, unpacked anew at each call.</summary>
    public string Text => Packed.Read();

    /// <summary>Path of its first file as the user named it; "" where it is no file and cannot be read again.</summary>
    public string Name { get; init; } = "";

    /// <summary>Files that it was read from or looked for in, as <see cref="MapOutcome.Files"/> has them.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Their state when they were read.</summary>
    public string FileState { get; init; } = "";
}

/// <summary>What came of reading a map.</summary>
/// <param name="Map">The map, or null where it has faults.</param>
/// <param name="Faults">Every fault.</param>
/// <param name="Warnings">What is doubtful in a map without faults.</param>
/// <param name="Texts">Every text that was read, by the name that places give it.</param>
internal sealed record MapOutcome(LoadedMap? Map, IReadOnlyList<Fault> Faults, IReadOnlyList<Fault> Warnings, IReadOnlyDictionary<string, string> Texts)
{
    /// <summary>Every file that was read or looked for, patterns as they are written: what to watch for a change, a file that is still missing included.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>Their state when they were read.</summary>
    public string FileState { get; init; } = "";
}

/// <summary>Reads maps from files and from the demo's resource.</summary>
internal static class MapFile
{
    public static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Load(string path)
    {
        var outcome = Read(path);
        return (outcome.Map, outcome.Faults);
    }

    /// <summary>Reads a map's file, with all that it includes.</summary>
    /// <param name="path">The file as its user named it.</param>
    /// <param name="budget">False where a line may be asked for more than it can, as for whoever looks for the reason.</param>
    public static MapOutcome Read(string path, bool budget = true)
    {
        if (!MapFolder.TryRead(path, out var text, out var problem)) return Unreadable(path, problem) with { Files = [path], FileState = Composition.FileState.Of([path]) };
        var beside = Path.GetDirectoryName(path) ?? "";
        var (templates, references) = (new TemplateShelf(beside), new ReferenceShelf(beside));
        var sought = new List<string> { path };
        var surroundings = Surroundings(Environment.GetEnvironmentVariable, templates, references) with
        {
            Find = (wanted, from) =>
            {
                sought.Add(MapFolder.PathOf(wanted, from));
                return MapFolder.Find(wanted, from);
            },
            Template = name =>
            {
                sought.AddRange(templates.OwnPaths(name));
                return templates.Find(name)?.Document;
            },
            ReferenceSet = name =>
            {
                sought.AddRange(references.OwnPaths(name));
                return references.Find(name)?.Document;
            },
        };
        var outcome = Read(new MapDocument(path, text), Path.GetDirectoryName(Path.GetFullPath(path))!, surroundings, budget);
        IReadOnlyList<string> files = [.. sought.Concat(outcome.Texts.Keys.Where(File.Exists)).Distinct()];
        var state = Composition.FileState.Of(files);
        return outcome with { Files = files, FileState = state, Map = outcome.Map is { } map ? map with { Name = path, Files = files, FileState = state } : null };
    }

    /// <summary>Reads a map that was kept whole, as if it lay where the map's own file <paramref name="mapPath"/> does.</summary>
    public static MapOutcome ReadKept(string keptPath, string mapPath)
    {
        if (!MapFolder.TryRead(keptPath, out var text, out var problem)) return Unreadable(keptPath, problem);
        var folder = Path.GetDirectoryName(Path.GetFullPath(mapPath))!;
        var outcome = Read(new MapDocument(keptPath, text), folder, Surroundings(Environment.GetEnvironmentVariable, new TemplateShelf(folder), new ReferenceShelf(folder)));
        return outcome with { Map = outcome.Map is { } map ? map with { Name = mapPath } : null };
    }

    /// <summary>A map that is no file, and so includes none.</summary>
    public static (LoadedMap? Map, IReadOnlyList<Fault> Faults) Parse(string name, string text, string folder, Func<string, string?> environment, TemplateShelf? templates = null)
    {
        var outcome = Read(new MapDocument(name, text), folder, Surroundings(environment, templates ?? new TemplateShelf(null), new ReferenceShelf(null)));
        return (outcome.Map, outcome.Faults);
    }

    /// <summary>Reads a map made of parts of another one: secrets as there, nothing included.</summary>
    public static MapOutcome ReadTrial(string text, LoadedMap of) =>
        Read(new MapDocument("trial", text), of.Folder, Surroundings(Environment.GetEnvironmentVariable, new TemplateShelf(null), new ReferenceShelf(null)));

    /// <summary>Reads a stored map again for replay. Secrets play no part in metering, and may be gone.</summary>
    public static PlantMap? ParseStored(string text, Registrations registrations) =>
        PlantReader.ReadStored("stored map", text, registrations.DriverSchemas, registrations.PublisherSchemas).Plant;

    /// <summary>Reads a map in the surroundings that are given.</summary>
    public static MapOutcome Read(MapDocument main, string folder, MapSurroundings surroundings, bool budget = true)
    {
        var registrations = new Registrations();
        var result = PlantReader.Read(main, registrations.DriverSchemas, registrations.PublisherSchemas, surroundings);
        if (result.Plant is not { } plant || result.Faults.Count > 0) return new MapOutcome(null, result.Faults, result.Warnings, result.Texts);
        var lines = new FaultList();
        if (budget) BudgetCheck.Run(plant, lines);
        if (!lines.IsEmpty) return new MapOutcome(null, lines.Ordered, [], result.Texts);
        return new MapOutcome(new LoadedMap(plant, new PackedText(result.EffectiveMap), folder, registrations), [], [.. result.Warnings, .. lines.Warnings], result.Texts);
    }

    private static MapSurroundings Surroundings(Func<string, string?> environment, TemplateShelf templates, ReferenceShelf references) => new()
    {
        Environment = environment,
        WrongTimezone = TimeZoneNames.Wrong,
        ReadSecretFile = ReadSecret,
        Template = name => templates.Find(name)?.Document,
        TemplateNames = templates.Names,
        ReferenceSet = name => references.Find(name)?.Document,
        ReferenceSetNames = references.Names,
    };

    private static MapOutcome Unreadable(string path, string problem) =>
        new(null, [new Fault(new Mark(path, 1, 1), "The map cannot be read: " + problem)], [], new Dictionary<string, string>());

    private static string? ReadSecret(string path) => MapFolder.TryRead(path, out var text, out _) ? text : null;
}
