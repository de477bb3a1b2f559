using System.Text.Json;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>Against a real InfluxDB 1.x: what it says it stored is what counts.</summary>
public sealed class InfluxTests
{
    private const long Nanos = 1000;

    [Fact]
    public async Task Records_samples_and_events_read_back_as_they_were()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Publisher(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.All(await PublishAsync(publisher, new RecordItem(1, Plant.Record()), new TelemetryItem(2, Plant.MeterSamples()), new EventItem(3, Plant.Reset()),
            new TelemetryItem(4, [new(Plant.State, Plant.Start, 0, 1, Quality.Good, null), new(Plant.Batch, Plant.Start, 0, 0, Quality.Good, "批 \"7\"\\a"), new(Plant.Megawatts, Plant.Start, 0, 123_457, Quality.GoodHeartbeat, null)])),
            o => Assert.Equal(OutcomeKind.Accepted, o.Kind));

        var record = Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_record"));
        Assert.Equal((Plant.Start * Nanos, "gw-01", "line-1", "1m"), (record["time"].GetInt64(), record["gateway"].GetString(), record["unit"].GetString(), record["kind"].GetString()));
        Assert.Equal((1_795_478_400, 4711, false), (record["rev_epoch"].GetInt64(), record["rev_seq"].GetInt64(), record["void"].GetBoolean()));
        Assert.Equal((60, 1, 20, true, 0.0617, true, 60), (Number(record, "length_s"), Number(record, "coverage"), Number(record, "good"), record["good_ok"].GetBoolean(), Number(record, "kWh_per_good"),
            record["kWh_per_good_ok"].GetBoolean(), Number(record, "running_s")));
        Assert.Equal((0, false), (Number(record, "kWh_per_total"), record["kWh_per_total_ok"].GetBoolean()));
        var energy = Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_electricity"));
        Assert.Equal((1.234, "exact", 0.0725, "kWh", 1.234, 0), (Number(energy, "value"), energy["basis"].GetString(), Number(energy, "bound"), energy["measure"].GetString(), Number(energy, "running"), Number(energy, "idle")));
        Assert.Equal([true, true, true], new[] { "ok", "exact", "bound_ok" }.Select(f => energy[f].GetBoolean()));

        var samples = await server.QueryAsync("SELECT * FROM edgegateway_sample ORDER BY time");
        Assert.Equal(6, samples.Count);
        var power = Assert.Single(samples, s => s["point"].GetString() == "power");
        Assert.Equal(((Plant.Start + 250_000) * Nanos, 12.34, "good", "press-meter"), (power["time"].GetInt64(), Number(power, "value"), power["quality"].GetString(), power["device"].GetString()));
        Assert.Equal(["123456 1234.56 good", "- - timeout"], samples.Where(s => s["point"].GetString() == "energy_import").Select(s => $"{Or(s["steps"])} {Or(s["value"])} {s["quality"]}"));
        Assert.Equal("2469.14", Or(Assert.Single(samples, s => s["point"].GetString() == "电能")["value"]));
        Assert.Equal("批 \"7\"\\a", Assert.Single(samples, s => s["point"].GetString() == "batch")["text"].GetString());
        var state = Assert.Single(samples, s => s["point"].GetString() == "state");
        Assert.Equal((1, "idle"), (state["state"].GetInt32(), state["state_word"].GetString()));

        var happening = Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_event"));
        Assert.Equal(("reset", "press-meter.energy_import", 3), (happening["event"].GetString(), happening["subject"].GetString(), happening["id"].GetInt64()));
        Assert.StartsWith("from=123456; to=3;", happening["details"].GetString(), StringComparison.Ordinal);
        await publisher.DisposeAsync();
        Assert.Equal([true, false], (await server.QueryAsync("SELECT online FROM edgegateway_status")).Select(s => s["online"].GetBoolean()));
    }

