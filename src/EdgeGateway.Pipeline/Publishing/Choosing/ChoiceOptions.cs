using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Options that every publisher has: what of the data it carries. Described once.</summary>
public static class ChoiceOptions
{
    /// <summary>Where a publisher that is new to the store begins.</summary>
    public static Option<bool> FromOldest { get; } = OptionOf.Choice("start",
        "Where a publisher that is new to the store begins: with what is measured from now on, or with the oldest data kept.", [("now", false), ("oldest", true)], @default: "now");

    /// <summary>Whether samples are published.</summary>
    public static Option<bool> Telemetry { get; } = OptionOf.Boolean("telemetry", "Whether samples are published, beside window records and events.", true);

    /// <summary>Kinds of window.</summary>
    public static Option<ImmutableArray<WindowKind>> Windows { get; } = new("windows", "list of window kinds", ReadWindows,
        "Kinds of window whose records are published, such as [15m, 1h]. Default: all.");

    /// <summary>All of them, to be joined with a publisher's own.</summary>
    public static IReadOnlyList<Option> All { get; } = [FromOldest, Telemetry, Windows];

    /// <summary>A list, or one text with commas.</summary>
    private static (bool Ok, ImmutableArray<WindowKind> Value) ReadWindows(MapNode node, FaultList faults)
    {
        var words = node switch
        {
            MapList list => list.Items.Select(i => (Item: i, Word: (i as MapText)?.Value)),
            MapText text => text.Value.Split(',', StringSplitOptions.TrimEntries).Select(w => (Item: node, Word: (string?)w)),
            _ => [(node, null)],
        };
        var kinds = ImmutableArray.CreateBuilder<WindowKind>();
        var ok = true;
        foreach (var (item, word) in words)
        {
            if (word is not null && WindowKind.TryParse(word, out var kind))
            {
                if (!kinds.Contains(kind)) kinds.Add(kind);
                continue;
            }
            if (item is not MapRefused) faults.Add(item.Mark, $"windows: {(word is null ? "expected a list" : $"'{word}' is no window kind; expected a list")} such as [1m, 15m, 1h, 1d].");
            ok = false;
        }
        if (ok && kinds.Count == 0)
        {
            faults.Add(node.Mark, "windows: the list is empty; leave the option out for all kinds.");
            ok = false;
        }
        return (ok, kinds.ToImmutable());
    }
}
