using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Pipeline.Tests.Buses;

public sealed class BlockWriterTests
{
    [Fact]
    public void A_block_that_is_refused_goes_back_and_is_counted_as_a_skipped_cycle()
    {
        var (sink, health) = (new Sink(), new BusHealth(["bus"]));
        var writer = new BlockWriter(sink, health);
        Cycle(writer, 3);
        sink.Refuses = true;
        Cycle(writer, 3);
        Cycle(writer, 2);
        sink.Refuses = false;
        Cycle(writer, 1);
        Assert.Equal((4L, 2L), (health.Samples, health.SkippedCycles));
        Assert.Equal((2, 2), (sink.Taken, sink.Returned));
        Assert.Equal(4, sink.Rented);
    }

    [Fact]
    public void Of_a_cycle_of_several_blocks_each_that_is_refused_counts()
    {
        var (sink, health) = (new Sink { Refuses = true }, new BusHealth(["bus"]));
        Cycle(new BlockWriter(sink, health), 10);
        Assert.Equal((0L, 3L), (health.Samples, health.SkippedCycles));
        Assert.Equal((3, 3), (sink.Rented, sink.Returned));
    }

    [Fact]
    public void An_empty_cycle_is_nothing()
    {
        var (sink, health) = (new Sink { Refuses = true }, new BusHealth(["bus"]));
        new BlockWriter(sink, health).Post();
        Assert.Equal((0L, 0), (health.SkippedCycles, sink.Rented));
    }

    private static void Cycle(BlockWriter writer, int samples)
    {
        for (var i = 0; i < samples; i++) writer.Add(i, i, 0, i, i, Quality.Good);
        writer.Post();
    }

    private sealed class Sink : ISampleSink
    {
        public bool Refuses { get; set; }

        public int Rented { get; private set; }

        public int Returned { get; private set; }

        public int Taken { get; private set; }

        public SampleBlock Rent()
        {
            Rented++;
            return new SampleBlock(4);
        }

        public bool TryPost(SampleBlock block)
        {
            if (!Refuses) Taken++;
            return !Refuses;
        }

        public void Return(SampleBlock block) => Returned++;
    }
}
