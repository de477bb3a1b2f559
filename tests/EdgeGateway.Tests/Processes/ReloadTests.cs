using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>A changed map under a running gateway, judged by what meters and subscriber saw.</summary>
public sealed class ReloadTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-reload-");
    private const string Padding = "#~";
    private readonly string _map;

    public ReloadTests() => _map = Path.Combine(_folder.FullName, "plant.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task What_is_untouched_is_polled_on_and_totals_are_kept()
    {
        await using var steady = await WatchedMeter.StartAsync(_folder.FullName);
        await using var changed = await WatchedMeter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        Write(steady, changed, broker.Port, units: "line-1: {electricity: a.energy}", poll: "200ms");
        await using var gateway = GatewayProcess.Start(["run", _map]);
        await Until.TrueAsync(() => Windows(subscriber, "line-1") >= 2, $"two windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));

        // Another poll, another unit, a device before the others, so that every slot moves.
        Write(steady, changed, broker.Port, units: "line-1: {electricity: a.energy}\n  line-2: {electricity: b.energy}", poll: "300ms", first: "z: {connection: other, unit_id: 3, rated_power: 500 kW, poll: 1s, points: ENERGY }", seen: false);
        var (dry, would) = await GatewayProcess.RunAsync("reload", _map, "--dry-run");
        Assert.True(dry == 0, would);
        Assert.Contains("device 'z': new", would, StringComparison.Ordinal);
        Assert.Contains("device 'b': poll 200ms → 300ms", would, StringComparison.Ordinal);
        Assert.Contains("unit 'line-2': new", would, StringComparison.Ordinal);
        Assert.Contains("would restart 1 buses and 0 publishers", would, StringComparison.Ordinal);
        Assert.Empty(changed.Answered(3));

        gateway.Signal("HUP");
        await Until.TrueAsync(() => Windows(subscriber, "line-2") >= 3 && changed.Answered(3).Count > 0, $"the new unit; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        Assert.Equal(1, steady.Connections);
        Assert.Equal(2, changed.Connections);
        Assert.Equal(1, subscriber.Messages.Count(m => m.Topic.EndsWith("/status", StringComparison.Ordinal) && m.Payload.Contains("\"online\"", StringComparison.Ordinal)));
        gateway.Signal("TERM");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, gateway.ExitCode);
        Judge(subscriber, "line-1", steady.Answered(1));
    }

    [Fact]
    public async Task A_changed_file_is_seen_and_a_faulty_one_changes_nothing()
    {
        await using var steady = await WatchedMeter.StartAsync(_folder.FullName);
        await using var changed = await WatchedMeter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        Write(steady, changed, broker.Port, units: "line-1: {electricity: a.energy}", poll: "200ms");
        await using var gateway = GatewayProcess.Start(["run", _map]);
        await gateway.SaysAsync("runs:");
        await Until.TrueAsync(() => changed.Answered(2).Count > 2, "the first polls");

        var good = Text();
        Replace(good.Replace("electricity", "electrcity", StringComparison.Ordinal));
        await gateway.SaysAsync("is not in force", TimeSpan.FromSeconds(30));
        Assert.Contains("did you mean 'electricity'?", gateway.Output, StringComparison.Ordinal);
        var (code, output) = await GatewayProcess.RunAsync("reload", _map);
        Assert.Equal(1, code);
        Assert.Contains("The map that runs stays in force.", output, StringComparison.Ordinal);

        // Another register or scale without an epoch would join two registers in one total.
        foreach (var (from, to, words) in new[]
        {
            ("address: 0x48", "address: 0x4A", "its register changes"), ("resolution: 0.01", "resolution: 0.1", "its resolution changes from 0.01 to 0.1"),
            ("resolution: 0.01", "resolution: 0.01, modulus: 100000000", "its modulus changes from none to 100000000"), ("unit_id: 2", "unit_id: 7", "its device's address changes from unit 2 to unit 7"),
        })
        {
            Replace(good.Replace(from, to, StringComparison.Ordinal));
            (code, output) = await GatewayProcess.RunAsync("reload", _map, "--dry-run");
            Assert.Equal(1, code);
            Assert.Contains(words, output, StringComparison.Ordinal);
        }
        Replace(good.Replace("unit_id: 2", "unit_id: 2, ratio: 40", StringComparison.Ordinal));
        (code, output) = await GatewayProcess.RunAsync("reload", _map);
        Assert.Equal(1, code);
        Assert.Contains("its ratio changes from 1 to 40", output, StringComparison.Ordinal);
        Assert.Contains("epochs", output, StringComparison.Ordinal);

        Replace(good.Replace("unit_id: 2", "unit_id: 2, ratio: 40, epochs: [2026-11-24T08:00+08:00]", StringComparison.Ordinal));
        await gateway.SaysAsync("device 'b': new ratio 40", TimeSpan.FromSeconds(30));
        await Until.TrueAsync(() => changed.Connections == 2 && Windows(subscriber, "line-1") >= 2, $"the change and two windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        Assert.Equal(1, steady.Connections);
        gateway.Signal("TERM");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        Judge(subscriber, "line-1", steady.Answered(1));
    }

    [Fact]
    public async Task A_renamed_device_goes_on_counting_where_it_was()
    {
        await using var meter = await WatchedMeter.StartAsync(_folder.FullName);
        await using var other = await WatchedMeter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        Write(meter, other, broker.Port, units: "line-1: {electricity: a.energy}", poll: "200ms");
        await using var gateway = GatewayProcess.Start(["run", _map]);
        await Until.TrueAsync(() => Windows(subscriber, "line-1") >= 2, $"two windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        Replace(Text().Replace("  a: {", "  main-meter: {was: a, ", StringComparison.Ordinal).Replace("a.energy", "main-meter.energy", StringComparison.Ordinal).Replace("line-1: {", "press-line: {was: line-1, ", StringComparison.Ordinal), seen: false);
        var (code, output) = await GatewayProcess.RunAsync("reload", _map);
        Assert.True(code == 0, output);
        Assert.Contains("device 'main-meter': was 'a'", output, StringComparison.Ordinal);
        await Until.TrueAsync(() => Windows(subscriber, "press-line") >= 3, $"windows under the new name; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        gateway.Signal("TERM");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);

        var before = PublishedRecord.Newest(subscriber.Messages).Where(r => r.Unit == "line-1" && r.Kind == "1s").ToList();
        var after = PublishedRecord.Newest(subscriber.Messages).Where(r => r.Unit == "press-line" && r.Kind == "1s").ToList();
        Assert.Equal(before[^1].End, after[0].Start);
        Assert.Equal(before[^1].Totals.T1, after[0].Totals.T0);
        Assert.Equal("main-meter.energy", after[^1].Json.GetProperty("electricity").GetProperty("inputs")[0].GetProperty("point").GetString());

        // The configurations that ran are kept.
        (code, output) = await GatewayProcess.RunAsync("config", "history", _map);
        Assert.True(code == 0, output);
        Assert.Contains("device 'main-meter': was 'a'", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_start_with_a_faulty_map_runs_the_one_that_ran_last()
    {
        await using var meter = await WatchedMeter.StartAsync(_folder.FullName);
        await using var other = await WatchedMeter.StartAsync(_folder.FullName);
        Write(meter, other, FreePort.Next(), units: "line-1: {electricity: a.energy}", poll: "200ms");
        await using (var first = GatewayProcess.Start(["run", _map]))
        {
            await first.SaysAsync("runs:");
            await Until.TrueAsync(() => meter.Answered(1).Count > 2, "the first polls");
            first.Signal("TERM");
            await first.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        var (asked, good) = (meter.Answered(1).Count, Text());
        Replace(good + "nonsense: {}\n");
        await using var gateway = GatewayProcess.Start(["run", _map]);
        await gateway.SaysAsync("The gateway runs with the map that ran last", TimeSpan.FromSeconds(30));
        Assert.Contains("Unknown key 'nonsense'", gateway.Output, StringComparison.Ordinal);
        await Until.TrueAsync(() => meter.Answered(1).Count > asked + 2, "polls under the kept map");

        Replace(good.Replace("poll: 200ms", "poll: 250ms", StringComparison.Ordinal));
        await gateway.SaysAsync("is in force", TimeSpan.FromSeconds(30));
        gateway.Signal("TERM");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Parts_of_a_map_are_watched_from_the_start_on()
    {
        await using var steady = await WatchedMeter.StartAsync(_folder.FullName);
        await using var changed = await WatchedMeter.StartAsync(_folder.FullName);
        Write(steady, changed, FreePort.Next(), units: "line-1: {electricity: a.energy}", poll: "200ms");
        // The store's place stands in an overlay: commands find the running gateway all the same.
        Replace(Text().Replace("store: {commit: 500ms}\n", "include: [parts/*.yaml]\noverlay: [site.yaml]\n", StringComparison.Ordinal));
        var part = Path.Combine(_folder.CreateSubdirectory("parts").FullName, "units.yaml");
        File.WriteAllText(part, "units: {line-2: {electricity: b.energy}}\n");
        File.WriteAllText(Path.Combine(_folder.FullName, "site.yaml"), "store: {commit: 500ms, path: kept/plant.db}\n");
        await using (var gateway = GatewayProcess.Start(["run", _map]))
        {
            await gateway.SaysAsync("runs:");
            await Until.TrueAsync(() => steady.Answered(1).Count > 2 && changed.Answered(2).Count > 2, "the first polls");
            File.WriteAllText(part, "units: {line-2: {electricity: b.energy}, hall: {}}\n");
            await gateway.SaysAsync("unit 'hall': new", TimeSpan.FromSeconds(30));
            File.WriteAllText(Path.Combine(_folder.FullName, "parts", "more.yaml"), "units: {yard: {}}\n");
            await gateway.SaysAsync("unit 'yard': new", TimeSpan.FromSeconds(30));
            var (code, output) = await GatewayProcess.RunAsync("reload", _map, "--dry-run");
            Assert.True(code == 0, output);
            Assert.Contains("Nothing is to change", output, StringComparison.Ordinal);
            Assert.Equal((1, 1), (steady.Connections, changed.Connections));
            gateway.Signal("TERM");
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        // A start with a faulty part runs what ran last, and goes over once that part is mended.
        File.WriteAllText(part, "units: {line-2: {electricity: b.enrgy}}\n");
        await using var again = GatewayProcess.Start(["run", _map]);
        await again.SaysAsync("The gateway runs with the map that ran last", TimeSpan.FromSeconds(30));
        File.WriteAllText(part, "units: {line-2: {electricity: b.energy}, gate: {}}\n");
        await again.SaysAsync("unit 'gate': new", TimeSpan.FromSeconds(30));
        again.Signal("TERM");
        await again.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, again.ExitCode);
    }

    private static int Windows(MosquittoSub subscriber, string unit) => PublishedRecord.Newest(subscriber.Messages).Count(r => r.Unit == unit && r.Kind == "1s");

    /// <summary>Windows join without a hole, and from the first sample on the total is the register's advance.</summary>
    private static void Judge(MosquittoSub subscriber, string unit, IReadOnlyList<long> answered)
    {
        var records = PublishedRecord.Newest(subscriber.Messages).Where(r => r.Unit == unit && r.Kind == "1s").ToList();
        for (var i = 1; i < records.Count; i++) Assert.Equal((records[i - 1].End, records[i - 1].Totals.T1), (records[i].Start, records[i].Totals.T0));
        Assert.InRange(records[^1].Totals.T1 / 65536.0, 1, answered[^1] - answered[0] + 1);
        Assert.All(records.Skip(1).SkipLast(1), r => Assert.Equal("exact", r.Basis));
        Assert.All(records.Skip(1).SkipLast(1), r => Assert.InRange(r.Kwh, 0.1 - r.Bound!.Value, 0.1 + r.Bound.Value));
    }

    private void Write(WatchedMeter steady, WatchedMeter changed, int brokerPort, string units, string poll, string first = "", bool seen = true) => Replace(string.Create(CultureInfo.InvariantCulture, $$"""
        gateway: {id: gw-01, clock_wait: 0s}
        store: {commit: 500ms}
        metering: {base: 1s, lateness: 5s}
        connections:
          steady: {modbus_tcp: {host: 127.0.0.1, port: {{steady.Port}} } }
          other: {modbus_tcp: {host: 127.0.0.1, port: {{changed.Port}} } }
        devices:
          {{(first.Length > 0 ? first : "# none")}}
          a: {connection: steady, unit_id: 1, max_gap: 10s, rated_power: 500 kW, poll: 200ms, points: ENERGY }
          b: {connection: other, unit_id: 2, max_gap: 10s, rated_power: 500 kW, poll: {{poll}}, points: ENERGY }
        units:
          {{units}}
        publish: {platform: {mqtt: {url: "mqtt://127.0.0.1:{{brokerPort}}", windows: [1s]} } }

        """).Replace("ENERGY", "{energy: {address: 0x48, table: input, type: f32, kind: counter, unit: kWh, resolution: 0.01}}", StringComparison.Ordinal), seen);

    private string Text() => File.ReadAllText(_map).Split(Padding)[0];

    /// <summary>As editors do: whole or not at all. With the time and the length of the file before, the gateway does not see it by itself: the test says when it is read, however slow the machine is.</summary>
    private void Replace(string text, bool seen = true)
    {
        File.WriteAllText(_map + ".new", (text + Padding).PadRight(8192));
        if (!seen) File.SetLastWriteTimeUtc(_map + ".new", File.GetLastWriteTimeUtc(_map));
        File.Move(_map + ".new", _map, overwrite: true);
    }
}
