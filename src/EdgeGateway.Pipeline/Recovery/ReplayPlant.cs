using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Plans;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Recovery;

/// <summary>A plan of the log with the way back from persisted ids to its slots.</summary>
internal sealed class ReplayPlant(CompiledPlant plant)
{
    private readonly Dictionary<int, int> _slots = plant.PointIds.Select((id, slot) => (id, slot)).ToDictionary(p => p.id, p => p.slot);
    private SampleBlock _block = new(1024);

    public CompiledPlant Plant => plant;

    /// <summary>The entry's samples in UTC, valid until the next call; null where the body is damaged.</summary>
    public SampleBlock? Decode(StoredEntry entry, long offset)
    {
        var most = Math.Max(1, SampleBlockCodec.RowsOf(EntryCodec.Body(entry.Codec), entry.Body));
        if (_block.Capacity < most) _block = new SampleBlock(most);
        _block.Clear();
        var rows = new BlockRows(_block, _slots);
        if (!SampleBlockCodec.TryDecode(EntryCodec.Body(entry.Codec), entry.Body, ref rows)) return null;
        _block.Shift(offset);
        return _block;
    }
}
