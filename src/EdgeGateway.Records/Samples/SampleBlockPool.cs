using System.Collections.Concurrent;

namespace EdgeGateway.Records.Samples;

/// <summary>Blocks of one capacity for reuse. Thread-safe; keeps at most <c>limit</c> idle blocks and makes new ones beyond.</summary>
public sealed class SampleBlockPool
{
    private readonly ConcurrentQueue<SampleBlock> _idle = new();
    private readonly int _limit;
    private int _count;

    /// <summary>A pool of blocks that hold <paramref name="blockCapacity"/> samples each, of which <paramref name="limit"/> are kept.</summary>
    public SampleBlockPool(int blockCapacity, int limit)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockCapacity);
        ArgumentOutOfRangeException.ThrowIfNegative(limit);
        BlockCapacity = blockCapacity;
        _limit = limit;
    }

    /// <summary>Samples a block holds.</summary>
    public int BlockCapacity { get; }

    /// <summary>An empty block; the caller owns it until it hands it on or returns it.</summary>
    public SampleBlock Rent()
    {
        if (!_idle.TryDequeue(out var block)) return new SampleBlock(BlockCapacity);
        Interlocked.Decrement(ref _count);
        return block;
    }

    /// <summary>Takes a block back and empties it; the caller must not touch it again.</summary>
    public void Return(SampleBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        block.Clear();
        if (block.Capacity != BlockCapacity || Interlocked.Increment(ref _count) > _limit)
        {
            if (block.Capacity == BlockCapacity) Interlocked.Decrement(ref _count);
            return;
        }
        _idle.Enqueue(block);
    }
}
