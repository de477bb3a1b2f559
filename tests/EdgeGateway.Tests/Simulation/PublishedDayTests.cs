using System.Globalization;
using EdgeGateway.Control;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Control;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Windows;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Simulation;

/// <summary>A simulated day, published while it passes: what a real broker and a real database hold in the end is what the log says and what the plant's ledger knows.</summary>
public sealed class PublishedDayTests
{
    private const string Faults = """
        at 01:00:00 drop workshop for 90s
        at 04:30:00 drop workshop for 6m
        at 09:10:00 silence line-2 for 20m
        at 12:05:00 reset line-1 energy
        at 18:40:00 drop workshop for 1h
        """;

    [Fact]
    public async Task After_outages_a_restart_and_two_restatements_broker_and_database_agree_with_the_ledger()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Persistent = true });
        await using var subscriber = await broker.SubscribeAsync("edgegateway/sim/records/#");
        await using var database = await InfluxServer.StartAsync();
        await using var run = new SimulatedRun(13, Faults, publish: true) { Edit = MapEdits.WithCarbon };
        run.PublishTo(broker.Port, database.Port);
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromHours(2));

        // The broker is away; meanwhile the gateway is stopped and started.
        await broker.StopAsync();
        await run.RunForAsync(TimeSpan.FromMinutes(50));
        await run.StopGatewayAsync();
        await run.RunForAsync(TimeSpan.FromSeconds(20));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(40));
        Assert.True(Health(run, "platform").Failures > 10, "the broker was to be missed");
        await broker.StartAgainAsync();
        await run.RunForAsync(TimeSpan.FromHours(2));

        // The database is away while records are restated.
        await RestateAsync(run, "cn-national-2023");
        await database.StopAsync();
        await run.RunForAsync(TimeSpan.FromHours(3));
        Assert.True(Health(run, "history").Failures > 10, "the database was to be missed");
        await database.StartAgainAsync();
        await run.RunForAsync(TimeSpan.FromHours(6));
        await RestateAsync(run, "cn-south-2023");
        await run.RunForAsync(SimulatedRun.Begin.AddDays(1).AddSeconds(10) - run.Clock.GetUtcNow());
        await DrainAsync(run);

        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway!.Plant.Names, run.Gateway.Store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        Assert.Equal(1440, judge.Of("line-1", WindowKind.Minute).Count());
        var sets = judge.Records.GroupBy(r => r.Factors).ToDictionary(s => s.Key, s => s.Count());
        Assert.Equal(["cn-guangdong-2023/1 latest_published", "cn-south-2023/1 latest_published"], sets.Keys.Order(StringComparer.Ordinal));
        // A quarter of the day was stated again by the first order, more than half by the second.
        Assert.True(judge.Revisions > judge.Records.Count * 1.75, $"{judge.Revisions} revisions of {judge.Records.Count} records");

        var held = new HeldRecords(judge, run.Gateway.Plant.Names);
        await Until.TrueAsync(() => PublishedRecord.Newest(subscriber.Messages).Count >= judge.Records.Count, "all records at the subscriber");
        held.Compare(PublishedRecord.Newest(subscriber.Messages));
        await held.CompareAsync(database);
        Assert.Equal(0, Health(run, "platform").Rejected + Health(run, "history").Rejected);
        Assert.Empty(run.Gateway.Store.ReadQuarantine(10));
        await SchemaJudge.AcceptsAsync("record", [.. subscriber.Messages.Where((_, i) => i % 97 == 0).Select(m => m.Payload)]);
    }

    /// <summary>An operator's word, by the way that the command takes.</summary>
    private static async Task RestateAsync(SimulatedRun run, string factors)
    {
        var gateway = run.Gateway!;
        var restating = new RestateControl(() => gateway.Reload.Running, gateway.Supervisor.Ingest.SayAsync, run.Clock);
        var reply = await restating.RunAsync(new ControlRequest("restate", new Dictionary<string, string> { ["from"] = "2026-11-24", ["to"] = "2026-11-26", ["factors"] = factors }, "operator"), TestContext.Current.CancellationToken);
        Assert.True(reply.Ok, string.Join(' ', reply.Lines));
    }

    /// <summary>Lets the clock go on until both targets have acknowledged everything.</summary>
    private static async Task DrainAsync(SimulatedRun run)
    {
        var store = run.Gateway!.Store;
        for (var turns = 0; turns < 200; turns++)
        {
            await store.FlushAsync(TestContext.Current.CancellationToken);
            run.Clock.Settle(TestContext.Current.CancellationToken);
            if (new[] { "platform", "history" }.All(p => store.LoadCursor(p, RecordStream.Records)?.Contiguous >= store.DurableRecordId)) return;
            await run.RunForAsync(TimeSpan.FromSeconds(5));
        }
        Assert.Fail(string.Join('\n', run.Gateway.Supervisor.Publishers.Select(p => string.Create(CultureInfo.InvariantCulture,
            $"{p.Health.Name}: {p.Health.LastError} accepted {p.Health.Accepted}, skipped {p.Health.Skipped}, contiguous {store.LoadCursor(p.Health.Name, RecordStream.Records)?.Contiguous} of {store.DurableRecordId}"))));
    }

    private static PublisherHealth Health(SimulatedRun run, string name) => run.Gateway!.Supervisor.Publishers.Single(p => p.Health.Name == name).Health;
}
