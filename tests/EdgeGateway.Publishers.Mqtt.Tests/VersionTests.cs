using System.IO.Compression;
using System.Text;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Sending;
using EdgeGateway.Publishers.Mqtt.Sessions;
using Microsoft.Extensions.Time.Testing;
using MQTTnet;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Versions of the protocol, several brokers, and what MQTT 5 adds to a message.</summary>
public sealed class VersionTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Version_3_1_1_carries_the_same_payloads()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("protocol", "3.1.1"));
        await publisher.ConnectAsync(Cancel);
        Assert.Equal(Outcome.Accepted, Assert.Single(await PublishAsync(publisher, new RecordItem(1, Plant.Record()))));
        var record = (await sub.ReceivedAsync(2))[1];
        Assert.Equal((Rendered.Record(Plant.Record()), 1, null, 0), (record.Payload, record.Qos, record.ContentType, record.UserProperties.Count));
        // Mosquitto names the version of the protocol: p2 is 3.1.1, p5 is 5.
        Assert.Contains("as gw-01 (p2,", broker.Log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_next_broker_is_tried_where_the_first_is_out_of_reach_and_the_first_again_when_it_is_back()
    {
        await using var first = await Mosquitto.StartAsync();
        await using var second = await Mosquitto.StartAsync();
        await using var publisher = Plant.Publisher(new MqttPublisherType(), TimeProvider.System, null, ("url", $"[{first.Url}, {second.Url}]"));
        await first.StopAsync();
        await publisher.ConnectAsync(Cancel);
        await using (var sub = await second.SubscribeAsync("edgegateway/#"))
        {
            await PublishAsync(publisher, new EventItem(1, Plant.Reset()));
            await sub.ReceivedAsync(2);
        }
        await second.StopAsync();
        await Assert.ThrowsAsync<PublisherException>(() => PublishAsync(publisher, new EventItem(2, Plant.Reset())));
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        Assert.Contains(first.Url + ": nothing listens there", fault.Message, StringComparison.Ordinal);
        Assert.Contains(second.Url + ": nothing listens there", fault.Message, StringComparison.Ordinal);
        await first.StartAgainAsync();
        await publisher.ConnectAsync(Cancel);
        Assert.Equal(Outcome.Accepted, Assert.Single(await PublishAsync(publisher, new EventItem(2, Plant.Reset()))));
    }

    [Fact]
    public async Task Topics_become_numbers_as_far_as_the_broker_takes_them_and_arrive_as_topics()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        long[] sent = [0, 0];
        foreach (var (i, alias) in new[] { (0, "true"), (1, "false") })
        {
            await using var publisher = Target.Publisher(null, ("url", broker.Url), ("topic_aliases", alias));
            await publisher.ConnectAsync(Cancel);
            await PublishAsync(publisher, [.. Enumerable.Range(1, 20).Select(n => new EventItem(n, Plant.Reset()))]);
            sent[i] = publisher.BytesSent;
        }
        Assert.Equal(40, (await sub.ReceivedAsync(40, "edgegateway/gw-01/events")).Count);
        // Nineteen times the topic less, three bytes of the number each time more.
        Assert.Equal(19 * "edgegateway/gw-01/events".Length - 20 * 3, sent[1] - sent[0]);
    }

    [Fact]
    public void More_topics_than_numbers_go_in_full()
    {
        var aliases = new TopicAliases(1);
        var topics = new[] { "a", "b", "a", "b" }.Select(t =>
        {
            var message = new MqttApplicationMessage { Topic = t };
            aliases.Apply(message);
            return $"{message.Topic} {message.TopicAlias}";
        });
        Assert.Equal(["a 1", "b 0", " 1", "b 0"], topics);
    }

    [Fact]
    public async Task A_second_try_says_so()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Persistent = true });
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        await PublishAsync(publisher, new EventItem(1, Plant.Reset()));
        await broker.StopAsync();
        await Assert.ThrowsAsync<PublisherException>(() => PublishAsync(publisher, new EventItem(2, Plant.Reset())));
        await broker.StartAgainAsync();
        await publisher.ConnectAsync(Cancel);
        await PublishAsync(publisher, new EventItem(2, Plant.Reset()), new EventItem(3, Plant.Reset()));
        var events = await sub.ReceivedAsync(3, "edgegateway/gw-01/events");
        Assert.Equal(["1 False", "2 True", "3 False"], events.Select(e => $"{Rendered.Parse(e.Payload).GetProperty("id")} {e.UserProperties.ContainsKey("resent")}"));
    }

    [Fact]
    public async Task Long_payloads_are_compressed_where_wanted_and_say_so()
    {
        await using var broker = await Mosquitto.StartAsync();
        var folder = Directory.CreateTempSubdirectory("mqtt-gzip-");
        await using var raw = PeerProcess.Start("bash", ["-c", $"mosquitto_sub -V 5 -h 127.0.0.1 -p {broker.Port} -C 1 -N -t 'edgegateway/gw-01/records/#' > {folder.FullName}/body"]);
        await using var sub = await broker.SubscribeAsync("edgegateway/gw-01/events");
        await Until.TrueAsync(() => broker.Log.Contains("records/#", StringComparison.Ordinal), "the first subscription to be live");
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("compression", "gzip"));
        await publisher.ConnectAsync(Cancel);
        await PublishAsync(publisher, new RecordItem(1, Plant.Record()), new EventItem(1, Plant.Reset() with { Details = [] }));
        Assert.False(Assert.Single(await sub.ReceivedAsync(1)).UserProperties.ContainsKey("content-encoding"));
        await raw.WaitForExitAsync(Cancel);
        await using var body = new GZipStream(File.OpenRead(Path.Combine(folder.FullName, "body")), CompressionMode.Decompress);
        using var reader = new StreamReader(body, Encoding.UTF8);
        Assert.Equal(Rendered.Record(Plant.Record()), await reader.ReadToEndAsync(Cancel));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_message_that_nobody_takes_in_time_expires_at_the_broker()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("message_expiry", "2h"));
        await publisher.ConnectAsync(Cancel);
        await using var sub = await broker.SubscribeAsync("edgegateway/gw-01/events");
        await PublishAsync(publisher, new EventItem(1, Plant.Reset()));
        Assert.InRange(Assert.Single(await sub.ReceivedAsync(1)).Expiry ?? 0, 7000, 7200);
    }

    [Fact]
    public void The_third_short_line_in_a_row_is_an_alarm()
    {
        var time = new FakeTimeProvider();
        var lines = new ShortLines(time);
        var alarms = new List<string>();
        foreach (var seconds in new[] { 10, 10, 300, 10, 10, 10, 10 })
        {
            lines.Connected();
            time.Advance(TimeSpan.FromSeconds(seconds));
            alarms.Add(lines.Broke(new PublisherException("It broke."))?.Message ?? "-");
        }
        Assert.Equal(["-", "-", "-", "-", "-", "It broke. It is the third line in a row that broke within a minute.", "-"], alarms);
    }

    private static async Task<Outcome[]> PublishAsync(IPublisher publisher, params PublishItem[] items)
    {
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, Cancel);
        return outcomes;
    }
}
