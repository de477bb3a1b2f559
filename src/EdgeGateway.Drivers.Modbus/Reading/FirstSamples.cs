using System.Collections.Immutable;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.Modbus.Reading;

/// <summary>A sink that keeps the first sample of each slot and says when it has all.</summary>
internal sealed class FirstSamples(IEnumerable<int> slots) : ISampleSink
{
    private readonly Lock _gate = new();
    private readonly HashSet<int> _open = [.. slots];
    private readonly Dictionary<int, (Quality Quality, double Number, long Integer)> _first = [];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when every slot has its sample.</summary>
    public Task Complete
    {
        get
        {
            lock (_gate)
            {
                if (_open.Count == 0) _complete.TrySetResult();
            }
            return _complete.Task;
        }
    }

    public SampleBlock Rent() => new(256);

    public bool TryPost(SampleBlock block)
    {
        lock (_gate)
        {
            for (var i = 0; i < block.Count; i++)
            {
                if (_open.Remove(block.Slots[i])) _first[block.Slots[i]] = (block.Qualities[i], block.Numbers[i], block.Integers[i]);
            }
            if (_open.Count == 0) _complete.TrySetResult();
        }
        return true;
    }

    public void Return(SampleBlock block)
    {
    }

    public PointReading ReadingOf(BusPoint point, ImmutableArray<ushort> registers)
    {
        lock (_gate)
        {
            return _first.TryGetValue(point.Slot, out var s)
                ? new PointReading(point, s.Quality, s.Number, s.Integer, registers)
                : new PointReading(point, null, 0, 0, registers);
        }
    }
}
