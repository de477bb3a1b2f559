using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>The way of one plan's buses to Ingest. A bus keeps the slots it was made with for as long as it runs; whatever plan is in force when Ingest takes a block, the rows find their points.</summary>
/// <param name="ingest">The loop.</param>
/// <param name="madeFor">The plan that the buses' slots are of.</param>
internal sealed class BusSink(IngestLoop ingest, CompiledPlant madeFor) : ISampleSink
{
    private CompiledPlant? _seen;
    private int[]? _slots;

    public SampleBlock Rent() => ingest.Rent();

    public bool TryPost(SampleBlock block) => ingest.TryPost(block, this);

    public void Return(SampleBlock block) => ingest.Return(block);

    /// <summary>Gives the block the slots of <paramref name="plant"/> and drops rows of points that it no longer has. Called by Ingest alone.</summary>
    /// <returns>How many rows were dropped.</returns>
    public int Translate(SampleBlock block, CompiledPlant plant)
    {
        if (!ReferenceEquals(plant, _seen)) (_seen, _slots) = (plant, Table(plant));
        return _slots is null ? 0 : block.Remap(_slots);
    }

    private int[]? Table(CompiledPlant plant)
    {
        if (plant.PointIds.AsSpan().SequenceEqual(madeFor.PointIds.AsSpan())) return null;
        var slotOf = plant.PointIds.Select((id, slot) => (id, slot)).ToDictionary(p => p.id, p => p.slot);
        return [.. madeFor.PointIds.Select(id => slotOf.GetValueOrDefault(id, -1))];
    }
}
