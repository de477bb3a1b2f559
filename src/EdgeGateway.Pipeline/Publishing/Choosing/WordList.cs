using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Reads lists of words: a list, or one text with commas.</summary>
internal static class WordList
{
    /// <summary>The values of the words, each once.</summary>
    /// <param name="node">A list or a text.</param>
    /// <param name="faults">Told every wrong word.</param>
    /// <param name="key">Key of the option.</param>
    /// <param name="expected">What was to be written.</param>
    /// <param name="value">Value of a word, or null.</param>
    /// <param name="words">Words to suggest.</param>
    public static (bool Ok, ImmutableArray<T> Values) Read<T>(MapNode node, FaultList faults, string key, string expected, Func<string, T?> value, IEnumerable<string> words) where T : struct
    {
        var items = node switch
        {
            MapList list => list.Items.Select(i => (Item: i, Word: (i as MapText)?.Value)),
            MapText text => text.Value.Split(',', StringSplitOptions.TrimEntries).Select(w => (Item: node, Word: (string?)w)),
            _ => [(node, null)],
        };
        var values = ImmutableArray.CreateBuilder<T>();
        var ok = true;
        foreach (var (item, word) in items)
        {
            if (word is not null && value(word) is { } found)
            {
                if (!values.Contains(found)) values.Add(found);
                continue;
            }
            if (item is not MapRefused) faults.Add(item.Mark, word is null ? $"{key}: expected {expected}." : $"{key}: there is no '{word}': expected {expected}{(Spelling.Hint(word, words) is { Length: > 0 } hint ? hint : ".")}");
            ok = false;
        }
        if (ok && values.Count == 0)
        {
            faults.Add(node.Mark, $"{key}: the list is empty; leave the option out.");
            ok = false;
        }
        return (ok, values.ToImmutable());
    }
}
