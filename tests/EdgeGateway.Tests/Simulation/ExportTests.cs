using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.PointTables;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Simulation;

/// <summary>A range of a simulated run's log, exported by the program as a user starts it.</summary>
public sealed class ExportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-export-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_range_is_imported_by_a_real_database_and_read_as_json_and_as_a_table()
    {
        await using var run = new SimulatedRun(17, "at 00:20:00 drop workshop for 90s") { Edit = MapEdits.WithCarbon };
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(70));
        await run.Gateway!.Store.FlushAsync(TestContext.Current.CancellationToken);
        var judge = LedgerJudge.Of(run.Plant.Ledger, run.Gateway.Plant.Names, run.Gateway.Store);
        Assert.True(judge.Complaints.Count == 0, string.Join('\n', judge.Complaints.Take(40)));
        var names = run.Gateway.Plant.Names;
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, run.MapText(), TestContext.Current.CancellationToken);
        // Beside the running gateway: the store is open for writing meanwhile.
        string[] range = ["--from", "2026-11-24T06:00:00Z", "--to", "2026-11-24T15:00:00+08:00", "--store", run.StorePath];
        var wanted = judge.Records.Where(r => r.Start >= UtcMicros.From(SimulatedRun.Begin.AddMinutes(5)) && r.Start < UtcMicros.From(SimulatedRun.Begin.AddMinutes(65))).ToList();

        await using var database = await InfluxServer.StartAsync();
        await database.WriteAsync(await ExportAsync(map, [.. range, "--as", "influx", "--windows", "1m,15m,1h"]));
        var energies = (await database.QueryAsync("SELECT * FROM edgegateway_electricity")).ToDictionary(r => (r["unit"].GetString()!, r["kind"].GetString()!, r["time"].GetInt64()));
        Assert.Equal(wanted.Count, energies.Count);
        foreach (var record in wanted)
        {
            var energy = energies[(names.Unit(record.Unit)!, record.Kind.Name, record.Start * 1000)];
            Assert.Equal((QuantitySum.Of(record, Carrier.Electricity).Total.RoundToSix().ToDouble(), record.Revision.Seq), (energy["value"].GetDouble(), energy["rev_seq"].GetInt64()));
        }

        var lines = (await ExportAsync(map, [.. range, "--publisher", "platform", "--units", "line-*", "--rate", "1000000"])).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(wanted.Count(r => names.Unit(r.Unit) != "workshop"), lines.Length);
        await SchemaJudge.AcceptsAsync("record", [lines[0], lines[^1]]);

        var table = CsvText.Parse((await ExportAsync(map, [.. range, "--as", "csv", "--windows", "1m"])).TrimStart('\uFEFF'))!;
        Assert.Equal(["gateway", "unit", "kind", "id", "start", "end", "rev_epoch", "rev_seq", "void", "coverage", "flags", "quantity", "value", "measure", "basis", "bound", "reason"], table[0].Cells);
        var minutes = wanted.Where(r => r.Kind == WindowKind.Minute).ToList();
        var electricity = table.Skip(1).Where(r => r.Cells[11] == "electricity").ToList();
        Assert.Equal(minutes.Count, electricity.Count);
        Assert.Equal(minutes.Sum(r => (decimal)QuantitySum.Of(r, Carrier.Electricity).Total.RoundToSix().Mantissa) / 1_000_000, electricity.Sum(r => decimal.Parse(r.Cells[12], CultureInfo.InvariantCulture)));
        Assert.All(electricity, r => Assert.Equal("kWh", r.Cells[13]));
        Assert.Equal(minutes.Count, table.Count(r => r.Cells[11] == "kgce" && r.Cells[13] == "kgce"));
    }

    [Fact]
    public async Task Samples_and_events_are_exported_too_and_what_is_wrong_is_said()
    {
        await using var run = new SimulatedRun(18, "at 00:02:00 drop workshop for 90s");
        run.StartGateway();
        await run.RunForAsync(TimeSpan.FromMinutes(8));
        await run.StopGatewayAsync();
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, run.MapText(), TestContext.Current.CancellationToken);
        string[] range = ["--from", "2026-11-24T05:56:00Z", "--to", "2026-11-24T05:57:00Z", "--store", run.StorePath];
        var samples = (await ExportAsync(map, [.. range, "--streams", "telemetry", "--as", "csv", "--points", "line-1-meter.*"])).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        // A minute of polls of five seconds, two points.
        Assert.Equal(25, samples.Length);
        Assert.All(samples.Skip(1), s => Assert.Matches(@"^sim,line-1-meter,(power|energy),2026-11-24T05:56:[0-9.]+Z,[0-9.]+,(W,|kWh,[0-9]+),good$", s));
        var all = await ExportAsync(map, "--from", "2026-11-24T05:00:00Z", "--to", "2026-11-24T07:00:00Z", "--store", run.StorePath, "--streams", "telemetry,events");
        Assert.Contains("\"q\":\"", all, StringComparison.Ordinal);
        Assert.Contains("\"event\":", all, StringComparison.Ordinal);

        var file = Path.Combine(_folder.FullName, "out.json");
        Assert.Equal(0, (await GatewayProcess.RunAsync(["export", map, .. range, "--streams", "telemetry", "-o", file])).ExitCode);
        Assert.True(new FileInfo(file).Length > 1000);
        await RefusedAsync(2, "--output: ", [.. range, "-o", file]);
        await RefusedAsync(2, "to lies behind from", ["--from", "2026-11-24", "--to", "2026-11-23", "--store", run.StorePath]);
        await RefusedAsync(2, "--publisher: there is no 'platfrom'; did you mean 'platform'?", [.. range, "--publisher", "platfrom"]);
        await RefusedAsync(2, "streams: there is no 'record'; did you mean 'records'?", [.. range, "--streams", "record"]);
        await RefusedAsync(2, "--windows: '16m' is no kind of window", [.. range, "--windows", "16m"]);
        await RefusedAsync(2, "A table has one kind of rows", [.. range, "--as", "csv", "--streams", "records,events"]);
        await RefusedAsync(3, "There is no store", [.. range[..4], "--store", "nowhere.db"]);

        async Task RefusedAsync(int code, string words, string[] arguments)
        {
            var (exit, output) = await GatewayProcess.RunAsync(["export", map, .. arguments]);
            Assert.Equal(code, exit);
            Assert.Contains(words, output, StringComparison.Ordinal);
        }
    }

    private async Task<string> ExportAsync(string map, params string[] arguments)
    {
        var file = Path.Combine(_folder.FullName, Guid.NewGuid().ToString("N"));
        var (code, output) = await GatewayProcess.RunAsync(["export", map, .. arguments, "--output", file]);
        Assert.True(code == 0, output);
        Assert.Contains("items written.", output, StringComparison.Ordinal);
        return await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
    }
}
