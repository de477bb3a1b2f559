using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Ingesting;

/// <summary>The newest sample of every point, for screens. Ingest writes, anyone reads; a reader may miss values, never see half of one.</summary>
/// <param name="slots">Number of slots in the plan.</param>
public sealed class LatestValues(int slots)
{
    private readonly Lock _gate = new();
    private readonly LatestValue[] _values = new LatestValue[slots];

    /// <summary>The values of a next plan: those of the points that remain, found by their persisted ids.</summary>
    internal LatestValues Carry(IReadOnlyList<int> before, IReadOnlyList<int> after)
    {
        var slotOf = before.Select((id, slot) => (id, slot)).ToDictionary(p => p.id, p => p.slot);
        var next = new LatestValues(after.Count);
        lock (_gate)
        {
            for (var slot = 0; slot < after.Count; slot++)
            {
                if (slotOf.TryGetValue(after[slot], out var old)) next._values[slot] = _values[old];
            }
        }
        return next;
    }

    /// <summary>Number of slots.</summary>
    public int Count => _values.Length;

    /// <summary>Takes over a block's samples.</summary>
    public void Update(SampleBlock block)
    {
        lock (_gate)
        {
            for (var i = 0; i < block.Count; i++)
            {
                ref var value = ref _values[block.Slots[i]];
                if (block.Times[i] < value.Time) continue;
                var quality = block.Qualities[i];
                value = quality.HasValue()
                    ? new LatestValue(block.Times[i], block.Numbers[i], block.Integers[i], quality, block.Text(i))
                    : value with { Time = block.Times[i], Quality = quality };
            }
        }
    }

    /// <summary>The newest sample of a slot; its time is 0 where there was none yet. A bad sample keeps the last value beside its quality.</summary>
    public LatestValue this[int slot]
    {
        get
        {
            lock (_gate) return _values[slot];
        }
    }
}

/// <summary>A point's newest sample.</summary>
/// <param name="Time">UTC microseconds, 0 for none.</param>
/// <param name="Number">Value of a gauge.</param>
/// <param name="Integer">Steps of a counter, code of a state.</param>
/// <param name="Quality">Quality.</param>
/// <param name="Text">Text, or null.</param>
public readonly record struct LatestValue(long Time, double Number, long Integer, Quality Quality, string? Text);
