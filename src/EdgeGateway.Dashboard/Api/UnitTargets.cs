using EdgeGateway.DeviceMaps.Plant;

namespace EdgeGateway.Dashboard.Api;

/// <summary>What the map says of a unit for people: the word for its pieces, and what it aims at.</summary>
internal static class UnitTargets
{
    public static string Item(PlantMap map, string unit) => Find(map, unit)?.Output.Item ?? new OutputMap().Item;

    /// <summary>Aims by the name of the figure, exact decimals in the figure's unit.</summary>
    public static IReadOnlyDictionary<string, string> Of(PlantMap map, string unit) =>
        Find(map, unit)?.Targets.ToDictionary(t => t.Key, t => t.Value.ToString()) ?? [];

    private static UnitMap? Find(PlantMap map, string unit) => map.Units.FirstOrDefault(u => u.Name == unit);
}
