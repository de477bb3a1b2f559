using EdgeGateway.Dashboard.Live;

namespace EdgeGateway.Dashboard.Tests;

public class LiveStreamsTests
{
    [Fact]
    public void A_reader_that_does_not_keep_up_is_ended_and_counted_and_others_go_on()
    {
        var streams = new LiveStreams();
        var (slow, quick) = (streams.Join()!, streams.Join()!);
        for (var i = 0; i <= LiveStreams.QueueLength; i++)
        {
            streams.Send(new byte[] { 1 });
            Assert.True(quick.Reader.TryRead(out _));
        }
        Assert.Equal(1, streams.Dropped);
        Assert.Equal(1, streams.Clients);
        while (slow.Reader.TryRead(out _))
        {
        }
        Assert.True(slow.Reader.Completion.IsCompleted);
        Assert.False(quick.Reader.Completion.IsCompleted);
    }

    [Fact]
    public void There_is_room_for_so_many_readers_and_no_more()
    {
        var streams = new LiveStreams();
        var first = streams.Join()!;
        for (var i = 1; i < LiveStreams.MostClients; i++) Assert.NotNull(streams.Join());
        Assert.Null(streams.Join());
        streams.Leave(first);
        Assert.NotNull(streams.Join());
    }
}
