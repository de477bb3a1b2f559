using EdgeGateway.Pipeline.Plans;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>What the Ingest loop works under: one object, so that a reader's slots always fit its values. Immutable but for the latest values.</summary>
/// <param name="Plant">The compiled plant.</param>
/// <param name="PlanId">Id of its stored plan.</param>
/// <param name="Latest">The newest sample of every point, by slot of <paramref name="Plant"/>.</param>
public sealed record PlanInForce(CompiledPlant Plant, int PlanId, LatestValues Latest)
{
    /// <summary>Persisted ids by slot, for the entry's codec.</summary>
    internal int[] PointIds { get; } = [.. Plant.PointIds];

    /// <summary>The next plan, with the latest values of the points that remain.</summary>
    internal PlanInForce Next(CompiledPlant plant, int planId) => new(plant, planId, Latest.Carry(Plant.PointIds, plant.PointIds));
}
