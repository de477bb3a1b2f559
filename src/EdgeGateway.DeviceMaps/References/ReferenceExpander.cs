using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Sources;

namespace EdgeGateway.DeviceMaps.References;

/// <summary>Puts the sets that a map names into it, so that the map that is stored holds every number its records were made with.</summary>
internal sealed class ReferenceExpander(MapSurroundings surroundings, FaultList faults)
{
    private static readonly string[] Keys = [MapOptions.Metering.Coefficients.Key, MapOptions.Metering.Factors.Key, MapOptions.Metering.Footprint.Key];
    private readonly ReferenceAssembler _assembler = new(surroundings.ReferenceSet, surroundings.ReferenceSetNames, faults);

    /// <summary>Text of every set that was read, by the name that places give it.</summary>
    public IReadOnlyDictionary<string, string> Texts => _assembler.Texts;

    /// <summary>The map with its sets written out; one that is not at hand becomes a refused value.</summary>
    public MapTable Expand(MapTable map)
    {
        if (map.Find(MapOptions.Map.Metering.Key) is not MapTable metering || !metering.Entries.Any(IsName)) return map;
        var expanded = metering with { Entries = [.. metering.Entries.Select(e => IsName(e) ? e with { Value = Set(e) } : e)] };
        return map with { Entries = [.. map.Entries.Select(e => e.Key.Value == MapOptions.Map.Metering.Key ? e with { Value = expanded } : e)] };
    }

    private static bool IsName(MapEntry entry) => Keys.Contains(entry.Key.Value) && entry.Value is MapText { IsNothing: false };

    private MapNode Set(MapEntry entry)
    {
        var name = (MapText)entry.Value;
        if (MapNames.Wrong(name.Value) is null) return _assembler.Assemble(entry.Key.Value, name) is { } table ? table : new MapRefused(name.Mark);
        faults.Add(name.Mark, $"{entry.Key.Value}: '{name.Value}' is no name of a set; 'edgegateway factors list' shows all.");
        return new MapRefused(name.Mark);
    }
}
