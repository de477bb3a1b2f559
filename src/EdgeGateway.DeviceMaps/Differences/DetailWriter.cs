using System.Text.RegularExpressions;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.Differences;

/// <summary>Says what two tables have differently, a phrase a value.</summary>
/// <param name="secret">Keys whose values are never shown.</param>
internal sealed partial class DetailWriter(IReadOnlySet<string> secret)
{
    private const int Longest = 60;

    /// <summary>The phrases, in the order of the new table; empty where both mean the same.</summary>
    public IReadOnlyList<string> Of(MapTable before, MapTable after)
    {
        var found = new List<string>();
        Compare("", before, after, found);
        return found;
    }

    private void Compare(string path, MapTable before, MapTable after, List<string> found)
    {
        foreach (var (key, value) in after.Entries)
        {
            var at = path + key.Value;
            switch (before.Find(key.Value))
            {
                case null:
                    found.Add(value is MapTable { Entries.Count: > 0 } ? $"new {at}" : $"new {at} {Show(key.Value, value)}");
                    break;
                case MapTable known when value is MapTable now:
                    Compare(at + ".", known, now, found);
                    break;
                case { } known when !Same(known, value):
                    found.Add($"{at} {Show(key.Value, known)} → {Show(key.Value, value)}");
                    break;
            }
        }
        found.AddRange(before.Entries.Where(e => after.Find(e.Key.Value) is null).Select(e => $"{path}{e.Key.Value} gone"));
    }

    private static bool Same(MapNode a, MapNode b) => (a, b) switch
    {
        (MapText x, MapText y) => x.Value == y.Value,
        (MapList x, MapList y) => x.Items.Count == y.Items.Count && x.Items.Zip(y.Items).All(p => Same(p.First, p.Second)),
        (MapTable x, MapTable y) => x.Entries.Count == y.Entries.Count && x.Entries.All(e => y.Find(e.Key.Value) is { } other && Same(e.Value, other)),
        // One item may stand without brackets.
        (MapText x, MapList { Items: [var only] }) => Same(x, only),
        (MapList { Items: [var only] }, MapText y) => Same(only, y),
        _ => false,
    };

    private string Show(string key, MapNode node)
    {
        if (secret.Contains(key)) return "***";
        var text = node is MapText { IsNothing: false } plain ? plain.Value : MapWriter.Inline(node);
        text = Login().Replace(text, "://***@").ReplaceLineEndings(" ");
        return text.Length <= Longest ? text : text[..(Longest - 1)] + "…";
    }

    // A name and password within a URL.
    [GeneratedRegex("://[^/@]*@")]
    private static partial Regex Login();
}
