using EdgeGateway.Records.Samples;

namespace EdgeGateway.Records.Tests;

public sealed class RemapTests
{
    [Fact]
    public void Rows_get_their_new_slots_and_those_without_one_are_dropped()
    {
        var block = new SampleBlock(4);
        block.TryAddGauge(0, 10, 1, 1.5);
        block.TryAddText(1, 20, 2, "gone");
        block.TryAddInteger(2, 30, 3, 7);
        block.TryAddText(3, 40, 4, "kept");
        Assert.Equal(1, block.Remap([5, -1, 0, 2]));
        Assert.Equal([5, 0, 2], block.Slots.ToArray());
        Assert.Equal([10L, 30, 40], block.Times.ToArray());
        Assert.Equal([1, 3, 4], block.Spreads.ToArray());
        Assert.Equal([1.5, 0, 0], block.Numbers.ToArray());
        Assert.Equal([0L, 7, 0], block.Integers.ToArray());
        Assert.Equal(new string?[] { null, null, "kept" }, new[] { block.Text(0), block.Text(1), block.Text(2) });
        block.Clear();
        block.TryAddGauge(1, 1, 1, 1);
        Assert.Null(block.Text(0));
    }

    [Fact]
    public void It_allocates_nothing()
    {
        var block = new SampleBlock(256);
        var slots = new int[256];
        for (var i = 0; i < slots.Length; i++) slots[i] = i % 3 - 1;
        var least = long.MaxValue;
        for (var round = 0; round < 20; round++)
        {
            block.Clear();
            for (var i = 0; i < 256; i++) block.TryAddGauge(i, i, 0, i);
            var before = GC.GetAllocatedBytesForCurrentThread();
            block.Remap(slots);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }
        Assert.Equal(0, least);
    }
}
