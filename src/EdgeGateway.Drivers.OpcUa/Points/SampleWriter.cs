using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>Fills the sink's blocks and hands them over; where the gateway is behind, drops them and counts the cycle as skipped.</summary>
internal sealed class SampleWriter(ISampleSink sink, BusHealth health)
{
    private SampleBlock? _block;

    public void Add(int slot, long time, int spread, in PointReading reading, string? text)
    {
        if (_block is not null && _block.Count == _block.Capacity) Post();
        _block ??= sink.Rent();
        if (text is not null && reading.Quality.HasValue()) _block.TryAddText(slot, time, spread, text, reading.Quality);
        else _block.TryAdd(slot, time, spread, reading.Number, reading.Integer, reading.Quality);
    }

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
