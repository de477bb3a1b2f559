using CsCheck;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Records.Tests;

public sealed class PointPagesTests
{
    [Fact]
    public void It_holds_what_a_dictionary_holds() => Gen.Select(Gen.Int[0, 3_000], Gen.Int[1, 9]).Array[0, 60].Sample(given =>
    {
        var (pages, plain) = (new PointPages<int>(), new Dictionary<int, int>());
        foreach (var (point, value) in given) (pages[point], plain[point]) = (value, value);
        for (var point = -40; point < 3_100; point++) Assert.Equal(plain.GetValueOrDefault(point), pages[point]);
        Assert.Equal(plain.OrderBy(p => p.Key), pages.All());
    });

    [Fact]
    public void A_place_stays_where_it_is_while_others_are_made()
    {
        var pages = new PointPages<long>();
        ref var first = ref pages.Place(5);
        for (var point = 1_000; point < 20_000; point += 7) pages[point] = point;
        first = 42;
        Assert.Equal(42, pages[5]);
        Assert.Equal(0, pages[4]);
        Assert.Equal(0, pages[int.MaxValue]);
        Assert.Throws<ArgumentOutOfRangeException>(() => pages[-1] = 1);
    }

    [Fact]
    public void Reading_allocates_nothing()
    {
        var pages = new PointPages<string> { [3] = "three" };
        Look();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++) Look();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Look()
        {
            if (pages[3] is null || pages[4] is not null || pages[99_999] is not null) throw new InvalidOperationException("Another value was kept.");
        }
    }
}
