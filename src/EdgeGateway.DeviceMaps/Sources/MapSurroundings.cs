namespace EdgeGateway.DeviceMaps.Sources;

/// <summary>All that a map may ask of its surroundings. Reading a map is a pure function of its text and these answers; none of them may throw.</summary>
public sealed record MapSurroundings
{
    /// <summary>Value of an environment variable, or null.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>Text of a secret's file, or null where it cannot be read. One line end at the end of the text is dropped.</summary>
    public required Func<string, string?> ReadSecretFile { get; init; }

    /// <summary>What is wrong with the name of a time zone, as this box knows them, or null.</summary>
    public Func<string, string?> WrongTimezone { get; init; } = _ => null;

    /// <summary>The documents behind a path or pattern of <c>include</c> or <c>overlay</c>, as seen from the document of the second name.</summary>
    public Func<string, string, FoundDocuments> Find { get; init; } = (_, _) => new FoundDocuments([], "this map has no folder to look in.");

    /// <summary>The file of a device template by its name <c>vendor/model</c>, or null.</summary>
    public Func<string, MapDocument?> Template { get; init; } = _ => null;

    /// <summary>Names of all templates, for near spellings.</summary>
    public Func<IReadOnlyList<string>> TemplateNames { get; init; } = () => [];

    /// <summary>The file of a set of coefficients or factors by its name, or null.</summary>
    public Func<string, MapDocument?> ReferenceSet { get; init; } = _ => null;

    /// <summary>Names of all such sets, for near spellings.</summary>
    public Func<IReadOnlyList<string>> ReferenceSetNames { get; init; } = () => [];
}
