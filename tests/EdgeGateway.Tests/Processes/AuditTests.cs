using System.Globalization;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>Coal equivalent and carbon from a real meter to a real broker, stated again under another set, and opened to what they rest on.</summary>
public sealed class AuditTests : IDisposable
{
    /// <summary>Both the kWh that is multiplied here and the figure it is held against are rounded to six places.</summary>
    private const double Rounding = 1.1e-6;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-audit-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Records_carry_carbon_are_restated_under_another_set_and_can_be_explained()
    {
        await using var meter = await Meter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        File.WriteAllText(map, string.Create(CultureInfo.InvariantCulture, $$$$"""
            gateway: {id: gw-01, clock_wait: 0s}
            store: {commit: 500ms}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: {{{{meter.Port}}}}}}}
            devices:
              m: {connection: net, unit_id: 1, rated_power: 75 kW, poll: 500ms, points: {energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}}}
              plc: {connection: net, unit_id: 10, poll: 500ms, points: {good: {table: holding, address: 0, type: u32, kind: counter, unit: piece, max_rate: 120/min, modulus: 4294967296}}}
            units: {line-1: {electricity: m.energy, output: {good: plc.good}}}
            metering: {base: 5s, windows: [1m], coefficients: gbt2589-2020, factors: cn-guangdong-2023}
            publish: {inside: {mqtt: {url: "mqtt://127.0.0.1:{{{{broker.Port}}}}", windows: [5s, 1m]}}}
            """));
        await using var gateway = GatewayProcess.Start(["run", map]);
        await Until.TrueAsync(() => Exact().Count >= 2, $"two exact windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(90));
        var first = Exact()[0];
        Assert.Equal(("gbt2589-2020/1", "cn-guangdong-2023/1 latest_published"), (Text(first, "coefficients"), Text(first, "factors")));
        Assert.Equal(first.Kwh * 0.1229, Value(first, "kgce"), Rounding);
        Assert.Equal(first.Kwh * 0.4419, Value(first, "scope2_location_kgCO2"), Rounding);
        Assert.Equal(first.Kwh * 0.1229 / first.Json.GetProperty("good").GetProperty("n").GetDouble(), Value(first, "kgce_per_good"), Rounding);
        Assert.Contains("factor_unverified", first.Json.GetProperty("flags").EnumerateArray().Select(f => f.GetString()));

        var day = first.Start.ToOffset(TimeSpan.FromHours(8));
        var (code, output) = await GatewayProcess.RunAsync("restate", map, "--from", Day(day), "--to", Day(day.AddDays(2)), "--factors", "cn-national-2023");
        Assert.True(code == 0, output);
        Assert.Contains("cn-national-2023/1 latest_published", output, StringComparison.Ordinal);
        await Until.TrueAsync(() => Restated() is not null, $"the first window under the other set; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        var restated = Restated()!;
        Assert.True(restated.Revision.CompareTo(first.Revision) > 0);
        Assert.Equal(first.Totals, restated.Totals);
        Assert.Equal(first.Kwh * 0.5306, Value(restated, "scope2_location_kgCO2"), Rounding);
        Assert.Equal(Value(first, "kgce"), Value(restated, "kgce"), 6);

        var last = Exact()[^1];
        (code, output) = await GatewayProcess.RunAsync("explain", map, $"line-1/5s/{last.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}");
        Assert.True(code == 0, output);
        Assert.Contains($"total {last.Totals.T0} to {last.Totals.T1}", output, StringComparison.Ordinal);
        Assert.Matches(@"samples: \d+ in the window; last at or before its start: register \d+ at .*; first at or after its end: register \d+", output);
        Assert.Contains("electricity, coal_equivalent: 0.1229 kgce/kWh, CN, of 2020, from 2021-04-01, not verified", output, StringComparison.Ordinal);

        // The transformer was 2 all the time: from the first window on everything is twice as much, by the same totals.
        var since = first.Start.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        (code, output) = await GatewayProcess.RunAsync("ratio", map, "m.energy", "2", "--from", since);
        Assert.True(code == 0, output);
        await Until.TrueAsync(() => Newest("5s", first.Start) is { } doubled && Math.Abs(doubled.Kwh - 2 * first.Kwh) < 2.5e-6 && doubled.Totals == first.Totals, $"the first window by the other ratio; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        // Closed, its minute changes by an adjustment only.
        var minute = first.Start.AddTicks(-(first.Start.Ticks % TimeSpan.TicksPerMinute));
        await Until.TrueAsync(() => Newest("1m", minute) is not null, $"the first minute; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(90));
        var reported = Newest("1m", minute)!;
        await Until.TrueAsync(() => Exact()[^1].Start >= minute.AddMinutes(1), "the next minute to be under way", TimeSpan.FromSeconds(60));
        (code, output) = await GatewayProcess.RunAsync("close", map, "--until", minute.AddMinutes(1).UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        Assert.True(code == 0, output);
        (code, output) = await GatewayProcess.RunAsync("ratio", map, "m.energy", "3", "--from", since);
        Assert.True(code == 0, output);
        await Until.TrueAsync(() => Newest("adjustment", minute) is { } adjusted && adjusted.Kwh > reported.Kwh, $"an adjustment of the first minute; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        Assert.Equal((reported.Kwh, reported.Revision), (Newest("1m", minute)!.Kwh, Newest("1m", minute)!.Revision));
        Assert.Equal(2 * first.Kwh, Newest("5s", first.Start)!.Kwh, 5);
        (code, output) = await GatewayProcess.RunAsync("ratio", map, "m.energy", "0", "--from", since);
        Assert.Equal(1, code);
        Assert.Contains("is no ratio", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("close", map, "--until", "tomorrow");
        Assert.Equal(1, code);
        Assert.Contains("is no time", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("explain", map, "line-1/5s/2020-01-01T00:00");
        Assert.Equal(1, code);
        Assert.Contains("holds no record", output, StringComparison.Ordinal);
        Assert.Contains("a Z behind it means UTC", output, StringComparison.Ordinal);

        IReadOnlyList<PublishedRecord> Exact() => [.. PublishedRecord.Newest(subscriber.Messages).Where(r => r.Kind == "5s" && r.Basis == "exact" && r.Json.GetProperty("kgce_per_good").GetProperty("value").ValueKind == System.Text.Json.JsonValueKind.Number)];
        PublishedRecord? Newest(string kind, DateTimeOffset start) => PublishedRecord.Newest(subscriber.Messages).FirstOrDefault(r => r.Kind == kind && r.Start == start);
        PublishedRecord? Restated() => PublishedRecord.Newest(subscriber.Messages).FirstOrDefault(r => r.Key == first.Key && Text(r, "factors") == "cn-national-2023/1 latest_published");
    }

    [Fact]
    public async Task Sets_are_listed_shown_and_checked()
    {
        Directory.CreateDirectory(Path.Combine(_folder.FullName, "factors"));
        File.WriteAllText(Path.Combine(_folder.FullName, "factors", "own.yaml"), "set: own\nedition: 1\ntitle: ours\nrows:\n- {carrier: electricity, value: 0.5, unit: kgCO2/kWh}\n");
        var (code, output) = await GatewayProcess.RunAsync("factors", "list", "--folder", _folder.FullName);
        Assert.True(code == 0, output);
        Assert.Matches("own +own +has faults", output);
        Assert.Contains("gbt2589-2020", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("factors", "check", "own", "--folder", _folder.FullName);
        Assert.Equal(1, code);
        Assert.Contains("own.yaml:5:3: 'source' is missing in row 'electricity'", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("factors", "show", "cn-guangdong-2023");
        Assert.True(code == 0, output);
        Assert.Contains("0.4419 kgCO2/kWh", output, StringComparison.Ordinal);
    }

    private static string Day(DateTimeOffset day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static string? Text(PublishedRecord record, string name) => record.Json.TryGetProperty(name, out var value) ? value.GetString() : null;

    private static double Value(PublishedRecord record, string figure) => record.Json.GetProperty(figure).GetProperty("value").GetDouble();
}
