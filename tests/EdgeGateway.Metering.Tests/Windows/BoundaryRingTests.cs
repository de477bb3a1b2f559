using CsCheck;
using EdgeGateway.Metering.Windows;

namespace EdgeGateway.Metering.Tests.Windows;

public sealed class BoundaryRingTests
{
    [Fact]
    public void Holds_what_a_list_would_hold()
    {
        Gen.Select(Gen.Long[-1_000, 1_000], Gen.Select(Gen.Int[0, 60], Gen.Int[0, 60]).Array[1, 40]).Sample((first, moves) =>
        {
            var (ring, model, next) = (new BoundaryRing<long>(), new List<long>(), first);
            foreach (var (append, drop) in moves)
            {
                for (var i = 0; i < append; i++)
                {
                    ring.Append(next, next * 3);
                    model.Add(next++);
                }
                ring.DropBefore(next - drop);
                model.RemoveAll(b => b < next - drop);
                Assert.Equal(model.Count, ring.Count);
                foreach (var b in model) Assert.True(ring.Holds(b) && ring[b] == b * 3);
                Assert.False(ring.Holds(next));
            }
        }, iter: 500);
    }

    [Fact]
    public void Gives_room_back_after_an_outage()
    {
        var ring = new BoundaryRing<long>();
        for (var b = 0L; b < 100_000; b++) ring.Append(b, b);
        ring.DropBefore(99_990);
        Assert.Equal((4_096, 10, 99_990L), (ring.Capacity, ring.Count, ring[99_990]));
    }

    [Fact]
    public void Boundaries_follow_each_other()
    {
        var ring = new BoundaryRing<int>();
        ring.Append(7, 0);
        Assert.Throws<InvalidOperationException>(() => ring.Append(9, 0));
    }
}
