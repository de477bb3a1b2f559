using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Composition;

/// <summary>Plants and their persisted ids in the store: renames first, then ids, then the plan with its ids.</summary>
internal static class PlantStore
{
    /// <summary>Compiles a map under the store's ids and keeps it there as a plan.</summary>
    public static (CompiledPlant Plant, int PlanId) Keep(IStore store, LoadedMap map)
    {
        store.Rename(
            [.. map.Plant.Devices.SelectMany(d => d.Points).Where(p => p.Was is not null).Select(p => (p.Was!, p.Path))],
            [.. map.Plant.Units.Where(u => u.Was is not null).Select(u => (u.Was!, u.Name))]);
        var plant = PlantCompiler.Compile(map.Plant, store.PointIds, store.UnitIds);
        return (plant, store.PlanId(StoredPlan.Write(map.Text, plant)));
    }

    /// <summary>A stored plan as it was compiled then; null where it can no longer be read.</summary>
    public static CompiledPlant? Find(IStore store, int planId, Registrations registrations) =>
        store.PlanBody(planId) is { } body && StoredPlan.Read(body) is var stored && MapFile.ParseStored(stored.Map, registrations) is { } map ? Compile(store, stored, map) : null;

    /// <summary>The map of a stored plan; null where there is none, or it can no longer be read.</summary>
    public static PlantMap? Map(IStore store, int planId, Registrations registrations) =>
        store.PlanBody(planId) is { } body ? MapFile.ParseStored(StoredPlan.Read(body).Map, registrations) : null;

    private static CompiledPlant Compile(IStore store, StoredPlan stored, PlantMap map) => PlantCompiler.Compile(map,
        paths => stored.Points.Count == 0 ? store.PointIds(paths) : [.. paths.Select(p => stored.Points.TryGetValue(p, out var id) ? id : store.PointIds([p])[0])],
        names => stored.Points.Count == 0 ? store.UnitIds(names) : [.. names.Select(n => stored.Units.TryGetValue(n, out var id) ? id : store.UnitIds([n])[0])]);
}
