using System.Text.Json;
using EdgeGateway.Composition;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Simulation;

/// <summary>What targets hold in the end, read back from them, is what the log says and what the plant's ledger knows.</summary>
public sealed class DrainTests
{
    [Fact]
    public async Task After_an_outage_a_restart_and_two_restatements_broker_and_database_agree_with_the_ledger()
    {
        await using var run = new SimulatedRun(13, "at 00:20:00 drop workshop for 90s\nat 01:10:00 drop workshop for 150s");
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(55));
        await run.StopGatewayAsync();
        await run.RunForAsync(TimeSpan.FromSeconds(20));
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(65));
        await run.StopGatewayAsync();

        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/sim/records/#");
        await using var database = await InfluxServer.StartAsync();
        await database.StopAsync();
        await using var drain = run.OpenToPublish(broker.Port, database.Port);
        var judge = LedgerJudge.Of(run.Plant.Ledger, drain.Plant.Names, drain.Store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        Assert.True(judge.Revisions > judge.Records.Count, "the gaps were to be stated twice");
        using var ending = new CancellationTokenSource();
        var loops = drain.Supervisor.Publishers;
        var publishing = Task.WhenAll(loops.Select(l => l.RunAsync(ending.Token)));
        var history = loops.Single(l => l.Health.Name == "history").Health;
        await Until.TrueAsync(() => history.Failures > 0, "the database to be missed");
        await database.StartAgainAsync();
        await Until.TrueAsync(() => subscriber.Messages.Count >= judge.Records.Count && Drained(drain), "the log to be drained", TimeSpan.FromSeconds(60));
        await ending.CancelAsync();
        await publishing;

        AtTheBroker(judge, drain, subscriber);
        await InTheDatabaseAsync(judge, drain, database);
    }

    private static void AtTheBroker(LedgerJudge judge, Gateway drain, MosquittoSub subscriber)
    {
        var arrived = PublishedRecord.Newest(subscriber.Messages).ToDictionary(r => (r.Unit, r.Kind, UtcMicros.From(r.Start)));
        Assert.Equal(judge.Records.Count, arrived.Count);
        foreach (var record in judge.Records)
        {
            var published = arrived[(drain.Plant.Names.Unit(record.Unit)!, record.Kind.Name, record.Start)];
            Assert.Equal((record.Revision.Epoch, record.Revision.Seq), published.Revision);
            Assert.Equal((record.Inputs[0].T0, record.Inputs[0].T1), published.Totals);
        }
    }

    private static async Task InTheDatabaseAsync(LedgerJudge judge, Gateway drain, InfluxServer database)
    {
        var records = await RowsAsync(database, "edgegateway_record");
        var energies = await RowsAsync(database, "edgegateway_electricity");
        Assert.Equal((judge.Records.Count, judge.Records.Count), (records.Count, energies.Count));
        foreach (var record in judge.Records)
        {
            var key = (drain.Plant.Names.Unit(record.Unit)!, record.Kind.Name, record.Start * 1000);
            var (stated, energy) = (records[key], energies[key]);
            Assert.Equal((record.Revision.Epoch, record.Revision.Seq), (stated["rev_epoch"].GetInt64(), stated["rev_seq"].GetInt64()));
            Assert.Equal(record.Revision.Seq, energy["rev_seq"].GetInt64());
            var sum = default(QuantitySum);
            foreach (var input in record.Inputs)
            {
                if (input.Carrier == Carrier.Electricity) sum.Add(input);
            }
            // The database stores the nearest float64 of a number with six places.
            Assert.Equal(sum.Total.RoundToSix().ToDouble(), energy["value"].GetDouble());
            Assert.Equal((sum.Worst.Word(), sum.Worst == Basis.Exact, true), (energy["basis"].GetString(), energy["exact"].GetBoolean(), energy["ok"].GetBoolean()));
            if (energy["bound_ok"].GetBoolean()) Assert.InRange(judge.KilowattHours(record) - energy["value"].GetDouble(), -energy["bound"].GetDouble() - 1e-6, energy["bound"].GetDouble() + 1e-6);
            Assert.Equal(record.StateMicros()[0] / 1e6, stated["running_s"].GetDouble());
            var figure = record.FigureOf(FigureId.KilowattHoursPerGood);
            Assert.Equal((figure?.Value is not null, figure?.Value?.ToDouble() ?? 0), (stated["kWh_per_good_ok"].GetBoolean(), stated["kWh_per_good"].GetDouble()));
        }
    }

    private static async Task<Dictionary<(string Unit, string Kind, long Start), IReadOnlyDictionary<string, JsonElement>>> RowsAsync(InfluxServer database, string measurement) =>
        (await database.QueryAsync($"SELECT * FROM {measurement}")).ToDictionary(r => (r["unit"].GetString()!, r["kind"].GetString()!, r["time"].GetInt64()));

    private static bool Drained(Gateway drain) => drain.Supervisor.Publishers.All(p =>
        drain.Store.LoadCursor(p.Health.Name, RecordStream.Records)?.Contiguous >= drain.Store.DurableRecordId || p.Health.Accepted + p.Health.Skipped >= drain.Store.DurableRecordId);
}
