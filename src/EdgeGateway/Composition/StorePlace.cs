using System.CommandLine;

namespace EdgeGateway.Composition;

/// <summary>Where a map's database file is.</summary>
internal static class StorePlace
{
    /// <summary>The option that overrides the map.</summary>
    public static Option<string?> Option() => new("--store") { Description = "The database file; overrides the map's store.path (default: data/gateway.db beside the map)." };

    /// <summary>The path: as overridden, as the map says, or the default beside the map.</summary>
    public static string Of(LoadedMap map, string? overriding) => Path.Combine(map.Folder, overriding ?? map.Plant.Store.Path ?? Path.Combine("data", "gateway.db"));
}
