using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Sending;
using Microsoft.Extensions.Time.Testing;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class ReasonCodeTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0x00, OutcomeKind.Accepted, null)]
    [InlineData(0x10, OutcomeKind.Accepted, null)]
    [InlineData(0x80, OutcomeKind.Retry, "the broker failed (MQTT reason 0x80)")]
    [InlineData(0x83, OutcomeKind.Retry, "the broker failed (MQTT reason 0x83)")]
    [InlineData(0x87, OutcomeKind.Rejected, "no right to publish to this topic; check the broker's access list (MQTT reason 0x87)")]
    [InlineData(0x90, OutcomeKind.Rejected, "the broker does not accept the topic (MQTT reason 0x90)")]
    [InlineData(0x91, OutcomeKind.Retry, "the packet identifier is still in use (MQTT reason 0x91)")]
    [InlineData(0x97, OutcomeKind.Retry, "the broker's quota is exceeded (MQTT reason 0x97)")]
    [InlineData(0x99, OutcomeKind.Rejected, "the broker does not accept the payload (MQTT reason 0x99)")]
    [InlineData(0xA5, OutcomeKind.Retry, "the broker gave an unknown reason (MQTT reason 0xA5)")]
    public async Task A_puback_decides_the_outcome(byte code, OutcomeKind kind, string? reason)
    {
        await using var broker = new ScriptedBroker(ScriptedBroker.Welcome, (n, id) => ScriptedBroker.PubAck(id, n == 1 ? code : (byte)0));
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var outcomes = new Outcome[2];
        await publisher.PublishAsync([new EventItem(1, Plant.Reset()), new EventItem(2, Plant.Reset())], outcomes, Cancel);
        Assert.Equal([new Outcome(kind, kind == OutcomeKind.Retry ? TimeSpan.FromSeconds(5) : default, reason), Outcome.Accepted], outcomes);
    }

    [Theory]
    [InlineData(0x8E, "another client uses the client_id 'gw-01'; give each gateway its own (MQTT reason 0x8E)")]
    [InlineData(0x8B, "the broker is shutting down (MQTT reason 0x8B)")]
    [InlineData(0x97, "a quota or rate of the broker is exceeded (MQTT reason 0x97)")]
    [InlineData(0xA0, "ended the connection (MQTT reason 0xA0)")]
    public async Task A_disconnect_in_the_middle_says_why_and_keeps_what_was_acknowledged(byte code, string expected)
    {
        await using var broker = new ScriptedBroker(ScriptedBroker.Welcome, (n, id) => n < 3 ? ScriptedBroker.PubAck(id, 0) : n == 3 ? ScriptedBroker.Disconnect(code) : []);
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var outcomes = new Outcome[5];
        var failure = await Assert.ThrowsAsync<PublisherException>(() => publisher.PublishAsync([.. Enumerable.Range(1, 5).Select(i => new EventItem(i, Plant.Reset()))], outcomes, Cancel));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Equal([Outcome.Accepted, Outcome.Accepted, default, default, default], outcomes);
        // Whoever took the session would lose it to us again.
        Assert.Equal(code == 0x8E ? TimeSpan.FromMinutes(2) : TimeSpan.Zero, failure.After);
    }

    [Theory]
    [InlineData(new byte[] { 0x20, 3, 0, 0x84, 0 }, "it does not speak MQTT 5: set protocol to 3.1.1 (MQTT reason 0x84)")]
    [InlineData(new byte[] { 0x20, 3, 0, 0x85, 0 }, "it does not accept the client_id 'gw-01'")]
    [InlineData(new byte[] { 0x20, 3, 0, 0x88, 0 }, "busy or not available")]
    [InlineData(new byte[] { 0x20, 3, 0, 0x8A, 0 }, "banned")]
    [InlineData(new byte[] { 0x20, 3, 0, 0x9A, 0 }, "retained messages")]
    [InlineData(new byte[] { 0x20, 7, 0, 0x87, 4, 0x1F, 0, 1, (byte)'x' }, "MQTT reason 0x87: x")]
    [InlineData(new byte[] { 0x20, 5, 0, 0, 2, 0x24, 0 }, "QoS 1")]
    [InlineData(new byte[] { 0x20, 2, 0, 1 }, "MQTT 5")]
    [InlineData(new byte[] { 0x30, 3, 0, 1, (byte)'x' }, "no MQTT 5 broker")]
    public async Task A_refusal_is_put_into_words(byte[] answer, string expected)
    {
        await using var broker = new ScriptedBroker(answer, (_, _) => []);
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        var failure = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.StartsWith(broker.Url, failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(".", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broker_that_does_not_acknowledge_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var broker = new ScriptedBroker(ScriptedBroker.Welcome, (n, id) => n < 2 ? ScriptedBroker.PubAck(id, 0) : []);
        await using var publisher = Target.Publisher(time, null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var outcomes = new Outcome[2];
        var publishing = publisher.PublishAsync([new EventItem(1, Plant.Reset()), new EventItem(2, Plant.Reset())], outcomes, Cancel);
        Assert.Equal($"{broker.Url}: a message was not acknowledged within 30 s.", (await FailureAsync(publishing, time)).Message);
        Assert.Equal([Outcome.Accepted, default], outcomes);
        await Assert.ThrowsAsync<PublisherException>(() => publisher.PublishAsync([new EventItem(2, Plant.Reset())], outcomes, Cancel));
    }

    [Fact]
    public async Task A_peer_that_does_not_answer_connect_is_given_up()
    {
        var time = new FakeTimeProvider();
        await using var broker = new ScriptedBroker([], (_, _) => []);
        await using var publisher = Target.Publisher(time, null, ("url", broker.Url));
        Assert.Equal($"{broker.Url}: no answer to CONNECT within 10 s.", (await FailureAsync(publisher.ConnectAsync(Cancel), time)).Message);
    }

    [Fact]
    public async Task Of_blocks_that_were_refused_together_each_shows_by_itself_whether_it_was_meant()
    {
        // The first message of three blocks is refused; alone the second block is, and the others are taken.
        await using var broker = new ScriptedBroker(ScriptedBroker.Welcome, (n, id) => ScriptedBroker.PubAck(id, n is 1 or 3 ? (byte)0x99 : (byte)0));
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        PublishItem[] items = [.. Enumerable.Range(1, 3).Select(i => new TelemetryItem(i, Plant.MeterSamples()))];
        var outcomes = new Outcome[3];
        await publisher.PublishAsync(items, outcomes, Cancel);
        Assert.All(outcomes, o => Assert.Equal((OutcomeKind.Retry, "the broker does not accept the payload (MQTT reason 0x99)"), (o.Kind, o.Reason)));
        outcomes = new Outcome[3];
        await publisher.PublishAsync(items, outcomes, Cancel);
        Assert.Equal([OutcomeKind.Accepted, OutcomeKind.Rejected, OutcomeKind.Accepted], outcomes.Select(o => o.Kind));
        Assert.Equal(5, broker.Published);
    }

    [Fact]
    public async Task The_window_is_never_passed()
    {
        var open = 0;
        await using var broker = new ScriptedBroker([0x20, 6, 0, 0, 3, 0x21, 0, 4], (n, id) => n == 0 ? ScriptedBroker.PubAck(id, 0) : ++open > 4 ? throw new IOException() : []);
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        using var stop = new CancellationTokenSource();
        var publishing = publisher.PublishAsync([.. Enumerable.Range(1, 20).Select(i => new EventItem(i, Plant.Reset()))], new Outcome[20], stop.Token);
        await Peers.Until.TrueAsync(() => broker.Published == 5, "the window to be full");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        Assert.Equal(5, broker.Published);
    }

    [Fact]
    public void An_item_of_several_messages_is_retried_before_it_is_rejected()
    {
        var (retry, rejected) = (default(Outcome), new Outcome(OutcomeKind.Rejected));
        Assert.Equal(retry, Acknowledgement.Worse(rejected, retry));
        Assert.Equal(retry, Acknowledgement.Worse(retry, rejected));
        Assert.Equal(rejected, Acknowledgement.Worse(Outcome.Accepted, rejected));
    }

    private static async Task<PublisherException> FailureAsync(Task task, FakeTimeProvider time)
    {
        await Peers.Until.TrueAsync(() =>
        {
            time.Advance(TimeSpan.FromSeconds(1));
            return task.IsCompleted;
        }, "the limit to pass");
        return await Assert.ThrowsAsync<PublisherException>(() => task);
    }
}
