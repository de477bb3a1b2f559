using System.Collections.Concurrent;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Drivers.Modbus.Tests;

internal readonly record struct Sample(int Slot, long Time, int Spread, double Number, long Integer, Quality Quality);

/// <summary>A sink that keeps every sample, and can refuse.</summary>
internal sealed class Collected : ISampleSink
{
    private readonly SampleBlockPool _pool = new(128, 16);

    public ConcurrentQueue<Sample> Samples { get; } = new();

    public bool Refusing { get; set; }

    /// <summary>False where samples are counted only, so that the sink itself allocates nothing.</summary>
    public bool Keeping { get; init; } = true;

    public SampleBlock Rent() => _pool.Rent();

    public void Return(SampleBlock block) => _pool.Return(block);

    public bool TryPost(SampleBlock block)
    {
        if (Refusing) return false;
        for (var i = 0; Keeping && i < block.Count; i++)
        {
            Samples.Enqueue(new Sample(block.Slots[i], block.Times[i], block.Spreads[i], block.Numbers[i], block.Integers[i], block.Qualities[i]));
        }
        _pool.Return(block);
        return true;
    }

    public Sample[] Of(int slot) => [.. Samples.Where(s => s.Slot == slot)];

    public int Count(Quality quality) => Samples.Count(s => s.Quality == quality);

    public BusServices Services(TimeProvider? time = null, ILoggerFactory? log = null, StampClock? stamps = null) =>
        new(time ?? TimeProvider.System, stamps ?? new StampClock(time ?? TimeProvider.System), this, () => 0.5, log ?? NullLoggerFactory.Instance);
}
