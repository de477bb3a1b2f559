using System.Collections.Immutable;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Pipeline.Plans;

/// <summary>A plant made ready to run: slots given, ids looked up, each loop's share cut out. Immutable.</summary>
/// <param name="Map">The map it was made of.</param>
/// <param name="PointIds">Persisted id of each slot.</param>
/// <param name="Metering">Metering's share.</param>
/// <param name="Buses">A share for each connection.</param>
/// <param name="Names">Names behind the ids.</param>
public sealed record CompiledPlant(PlantMap Map, ImmutableArray<int> PointIds, MeteringPlan Metering, ImmutableArray<BusPlan> Buses, PlantNames Names);
