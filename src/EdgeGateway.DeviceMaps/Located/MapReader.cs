namespace EdgeGateway.DeviceMaps.Located;

/// <summary>Reads YAML text into a located tree: tables, lists and texts, each with its place. Knows nothing of what they mean.</summary>
/// <remarks>
/// Only what a map needs: one document, without anchors, aliases, tags or directives; plain values stay on one line. Whatever the text, it never throws, and its work and memory
/// grow in proportion to the text: nothing is ever expanded.
/// </remarks>
public static class MapReader
{
    /// <summary>How deep tables and lists may be nested.</summary>
    public const int MaxDepth = 32;

    /// <summary>How long a text may be, in UTF-16 characters.</summary>
    public const int MaxCharacters = 4 * 1024 * 1024;

    /// <summary>How many values a text may hold.</summary>
    public const int MaxNodes = 250_000;

    /// <summary>Reads <paramref name="text"/>; a byte order mark and CRLF are welcome.</summary>
    /// <param name="fileName">Name for places, as the user gave it.</param>
    /// <param name="text">The whole text.</param>
    /// <param name="faults">Receives every fault, each with a place inside the text.</param>
    /// <returns>The root, or null where the text breaks off with a fault; refused parts of a root are <see cref="MapRefused"/>.</returns>
    public static MapNode? Read(string fileName, string text, FaultList faults)
    {
        if (text.Length > MaxCharacters)
        {
            faults.Add(new Mark(fileName, 1, 1), "The map is longer than 4 MiB: split the plant over several gateways.");
            return null;
        }
        var source = new SourceText(fileName, text);
        return source.CheckCharacters(faults) ? new TreeBuilder(source, faults).Build() : null;
    }
}
