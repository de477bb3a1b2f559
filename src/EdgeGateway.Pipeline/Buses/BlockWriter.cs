using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Buses;

/// <summary>Fills a sink's blocks and hands them over; where the gateway is behind, drops them and counts the cycle as skipped. Belongs to its bus's loop.</summary>
/// <param name="sink">Gives and takes blocks.</param>
/// <param name="health">Counts what was handed over and what was skipped.</param>
public sealed class BlockWriter(ISampleSink sink, BusHealth health)
{
    private SampleBlock? _block;

    /// <summary>Appends a number; a full block is handed over first.</summary>
    public void Add(int slot, long time, int spread, double number, long integer, Quality quality)
    {
        if (_block is not null && _block.TryAdd(slot, time, spread, number, integer, quality)) return;
        Post();
        _block = sink.Rent();
        _block.TryAdd(slot, time, spread, number, integer, quality);
    }

    /// <summary>Appends a text; a full block is handed over first.</summary>
    public void AddText(int slot, long time, int spread, string text, Quality quality = Quality.Good)
    {
        if (_block is not null && _block.TryAddText(slot, time, spread, text, quality)) return;
        Post();
        _block = sink.Rent();
        _block.TryAddText(slot, time, spread, text, quality);
    }

    /// <summary>Hands over what was appended.</summary>
    public void Post()
    {
        if (_block is not { } block) return;
        _block = null;
        var count = block.Count;
        if (sink.TryPost(block))
        {
            health.CountSamples(count);
            return;
        }
        sink.Return(block);
        health.CountSkipped();
    }
}
