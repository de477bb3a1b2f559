using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;

namespace EdgeGateway.Pipeline.Publishing.Choosing;

/// <summary>Reads the table of other names.</summary>
internal static class RenameReader
{
    public static (bool Ok, ImmutableDictionary<string, string> Value) Read(MapNode node, FaultList faults)
    {
        if (node is not MapTable { Entries.Count: > 0 } table)
        {
            if (node is not MapRefused) faults.Add(node.Mark, "rename: write names as they are and as they should be, such as {press-meter.power: P_total, line-1: 冲压线}.");
            return (false, null!);
        }
        var names = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var ok = true;
        foreach (var (from, to) in table.Entries)
        {
            var name = (to as MapText)?.Value ?? "";
            // A point is renamed within its device, or with it.
            var parts = name.Split('.');
            var wrong = parts.Length > 2 || (parts.Length == 2 && !from.Value.Contains('.', StringComparison.Ordinal)) ? $"'{name}' holds too many points." : parts.Select(MapNames.Wrong).FirstOrDefault(w => w is not null);
            if (to is MapRefused) ok = false;
            else if (wrong is not null)
            {
                faults.Add(to.Mark, $"rename: {wrong}");
                ok = false;
            }
            else names[from.Value] = name;
        }
        return (ok, names.ToImmutable());
    }
}
