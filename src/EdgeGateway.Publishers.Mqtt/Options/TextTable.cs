using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.Publishers.Mqtt.Options;

/// <summary>Reads a table of texts; one text such as <c>a=1, b=2</c> is one, too.</summary>
internal static class TextTable
{
    public static (bool Ok, ImmutableDictionary<string, string> Value) Read(MapNode node, FaultList faults, string key, string example)
    {
        var texts = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        var ok = true;
        switch (node)
        {
            case MapTable table:
                foreach (var (name, value) in table.Entries)
                {
                    if (value is MapText { Value.Length: > 0 } text) texts[name.Value] = text.Value;
                    else if (value is not MapRefused) faults.Add(value.Mark, $"{key}: {name.Value} has no value.");
                    ok &= value is MapText { Value.Length: > 0 };
                }
                break;
            case MapText { Value: var line }:
                foreach (var pair in line.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
                {
                    var at = pair.IndexOf('=', StringComparison.Ordinal);
                    if (at > 0 && at < pair.Length - 1) texts[pair[..at].Trim()] = pair[(at + 1)..].Trim();
                    else ok = false;
                }
                if (!ok) faults.Add(node.Mark, $"{key}: write names and values, such as {example}.");
                break;
            default:
                if (node is not MapRefused) faults.Add(node.Mark, $"{key}: write names and values, such as {example}.");
                ok = false;
                break;
        }
        return (ok, texts.ToImmutable());
    }
}
