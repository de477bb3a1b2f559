using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Against a real mosquitto, read back by mosquitto_sub.</summary>
public sealed class MqttPublisherTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Records_samples_events_and_status_arrive_as_rendered()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("集团/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("topic", "集团"));
        await publisher.ConnectAsync(Cancel);

        var record = Plant.Record();
        record.Unit = Plant.Chinese;
        var outcomes = await PublishAsync(publisher, new RecordItem(1, record), new TelemetryItem(7, Plant.MeterSamples()), new EventItem(3, Plant.Reset()), new TelemetryItem(8, []));
        Assert.All(outcomes, o => Assert.Equal(Outcome.Accepted, o));

        var messages = await sub.ReceivedAsync(4);
        Assert.Equal(["集团/gw-01/status", "集团/gw-01/records/冲压线/1m", "集团/gw-01/telemetry/press-meter", "集团/gw-01/events"], messages.Select(m => m.Topic));
        Assert.Equal(Rendered.Record(record, "冲压线"), messages[1].Payload);
        Assert.Equal(Rendered.Telemetry(Plant.MeterSamples())[0], messages[2].Payload);
        Assert.Equal("reset", Rendered.Parse(messages[3].Payload).GetProperty("event").GetString());
        Assert.All(messages, m => Assert.Equal((1, "application/json"), (m.Qos, m.ContentType)));
        Assert.Equal(["status", "record", "telemetry", "event"], messages.Select(m => m.UserProperties["schema"].Split('.')[1]));
        Assert.Equal("1795478400.4711", messages[1].UserProperties["revision"]);
    }

    [Fact]
    public async Task The_status_is_retained_online_then_offline_when_stopped()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using (var publisher = Target.Publisher(null, ("url", broker.Url)))
        {
            await publisher.ConnectAsync(Cancel);
            await using var early = await broker.SubscribeAsync("edgegateway/gw-01/status");
            var online = Assert.Single(await early.ReceivedAsync(1));
            Assert.True(online.Retained);
            var json = Rendered.Parse(online.Payload);
            Assert.Equal("online", json.GetProperty("state").GetString());
            Assert.InRange(json.GetProperty("since").GetDateTimeOffset(), DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow);
        }
        await using var late = await broker.SubscribeAsync("edgegateway/gw-01/status");
        var offline = Rendered.Parse(Assert.Single(await late.ReceivedAsync(1)).Payload);
        Assert.Equal(("offline", "stopped"), (offline.GetProperty("state").GetString(), offline.GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task A_second_client_of_the_same_id_ends_the_first_which_says_so_and_whose_last_will_is_published()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        await sub.ReceivedAsync(1);

        await using var thief = PeerProcess.Start("mosquitto_sub", ["-V", "5", "-h", "127.0.0.1", "-p", $"{broker.Port}", "-i", Plant.Gateway, "-t", "x"]);

        var statuses = await sub.ReceivedAsync(2, "edgegateway/gw-01/status");
        Assert.Equal("""{"v":1,"gateway":"gw-01","state":"offline","since":null,"reason":"connection_lost"}""", statuses[1].Payload);
        Assert.Equal(1, statuses[1].Qos);
        await using (var late = await broker.SubscribeAsync("edgegateway/gw-01/status")) Assert.True((await late.ReceivedAsync(1))[0].Retained);

        PublisherException? failure = null;
        await Until.TrueAsync(async () => (failure = await Xunit.Record.ExceptionAsync(() => PublishAsync(publisher, new EventItem(1, Plant.Reset()))) as PublisherException) is not null, "the publisher to notice");
        // This mosquitto sends no DISCONNECT then.
        Assert.Contains("does another client use the client_id 'gw-01'?", failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Messages_under_way_keep_to_the_receive_maximum_and_to_their_order()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { MaxInflight = 3 });
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var items = Enumerable.Range(1, 500).Select(i => (PublishItem)new EventItem(i, Plant.Reset())).ToArray();
        Assert.DoesNotContain(await PublishAsync(publisher, items), o => o.Kind != OutcomeKind.Accepted);
        var events = await sub.ReceivedAsync(500, "edgegateway/gw-01/events");
        Assert.Equal(Enumerable.Range(1, 500), events.Select(e => Rendered.Parse(e.Payload).GetProperty("id").GetInt32()));
    }

    [Fact]
    public async Task A_broker_that_stops_in_the_middle_leaves_the_rest_to_be_retried_and_one_that_is_back_is_used_again()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var items = Enumerable.Range(1, 200_000).Select(i => (PublishItem)new EventItem(i, Plant.Reset())).ToArray();
        var outcomes = new Outcome[items.Length];
        var publishing = publisher.PublishAsync(items, outcomes, Cancel);
        await Until.TrueAsync(() => outcomes[100].Kind == OutcomeKind.Accepted, "the batch to be under way");
        await broker.StopAsync();

        var failure = await Assert.ThrowsAsync<PublisherException>(() => publishing);
        Assert.Matches($"^{broker.Url}(: the connection broke| closed the connection)", failure.Message);
        var accepted = outcomes.TakeWhile(o => o.Kind == OutcomeKind.Accepted).Count();
        Assert.InRange(accepted, 100, items.Length - 1);
        Assert.DoesNotContain(outcomes.Skip(accepted), o => o.Kind != OutcomeKind.Retry);

        failure = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        Assert.StartsWith($"{broker.Url}: nothing listens there.", failure.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<PublisherException>(() => PublishAsync(publisher, items[0]));

        await broker.StartAgainAsync();
        await publisher.ConnectAsync(Cancel);
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        Assert.Equal([Outcome.Accepted], await PublishAsync(publisher, items[accepted]));
        Assert.Equal(accepted + 1, Rendered.Parse((await sub.ReceivedAsync(1, "edgegateway/gw-01/events"))[0].Payload).GetProperty("id").GetInt32());
    }

    [Fact]
    public async Task A_cancelled_batch_keeps_what_was_acknowledged_and_the_connection()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var items = Enumerable.Range(1, 200_000).Select(i => (PublishItem)new EventItem(i, Plant.Reset())).ToArray();
        var outcomes = new Outcome[items.Length];
        using var stop = new CancellationTokenSource();
        var publishing = publisher.PublishAsync(items, outcomes, stop.Token);
        await Until.TrueAsync(() => outcomes[100].Kind == OutcomeKind.Accepted, "the batch to be under way");
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
        var accepted = outcomes.TakeWhile(o => o.Kind == OutcomeKind.Accepted).Count();
        Assert.InRange(accepted, 100, items.Length - 1);
        Assert.DoesNotContain(outcomes.Skip(accepted), o => o.Kind != OutcomeKind.Retry);
        Assert.Equal([Outcome.Accepted], await PublishAsync(publisher, items[accepted]));
    }

    [Fact]
    public async Task Packets_up_to_the_brokers_limit_are_sent_and_larger_ones_are_rejected_without_sending()
    {
        const int limit = 2000;
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { MaxPacketSize = limit });
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);

        // Every length around the limit: the broker would end the connection at the first one too long.
        var items = Enumerable.Range(1700, 300).Select(n => (PublishItem)new EventItem(n, new GatewayEvent(EventKind.Gap, Plant.Start, new string('x', n), []))).ToArray();
        var outcomes = await PublishAsync(publisher, items);
        var accepted = outcomes.TakeWhile(o => o.Kind == OutcomeKind.Accepted).Count();
        Assert.InRange(accepted, 1, 299);
        Assert.All(outcomes.Skip(accepted), o => Assert.Equal(OutcomeKind.Rejected, o.Kind));
        Assert.Equal("the packet of 2001 bytes is larger than the 2000 that the broker takes", outcomes[accepted].Reason);

        var events = await sub.ReceivedAsync(accepted, "edgegateway/gw-01/events");
        Assert.Equal(accepted, events.Count);
        Assert.DoesNotContain("oversize", broker.Log, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_long_block_is_split_to_fit_the_broker()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { MaxPacketSize = 3000 });
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var rows = Enumerable.Range(0, 1000).Select(i => new SampleRow(i % 2 == 0 ? Plant.Energy : Plant.Good, Plant.Start + i, 0, i, Quality.Good, null)).ToArray();
        SampleRow[] tooLong = [new(Plant.Power, Plant.Start, 1, 0, Quality.Good, null), new(Plant.Batch, Plant.Start, 0, 0, Quality.Good, new string('x', 3000)), new(Plant.Megawatts, Plant.Start, 0, 1, Quality.Good, null)];
        var outcomes = await PublishAsync(publisher, new TelemetryItem(1, rows), new TelemetryItem(2, tooLong), new TelemetryItem(3, [new(999, 0, 0, 0, Quality.Good, null)]));
        Assert.Equal([OutcomeKind.Accepted, OutcomeKind.Rejected, OutcomeKind.Rejected], outcomes.Select(o => o.Kind));
        Assert.Equal("The map no longer names any of the points.", outcomes[2].Reason);

        var messages = await sub.ReceivedAsync(1, "edgegateway/gw-01/telemetry/主表");
        Assert.Single(messages);
        var numbers = sub.On("edgegateway/gw-01/telemetry/").SelectMany(m => Rendered.Parse(m.Payload).GetProperty("samples").EnumerateArray()).Where(s => s.TryGetProperty("n", out _)).Select(s => s.GetProperty("n").GetInt64());
        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (long)i).Append(1).Order(), numbers.Order());
    }

    [Fact]
    public async Task Neighbouring_blocks_go_together_up_to_the_size_that_is_chosen_and_settle_each_by_itself()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var sub = await broker.SubscribeAsync("edgegateway/#");
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("batch_bytes", "2000"));
        await publisher.ConnectAsync(Cancel);
        PublishItem[] items =
        [
            .. Enumerable.Range(0, 5).Select(i => new TelemetryItem(i + 1, Plant.MeterSamples().Select(s => s with { Time = s.Time + i * 2_000_000 }).Append(new SampleRow(Plant.Good, Plant.Start + i, 0, i, Quality.Good, null)).ToArray())),
            new TelemetryItem(6, []), new TelemetryItem(7, [new(999, 0, 0, 0, Quality.Good, null)]), new EventItem(1, Plant.Reset()),
            .. Enumerable.Range(7, 40).Select(i => new TelemetryItem(i + 1, [new SampleRow(Plant.Scrap, Plant.Start + i, 0, i, Quality.Good, null)])),
        ];
        var outcomes = await PublishAsync(publisher, items);
        Assert.Equal([6], Enumerable.Range(0, items.Length).Where(i => outcomes[i].Kind == OutcomeKind.Rejected));
        Assert.All(outcomes.Where((_, i) => i != 6), o => Assert.Equal(OutcomeKind.Accepted, o.Kind));

        var messages = await sub.ReceivedAsync(6);
        Assert.Equal(["press-meter", "plc-1", "events"], messages.Skip(1).Take(3).Select(m => m.Topic.Split('/')[^1]));
        Assert.Equal(15, Rendered.Parse(messages[1].Payload).GetProperty("samples").GetArrayLength());
        Assert.Equal([0, 1, 2, 3, 4], Rendered.Parse(messages[2].Payload).GetProperty("samples").EnumerateArray().Select(s => s.GetProperty("n").GetInt32()));
        var rest = messages.Skip(4).Select(m => Rendered.Parse(m.Payload)).ToArray();
        Assert.Equal(Enumerable.Range(7, 40), rest.SelectMany(m => m.GetProperty("samples").EnumerateArray()).Select(s => s.GetProperty("n").GetInt32()));
        Assert.All(messages.Skip(1), m => Assert.InRange(m.Payload.Length, 1, 2000));
        Assert.Equal(UtcText(Plant.Start + 7), rest[0].GetProperty("t").GetString());

        static string UtcText(long micros) => Records.Time.UtcMicros.Format(micros);
    }

    [Fact]
    public async Task A_unit_that_no_map_names_is_rejected_and_blocks_nothing()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await publisher.ConnectAsync(Cancel);
        var record = Plant.Record();
        record.Unit = 77;
        var outcomes = await PublishAsync(publisher, new RecordItem(1, record), new RecordItem(2, Plant.Record()));
        Assert.Equal([new Outcome(OutcomeKind.Rejected, default, "The map no longer names unit 77."), Outcome.Accepted], outcomes);
    }

    [Fact]
    public async Task Topics_that_the_access_list_does_not_allow_are_rejected_with_the_reason()
    {
        var options = new MosquittoOptions { Username = "gw", Password = "right", Writable = ["edgegateway/gw-01/status", "edgegateway/gw-01/records/#"] };
        await using var broker = await Mosquitto.StartAsync(options);
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("username", "gw"), ("password", "right"));
        await publisher.ConnectAsync(Cancel);
        var outcomes = await PublishAsync(publisher, new EventItem(1, Plant.Reset()), new RecordItem(2, Plant.Record()));
        Assert.Equal([OutcomeKind.Rejected, OutcomeKind.Accepted], outcomes.Select(o => o.Kind));
        Assert.Equal("no right to publish to this topic; check the broker's access list (MQTT reason 0x87)", outcomes[0].Reason);
    }

    [Fact]
    public async Task A_client_that_may_not_even_state_its_status_does_not_connect()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Username = "gw", Password = "right", Writable = ["other/#"] });
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("username", "gw"), ("password", "right"));
        var failure = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        Assert.StartsWith($"{broker.Url} does not take the status on topic 'edgegateway/gw-01/status': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_sends_about_as_much_as_it_tells_plan()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", broker.Url));
        await TrafficCheck.HoldsAsync(publisher, new MqttPublisherType().Traffic, Cancel);
    }

    private static async Task<Outcome[]> PublishAsync(IPublisher publisher, params PublishItem[] items)
    {
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, Cancel);
        return outcomes;
    }
}
