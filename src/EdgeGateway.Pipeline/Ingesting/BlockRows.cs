using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>Turns decoded rows of an entry back into a block under a plan, for replay. Points that the plan no longer has are counted and dropped.</summary>
internal ref struct BlockRows(SampleBlock block, IReadOnlyDictionary<int, int> slotOfPoint) : ISampleRowSink
{
    /// <summary>Rows without a slot.</summary>
    public int Unknown { get; private set; }

    public void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text)
    {
        if (!slotOfPoint.TryGetValue(pointId, out var slot)) Unknown++;
        else if (text is not null) block.TryAddText(slot, time, spread, text, quality);
        else block.TryAdd(slot, time, spread, number, integer, quality);
    }
}

/// <summary>Collects decoded rows for publishers; times are shifted by the boot's offset.</summary>
internal readonly ref struct PublishRows(List<SampleRow> rows, long offset) : ISampleRowSink
{
    public void Row(int pointId, long time, int spread, double number, long integer, Quality quality, string? text) =>
        rows.Add(new SampleRow(pointId, time + offset, number, integer, quality, text));
}
