using EdgeGateway.DeviceMaps.Located;

namespace EdgeGateway.DeviceMaps.Options;

/// <summary>Reads the place of a reference set: a name as it is written, which has become the whole set by the time that it is bound.</summary>
internal static class SetReader
{
    public static Option<MapTable> Option(string key, string doc) => new(key, "name of a set", (node, faults) =>
    {
        if (node is MapTable table) return (true, table);
        if (node is not MapRefused) faults.Add(node.Mark, $"{key}: expected the name of a set; 'edgegateway factors list' shows all.");
        return (false, null!);
    }, doc);
}
