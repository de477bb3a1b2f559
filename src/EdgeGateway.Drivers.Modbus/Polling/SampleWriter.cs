using EdgeGateway.Modbus.Registers;
using EdgeGateway.Pipeline.Buses;

namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>Writes readings of registers into blocks.</summary>
internal sealed class SampleWriter(ISampleSink sink, BusHealth health)
{
    private readonly BlockWriter _blocks = new(sink, health);

    public void Add(int slot, long time, int spread, in RegisterReading reading) => _blocks.Add(slot, time, spread, reading.Number, reading.Integer, reading.Quality);

    public void AddText(int slot, long time, int spread, string text) => _blocks.AddText(slot, time, spread, text);

    public void Post() => _blocks.Post();
}
