using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Points;

/// <summary>Writes readings of points into blocks.</summary>
internal sealed class SampleWriter(ISampleSink sink, BusHealth health)
{
    private readonly BlockWriter _blocks = new(sink, health);

    public void Add(int slot, long time, int spread, in PointReading reading, string? text)
    {
        if (text is not null && reading.Quality.HasValue()) _blocks.AddText(slot, time, spread, text, reading.Quality);
        else _blocks.Add(slot, time, spread, reading.Number, reading.Integer, reading.Quality);
    }

    public void Post() => _blocks.Post();
}