    [Fact]
    public async Task A_restatement_leaves_nothing_of_the_one_before_and_a_withdrawal_leaves_no_number()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Publisher(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        await PublishAsync(publisher, new RecordItem(1, Plant.Record()));
        var bare = new WindowRecord { Unit = Plant.Line, Kind = WindowKind.Minute, Start = Plant.Start, End = Plant.Start + UtcMicros.PerMinute, Revision = new Revision(1_795_478_400, 5000), CoveredMicros = 0, Flags = WindowFlags.Gap };
        bare.BeginSegment(bare.Start, bare.End, SegmentCut.WindowEnd, null, Plant.States(0, 0, 0, UtcMicros.PerMinute));
        bare.Add(new Figure { Id = FigureId.KilowattHoursPerGood, Reason = FigureReason.NoData });
        await PublishAsync(publisher, new RecordItem(2, bare, Restates: true));
        await HoldsNothingAsync(5000, "gap");
        Assert.Equal("kWh_per_good:no_data", Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_record"))["reasons"].GetString());

        var withdrawn = Plant.Record();
        withdrawn.Revision = new Revision(1_795_478_400, 6000);
        withdrawn.Flags |= WindowFlags.Void;
        await PublishAsync(publisher, new RecordItem(3, withdrawn));
        await HoldsNothingAsync(6000, "");
        Assert.True(Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_record"))["void"].GetBoolean());

        async Task HoldsNothingAsync(long revision, string flags)
        {
            var record = Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_record"));
            Assert.Equal((revision, flags), (record["rev_seq"].GetInt64(), record["flags"].GetString()));
            Assert.All(record.Where(f => f.Key.EndsWith("_ok", StringComparison.Ordinal) && f.Key != "clock_ok"), f => Assert.False(f.Value.GetBoolean(), f.Key));
            Assert.All(record.Where(f => record.ContainsKey(f.Key + "_ok")), f => Assert.Equal(0, f.Value.GetDouble()));
            var energy = Assert.Single(await server.QueryAsync("SELECT * FROM edgegateway_electricity"));
            Assert.Equal((revision, false, false, 0, 0, "none"), (energy["rev_seq"].GetInt64(), energy["ok"].GetBoolean(), energy["exact"].GetBoolean(), Number(energy, "value"), Number(energy, "running"), energy["basis"].GetString()));
        }
    }

    [Fact]
    public async Task A_field_of_another_type_costs_only_the_points_that_have_it()
    {
        await using var server = await InfluxServer.StartAsync();
        await server.WriteAsync($"edgegateway_sample,gateway=other value=\"a text\" {Plant.Start * Nanos}");
        await using var publisher = Publisher(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        SampleRow gauge = new(Plant.Power, Plant.Start, 1.5, 0, Quality.Good, null), state = new(Plant.State, Plant.Start, 0, 2, Quality.Good, null);
        var outcomes = await PublishAsync(publisher, new TelemetryItem(1, [state]), new TelemetryItem(2, [gauge]), new TelemetryItem(3, [state with { Time = Plant.Start + 1 }, gauge with { Time = Plant.Start + 1 }]),
            new TelemetryItem(4, [state with { Time = Plant.Start + 2 }]));
        Assert.Equal([OutcomeKind.Accepted, OutcomeKind.Rejected, OutcomeKind.Rejected, OutcomeKind.Accepted], outcomes.Select(o => o.Kind));
        Assert.Contains("field type conflict", outcomes[1].Reason, StringComparison.Ordinal);
        Assert.StartsWith("1 of 2 points were refused, the others are in the database: ", outcomes[2].Reason, StringComparison.Ordinal);
        Assert.Equal(3, (await server.QueryAsync("SELECT state FROM edgegateway_sample")).Count);
    }

    [Fact]
    public async Task Points_beyond_the_retention_are_set_aside_and_the_younger_ones_kept()
    {
        await using var server = await InfluxServer.StartAsync();
        await server.QueryAsync($"CREATE RETENTION POLICY short ON {InfluxServer.Database} DURATION 1h REPLICATION 1");
        await using var publisher = Publisher(server, ("retention_policy", "short"));
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var now = UtcMicros.From(TimeProvider.System.GetUtcNow());
        PublishItem[] items = [.. Enumerable.Range(0, 40).Select(i => new TelemetryItem(i + 1, [new(Plant.Power, now - (i < 25 ? 3 * UtcMicros.PerHour : 0) + i, i, 0, Quality.Good, null)]))];
        var outcomes = await PublishAsync(publisher, items);
        Assert.All(outcomes[..25], o => Assert.Equal(OutcomeKind.Rejected, o.Kind));
        Assert.All(outcomes[25..], o => Assert.Equal(OutcomeKind.Accepted, o.Kind));
        Assert.Contains("retention", outcomes[0].Reason, StringComparison.Ordinal);
        Assert.Equal(15, (await server.QueryAsync("SELECT value FROM short.edgegateway_sample")).Count);
    }

    [Fact]
    public async Task A_missing_database_or_retention_policy_is_said_at_the_start()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var wrong = Target.Publisher(null, ("url", server.Url), ("version", "1"), ("database", "plnat"));
        var fault = await Assert.ThrowsAsync<PublisherException>(() => wrong.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains("no such database: create it, or correct database ('plnat') (HTTP 404", fault.Message, StringComparison.Ordinal);
        await using var policy = Publisher(server, ("retention_policy", "none-such"));
        fault = await Assert.ThrowsAsync<PublisherException>(() => policy.ConnectAsync(TestContext.Current.CancellationToken));
        Assert.Contains("retention policy not found", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_login_that_is_missing_wrong_or_without_rights_names_its_settings()
    {
        await using var server = await InfluxServer.StartAsync(login: true);
        await RefusedAsync("it wants a login: set username and password (HTTP 401");
        await RefusedAsync("does not accept the login: check username and password (HTTP 401", ("username", "gw-01"), ("password", "wr0ng"));
        await RefusedAsync("no right to write to database 'plant': check username and password and what it is allowed to (HTTP 403", ("username", "stranger"), ("password", "right"));
        await using var let = Publisher(server, ("username", "gw-01"), ("password", "right"));
        await let.ConnectAsync(TestContext.Current.CancellationToken);
        Assert.Single(await server.QueryAsync("SELECT online FROM edgegateway_status"));

        async Task RefusedAsync(string words, params (string, string)[] options)
        {
            await using var publisher = Publisher(server, options);
            var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(TestContext.Current.CancellationToken));
            Assert.Contains(words, fault.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("wr0ng", fault.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_was_under_way_when_the_server_died_is_tried_again_and_stands_once()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Publisher(server);
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        await server.StopAsync();
        var outcomes = new Outcome[1];
        var fault = await Assert.ThrowsAsync<PublisherException>(() => publisher.PublishAsync([new RecordItem(1, Plant.Record())], outcomes, TestContext.Current.CancellationToken));
        Assert.Contains(server.Url, fault.Message, StringComparison.Ordinal);
        Assert.Equal(OutcomeKind.Retry, outcomes[0].Kind);
        await server.StartAgainAsync();
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        for (var i = 0; i < 2; i++) Assert.Equal(OutcomeKind.Accepted, (await PublishAsync(publisher, new RecordItem(1, Plant.Record())))[0].Kind);
        Assert.Single(await server.QueryAsync("SELECT value FROM edgegateway_electricity"));
    }

    [Fact]
    public async Task Many_points_go_in_batches_and_all_arrive()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Publisher(server, ("batch_points", "700"));
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        PublishItem[] items = [.. Enumerable.Range(0, 60).Select(i => new TelemetryItem(i + 1, [.. Enumerable.Range(0, 100).Select(n => new SampleRow(Plant.Power, Plant.Start + i * 1000 + n, n / 4.0, 0, Quality.Good, null))]))];
        Assert.All(await PublishAsync(publisher, items), o => Assert.Equal(OutcomeKind.Accepted, o.Kind));
        Assert.Equal((6000, 60 * 4950 / 4.0), (Number((await server.QueryAsync("SELECT count(value) FROM edgegateway_sample"))[0], "count"), Number((await server.QueryAsync("SELECT sum(value) FROM edgegateway_sample"))[0], "sum")));
    }

    [Fact]
    public async Task It_sends_about_as_much_as_it_tells_plan()
    {
        await using var server = await InfluxServer.StartAsync();
        await using var publisher = Publisher(server);
        await TrafficCheck.HoldsAsync(publisher, new InfluxPublisherType().Traffic, TestContext.Current.CancellationToken);
    }

    private static IPublisher Publisher(InfluxServer server, params (string Key, string Value)[] options) =>
        Target.Publisher(null, [("url", server.Url), ("version", "1"), ("database", InfluxServer.Database), .. options]);

    private static async Task<Outcome[]> PublishAsync(IPublisher publisher, params PublishItem[] items)
    {
        var outcomes = new Outcome[items.Length];
        await publisher.PublishAsync(items, outcomes, TestContext.Current.CancellationToken);
        return outcomes;
    }

    private static double Number(IReadOnlyDictionary<string, JsonElement> row, string field) => row[field].GetDouble();

    private static string Or(JsonElement value) => value.ValueKind == JsonValueKind.Null ? "-" : value.GetRawText();
}
