using System.Globalization;

namespace EdgeGateway.DeviceMaps.Located;

/// <summary>A place in a map file.</summary>
/// <param name="File">Name as the user gave it.</param>
/// <param name="Line">From 1.</param>
/// <param name="Column">From 1.</param>
public readonly record struct Mark(string File, int Line, int Column)
{
    /// <summary><c>file:line:column</c>, as editors and terminals understand it.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{File}:{Line}:{Column}");
}

/// <summary>A value in a map, with its place.</summary>
/// <param name="Mark">Where it begins.</param>
public abstract record MapNode(Mark Mark);

/// <summary>A scalar.</summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Value">Its text, unescaped.</param>
/// <param name="Plain">True where it was written without quotes. An empty plain text is a key without a value; <c>~</c> and <c>null</c> read as one.</param>
public sealed record MapText(Mark Mark, string Value, bool Plain) : MapNode(Mark)
{
    /// <summary>The text with its <c>${env:}</c> and <c>${file:}</c> unresolved, where <see cref="Value"/> holds a resolved secret; else null.</summary>
    public string? Unresolved { get; init; }

    /// <summary>True where nothing was written.</summary>
    public bool IsNothing => Plain && Value.Length == 0;
}

/// <summary>A value that was refused with a fault, such as an alias: it is passed over in silence from there on.</summary>
/// <param name="Mark">Where it begins.</param>
public sealed record MapRefused(Mark Mark) : MapNode(Mark);

/// <summary>A sequence.</summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Items">Its items in order.</param>
public sealed record MapList(Mark Mark, IReadOnlyList<MapNode> Items) : MapNode(Mark);

/// <summary>A mapping with its keys in order; duplicates have been reported and dropped.</summary>
/// <param name="Mark">Where it begins.</param>
/// <param name="Entries">Keys and values.</param>
public sealed record MapTable(Mark Mark, IReadOnlyList<MapEntry> Entries) : MapNode(Mark)
{
    /// <summary>The value of <paramref name="key"/>, or null.</summary>
    public MapNode? Find(string key) => Entries.FirstOrDefault(e => e.Key.Value == key)?.Value;
}

/// <summary>A key and its value.</summary>
/// <param name="Key">The key with its place.</param>
/// <param name="Value">The value.</param>
public sealed record MapEntry(MapText Key, MapNode Value);
