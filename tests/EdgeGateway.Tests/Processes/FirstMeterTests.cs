using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>The README's map, word for word, against a pymodbus meter and mosquitto.</summary>
public sealed partial class FirstMeterTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-first-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task The_map_of_the_readme_brings_right_numbers_to_the_broker()
    {
        await using var meter = await Meter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        var map = WriteMap(meter.Port, broker.Port);
        await using (var gateway = GatewayProcess.Start(["run", map]))
        {
            await Until.TrueAsync(() => subscriber.On("edgegateway/gw-01/records/line-1/5s").Count >= 4, $"four windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            gateway.Signal("TERM");
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.Equal(0, gateway.ExitCode);
        }
        var records = PublishedRecord.Newest(subscriber.Messages).Where(r => r.Kind == "5s").ToList();
        var said = meter.Said();
        for (var i = 0; i < records.Count; i++)
        {
            var r = records[i];
            var (t0, t1) = r.Totals;
            Assert.Equal(r.Kwh, (t1 - t0) / 65536.0 * 0.01, 6);
            if (i > 0) Assert.Equal((records[i - 1].End, records[i - 1].Totals.T1), (r.Start, t0));
            if (r.Basis is "exact" or "estimated") Assert.InRange(r.Kwh, 0.05 - r.Bound!.Value, 0.05 + r.Bound.Value);
        }
        Assert.Contains(records, r => r.Basis == "exact");
        Assert.Equal("lower_bound", records[0].Basis);
        // Nothing of the register's lifetime value was counted, and its whole advance was: from the first sample on, the total is the register.
        var seconds = records[^1].End.ToUnixTimeMilliseconds() / 1000.0;
        var atEnd = said.Last(s => s.Time <= seconds).Energy;
        Assert.InRange(records[^1].Totals.T1 / 65536.0, 0, atEnd - said[0].Energy + 1);
        Assert.InRange(records.Sum(r => r.Kwh), records.Count * 0.05 - 0.12, records.Count * 0.05 + 0.02);

        var full = records.Last(r => r.Basis == "exact").Json;
        Assert.InRange(full.GetProperty("good").GetProperty("n").GetInt64(), 3, 7);
        Assert.InRange(full.GetProperty("kWh_per_good").GetProperty("value").GetDouble(), 0.006, 0.017);
        Assert.Equal(5, full.GetProperty("state_s").GetProperty("running").GetDouble(), 3);
        Assert.Equal(36_000, full.GetProperty("gauges")[0].GetProperty("mean").GetDouble(), 3);
        var telemetry = subscriber.On("edgegateway/gw-01/telemetry/press-meter");
        Assert.Contains(telemetry, m => m.Payload.Contains("\"point\":\"power\"", StringComparison.Ordinal) && m.Payload.Contains("36000", StringComparison.Ordinal));
        var status = subscriber.On("edgegateway/gw-01/status");
        Assert.Contains("\"online\"", status[0].Payload, StringComparison.Ordinal);
        Assert.Contains("\"offline\"", status[^1].Payload, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_meter_that_came_with_another_ratio_counts_with_it_from_when_it_was_put_on()
    {
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        var port = FreePort.Next();
        var map = WriteMap(port, broker.Port);
        long first, final;
        await using var gateway = GatewayProcess.Start(["run", map]);
        await using (var old = await Meter.StartAsync(_folder.FullName))
        await using (await LineToAsync(old.Port, port))
        {
            await Until.TrueAsync(() => subscriber.On("edgegateway/gw-01/records/line-1/5s").Count >= 2, $"two windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            (first, final) = (old.Said()[0].Energy, old.Said()[^1].Energy);
        }
        var put = DateTimeOffset.UtcNow;
        await using var other = await Meter.StartAsync(_folder.FullName);
        await using var line = await LineToAsync(other.Port, port);
        var (code, output) = await GatewayProcess.RunAsync("replace", map, "press-meter.energy", "--at", put.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), "--final", Shown(final), "--initial", Shown(first), "--ratio", "0.5");
        Assert.True(code == 0, output);
        Assert.Contains("'ratio: 0.5' at press-meter.energy", output, StringComparison.Ordinal);
        await Until.TrueAsync(() => Behind().Count >= 3, $"three exact windows of the new meter; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        // A step a second of 0.01 kWh: half as much with the new ratio. Of the windows before it none has that.
        Assert.All(Behind(), r => Assert.InRange(r.Kwh, 0.025 - r.Bound!.Value, 0.025 + r.Bound.Value));
        Assert.All(Records().Where(r => r.End <= put), r => Assert.Equal("1", RatioOf(r)));

        List<PublishedRecord> Records() => [.. PublishedRecord.Newest(subscriber.Messages).Where(r => r.Kind == "5s")];
        List<PublishedRecord> Behind() => [.. Records().Where(r => r.Start > put && r.Basis == "exact" && RatioOf(r) == "0.5")];
        static string? RatioOf(PublishedRecord r) => r.Json.GetProperty("electricity").GetProperty("inputs")[0].GetProperty("ratio").GetString();
        static string Shown(long steps) => (steps / 100m).ToString("F2", CultureInfo.InvariantCulture);
    }

    [Fact]
    public async Task Read_prints_every_point_once()
    {
        await using var meter = await Meter.StartAsync(_folder.FullName);
        var (code, output) = await GatewayProcess.RunAsync("read", WriteMap(meter.Port, 1));
        Assert.True(code == 0, output);
        Assert.Matches(@"press-meter\.power +36000 W +good", output);
        Assert.Matches(@"press-meter\.energy +1234\.\d\d? kWh +good", output);
        Assert.Matches(@"plc\.state +running +good", output);
    }

    [Fact]
    public async Task Read_says_what_does_not_answer()
    {
        var (code, output) = await GatewayProcess.RunAsync("read", WriteMap(FreePort.Next(), 1), "--timeout", "5s");
        Assert.Equal(1, code);
        Assert.Matches(@"press-meter\.power +- W +disconnected", output);
    }

    /// <summary>A line from a port that stays to whichever meter is at its end.</summary>
    private static async Task<PeerProcess> LineToAsync(int meter, int port)
    {
        var line = PeerProcess.Start("/usr/bin/socat", [string.Create(CultureInfo.InvariantCulture, $"TCP-LISTEN:{port},bind=127.0.0.1,reuseaddr,fork"), string.Create(CultureInfo.InvariantCulture, $"TCP:127.0.0.1:{meter}")]);
        await line.ListensAsync(port);
        return line;
    }

    /// <summary>Both blocks of the README in one map; only addresses of this test's peers and a short base window are put in.</summary>
    private string WriteMap(int meterPort, int brokerPort)
    {
        var blocks = YamlBlock().Matches(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Select(m => m.Groups[1].Value).ToArray();
        var devices = blocks[1][blocks[1].IndexOf("  plc:", StringComparison.Ordinal)..blocks[1].IndexOf("units:", StringComparison.Ordinal)];
        var units = blocks[1][blocks[1].IndexOf("  line-1:", StringComparison.Ordinal)..];
        // A machine of continuous integration has no kernel that vouches for its clock: go on at once, flagged.
        var text = blocks[0]
            .Replace("{id: gw-01}", "{id: gw-01, clock_wait: 0s}", StringComparison.Ordinal)
            .Replace("{host: 192.168.1.50}", string.Create(CultureInfo.InvariantCulture, $"{{host: 127.0.0.1, port: {meterPort}}}"), StringComparison.Ordinal)
            .Replace("192.168.1.9:1883\"", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{brokerPort}\", windows: [5s], telemetry: all"), StringComparison.Ordinal);
        var at = text.IndexOf("units: {", StringComparison.Ordinal);
        var next = text.IndexOf('\n', at);
        text = text[..at] + devices + "units:\n" + units.TrimEnd().TrimEnd('}') + ", gauges: [press-meter.power]}" + text[next..] + "\nmetering: {base: 5s}\n";
        var path = Path.Combine(_folder.FullName, "plant.yaml");
        File.WriteAllText(path, text);
        return path;
    }

    [GeneratedRegex("```yaml\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex YamlBlock();
}
