using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads kinds of window.</summary>
internal static class WindowReaders
{
    public static (bool Ok, WindowKind Value) Base(MapNode node, FaultList faults, string key)
    {
        if (node is MapText text && WindowKind.TryParse(text.Value, out var kind) && kind.FixedMicros is > 0 and <= 60_000_000) return (true, kind);
        faults.Add(node.Mark, $"{key}: {(node is MapText t ? $"'{t.Value}' is no base window: " : "")}write 1m, or whole seconds that divide it, such as 5s, 10s or 30s.");
        return (false, default);
    }

    public static (bool Ok, IReadOnlyList<WindowKind> Value) Longer(MapNode node, FaultList faults, string key)
    {
        var kinds = new List<WindowKind>();
        var ok = true;
        foreach (var item in node is MapList list ? list.Items : [node])
        {
            if (Wrong(item, kinds) is { } wrong)
            {
                if (item is not MapRefused) faults.Add(item.Mark, $"{key}: {wrong}");
                ok = false;
            }
        }
        return (ok, kinds);
    }

    private static string? Wrong(MapNode item, List<WindowKind> kinds)
    {
        if (item is not MapText text) return "expected windows, such as [15m, 1h, 1d].";
        if (!WindowKind.TryParse(text.Value, out var kind)) return $"there is no window '{text.Value}': write 1m, 15m, 1h, 1d, month, shift or batch.";
        if (kinds.Contains(kind)) return $"'{text.Value}' is listed twice.";
        kinds.Add(kind);
        return null;
    }
}
