using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Reading;

/// <summary>Keeps the first sample of every slot and says when it has them all: reads a plant once without a store. Thread-safe.</summary>
/// <param name="slots">Number of slots.</param>
internal sealed class FirstSamples(int slots) : ISampleSink
{
    private readonly Lock _gate = new();
    private readonly SampleBlockPool _pool = new(256, 16);
    private readonly LatestValue?[] _values = new LatestValue?[slots];
    private readonly TaskCompletionSource _complete = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _missing = slots;

    /// <summary>Ends when every slot has a sample, good or bad.</summary>
    public Task Complete => _complete.Task;

    /// <summary>The sample of a slot, or null where none has come.</summary>
    public LatestValue? this[int slot]
    {
        get
        {
            lock (_gate) return _values[slot];
        }
    }

    public SampleBlock Rent() => _pool.Rent();

    public void Return(SampleBlock block) => _pool.Return(block);

    public bool TryPost(SampleBlock block)
    {
        lock (_gate)
        {
            for (var i = 0; i < block.Count; i++)
            {
                ref var value = ref _values[block.Slots[i]];
                if (value is null) _missing--;
                else if (value.Value.Quality.HasValue()) continue;
                value = new LatestValue(block.Times[i], block.Numbers[i], block.Integers[i], block.Qualities[i], block.Text(i));
            }
            if (_missing == 0) _complete.TrySetResult();
        }
        _pool.Return(block);
        return true;
    }
}
