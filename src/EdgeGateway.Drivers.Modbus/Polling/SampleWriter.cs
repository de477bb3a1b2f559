using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Fills the sink's blocks and hands them over; where the gateway is behind, drops them and counts the cycle as skipped.</summary>
internal sealed class SampleWriter(ISampleSink sink, BusHealth health)
{
    private SampleBlock? _block;

    public void Add(int slot, long time, int spread, in RegisterReading reading)
    {
        if (_block is not null && _block.TryAdd(slot, time, spread, reading.Number, reading.Integer, reading.Quality)) return;
        Post();
        _block = sink.Rent();
        _block.TryAdd(slot, time, spread, reading.Number, reading.Integer, reading.Quality);
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
