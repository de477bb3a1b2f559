using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Storage;

namespace EdgeGateway.Exporting;

/// <summary>Names of a map under the ids of a store, and of units that the map no longer has as the store knows them. Not thread-safe.</summary>
internal sealed class StoreNames : INames
{
    private readonly ReadOnlyStore _store;
    private readonly PlantNames _plant;
    private readonly Dictionary<int, string?> _units = [];

    public StoreNames(ReadOnlyStore store, PlantMap map)
    {
        _store = store;
        // What was never measured has no id; it gets one that nothing in the store has.
        var unknown = 0;
        _plant = PlantCompiler.Compile(map, paths => [.. paths.Select(p => store.PointId(p) ?? --unknown)], paths => [.. paths.Select(p => store.UnitId(p) ?? --unknown)]).Names;
    }

    /// <summary>Points that were asked for and that the map no longer has.</summary>
    public SortedSet<int> Missing { get; } = [];

    public PointName? Point(int id)
    {
        var name = _plant.Point(id);
        if (name is null) Missing.Add(id);
        return name;
    }

    public string? Unit(int id)
    {
        if (_plant.Unit(id) is { } name) return name;
        if (!_units.TryGetValue(id, out var stored)) _units[id] = stored = _store.UnitPath(id);
        return stored;
    }
}
