using System.Text.Json;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Simulation;

/// <summary>Compares what a target holds, read back without the product's code, with the newest statements of the log and with the ledger.</summary>
internal sealed class HeldRecords(LedgerJudge judge, INames names)
{
    /// <summary>What a subscriber of the broker knows.</summary>
    public void Compare(IReadOnlyList<PublishedRecord> held)
    {
        var arrived = held.ToDictionary(r => (r.Unit, r.Kind, UtcMicros.From(r.Start)));
        Assert.Equal(judge.Records.Count, arrived.Count);
        foreach (var record in judge.Records)
        {
            var published = arrived[(names.Unit(record.Unit)!, record.Kind.Name, record.Start)];
            Assert.Equal((record.Revision.Epoch, record.Revision.Seq), published.Revision);
            Assert.Equal((record.Inputs[0].T0, record.Inputs[0].T1), published.Totals);
            if (published.Bound is { } bound) Assert.InRange(judge.KilowattHours(record) - published.Kwh, -bound - 1e-6, bound + 1e-6);
            foreach (var id in new[] { FigureId.CoalEquivalent, FigureId.Scope2Location, FigureId.KilowattHoursPerGood })
            {
                var figure = published.Json.TryGetProperty(id.Word(), out var stated) && stated.GetProperty("value") is { ValueKind: JsonValueKind.Number } value ? value.GetDouble() : (double?)null;
                Assert.Equal(record.FigureOf(id)?.Value?.ToDouble(), figure);
            }
            Assert.Equal(record.Factors, published.Json.GetProperty("factors").GetString());
        }
    }

    /// <summary>What an InfluxDB 1.x holds.</summary>
    public async Task CompareAsync(InfluxServer database)
    {
        var records = await RowsAsync(database, "edgegateway_record");
        var energies = await RowsAsync(database, "edgegateway_electricity");
        Assert.Equal((judge.Records.Count, judge.Records.Count), (records.Count, energies.Count));
        foreach (var record in judge.Records)
        {
            var key = (names.Unit(record.Unit)!, record.Kind.Name, record.Start * 1000);
            Compare(record, records[key], energies[key]);
        }
    }

    private void Compare(WindowRecord record, IReadOnlyDictionary<string, JsonElement> stated, IReadOnlyDictionary<string, JsonElement> energy)
    {
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
        foreach (var id in new[] { FigureId.CoalEquivalent, FigureId.Scope2Location, FigureId.KilowattHoursPerGood })
        {
            var figure = record.FigureOf(id)?.Value;
            Assert.Equal((figure is not null, figure?.ToDouble() ?? 0), (stated[id.Word() + "_ok"].GetBoolean(), stated[id.Word()].GetDouble()));
        }
        Assert.Equal(record.Factors, stated["factors"].GetString());
    }

    private static async Task<Dictionary<(string Unit, string Kind, long Start), IReadOnlyDictionary<string, JsonElement>>> RowsAsync(InfluxServer database, string measurement) =>
        (await database.QueryAsync($"SELECT * FROM {measurement}")).ToDictionary(r => (r["unit"].GetString()!, r["kind"].GetString()!, r["time"].GetInt64()));
}
