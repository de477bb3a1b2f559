using CsCheck;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Pipeline.Tests.Publishing;

/// <summary>Against a plain set of ids.</summary>
public sealed class AckRangesTests
{
    private static readonly Gen<(long Lo, long Hi)[]> Adds = Gen.Select(Gen.Long[-5, 60], Gen.Long[0, 8]).Select((lo, length) => (lo, lo + length)).Array[0, 25];

    [Fact]
    public void Holds_what_a_plain_set_holds() => Adds.Sample(adds =>
    {
        var ranges = new AckRanges();
        var set = new SortedSet<long>();
        foreach (var (lo, hi) in adds)
        {
            ranges.Add(lo, hi);
            for (var id = lo; id <= hi; id++) set.Add(id);
            AreSound(ranges);
        }
        for (var id = -10L; id <= 80; id++) Assert.Equal(set.Contains(id), ranges.Contains(id));
        Assert.Equal(Enumerable.Range(1, 200).TakeWhile(id => set.Contains(id)).Count(), ranges.Contiguous);
    }, iter: 5_000);

    [Fact]
    public void The_order_of_acknowledgements_does_not_matter() => Gen.Select(Adds, Gen.Int[0, 1000]).Sample((adds, seed) =>
    {
        var (one, other) = (new AckRanges(), new AckRanges());
        foreach (var (lo, hi) in adds) one.Add(lo, hi);
        foreach (var (lo, hi) in adds.OrderBy(a => HashCode.Combine(a, seed))) other.Add(lo, hi);
        foreach (var (lo, hi) in adds) other.Add(lo, hi);
        Assert.Equal(one.Ranges, other.Ranges);
    }, iter: 1_000);

    [Fact]
    public void In_order_there_is_one_range()
    {
        var ranges = new AckRanges();
        Assert.Equal(0, ranges.Contiguous);
        for (var id = 1L; id <= 1000; id++) ranges.Add(id, id);
        Assert.Equal([(1L, 1000L)], ranges.Ranges);
        Assert.Equal(1000, ranges.Contiguous);
    }

    [Fact]
    public void Live_data_pass_a_backlog()
    {
        var ranges = new AckRanges();
        ranges.Add(1, 10);
        ranges.Add(500, 510);
        Assert.Equal(10, ranges.Contiguous);
        Assert.True(ranges.Contains(505));
        Assert.False(ranges.Contains(11));
        ranges.Add(11, 499);
        Assert.Equal([(1L, 510L)], ranges.Ranges);
    }

    [Fact]
    public void What_begins_later_than_one_is_not_contiguous()
    {
        var ranges = new AckRanges();
        ranges.Add(2, 9);
        Assert.Equal(0, ranges.Contiguous);
        ranges.Add(-4, -2);
        Assert.Equal(0, ranges.Contiguous);
        ranges.Add(0, 1);
        Assert.Equal(9, ranges.Contiguous);
    }

    [Fact]
    public void Extremes_do_not_overflow()
    {
        var ranges = new AckRanges();
        ranges.Add(long.MaxValue, long.MaxValue);
        ranges.Add(long.MinValue, long.MinValue);
        Assert.Equal(2, ranges.Ranges.Count);
        ranges.Add(1, long.MaxValue - 1);
        Assert.Equal(long.MaxValue, ranges.Contiguous);
        ranges.Add(long.MinValue, long.MaxValue);
        Assert.Equal([(long.MinValue, long.MaxValue)], ranges.Ranges);
    }

    [Fact]
    public void A_range_the_wrong_way_round_is_a_bug() => Assert.Throws<ArgumentOutOfRangeException>(() => new AckRanges().Add(2, 1));

    [Fact]
    public void A_copy_is_its_own()
    {
        var ranges = new AckRanges();
        ranges.Add(1, 3);
        var copy = ranges.Clone();
        copy.Add(4, 4);
        Assert.Equal(3, ranges.Contiguous);
        Assert.Equal(4, copy.Contiguous);
    }

    private static void AreSound(AckRanges ranges)
    {
        for (var i = 0; i < ranges.Ranges.Count; i++)
        {
            Assert.True(ranges.Ranges[i].Lo <= ranges.Ranges[i].Hi);
            if (i > 0) Assert.True(ranges.Ranges[i - 1].Hi + 1 < ranges.Ranges[i].Lo);
        }
    }
}
