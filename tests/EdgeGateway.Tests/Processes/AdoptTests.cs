using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Identity;

namespace EdgeGateway.Tests.Processes;

/// <summary>A copied card in another box: it measures on and publishes nothing until it is told that the other one is gone.</summary>
public sealed class AdoptTests : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-adopt-");
    private readonly TestHost _first, _second;
    private readonly string _map, _store;
    private Meter? _meter;
    private Mosquitto? _broker;
    private MosquittoSub? _subscriber;

    public AdoptTests()
    {
        (_map, _store) = (Path.Combine(_folder.FullName, "plant.yaml"), Path.Combine(_folder.FullName, "data", "gateway.db"));
        _first = TestHost.Pi(Path.Combine(_folder.FullName, "first"), "5f0c0ffee", "10000000aaaaaaaa");
        _second = TestHost.Pi(Path.Combine(_folder.FullName, "second"), "5f0c0ffee", "10000000bbbbbbbb");
    }

    public async ValueTask DisposeAsync()
    {
        if (_subscriber is not null) await _subscriber.DisposeAsync();
        if (_broker is not null) await _broker.DisposeAsync();
        if (_meter is not null) await _meter.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_cloned_card_measures_on_and_publishes_only_once_it_is_adopted()
    {
        await StartPlantAsync();
        var epoch = await FirstRunAsync();
        var arrived = Records().Count;

        await using (var clone = Start(_second))
        {
            await clone.SaysAsync("This store was made on another machine");
            var page = await PageAsync(clone);
            using var client = new HttpClient();
            // It measures: records become durable, which the metric of the page counts, and none of them is sent.
            await Until.TrueAsync(async () => Metric(await client.GetStringAsync(page + "/metrics"), "edgegateway_store_records_total") >= 2, $"records in the clone; it says\n{clone.Output}", TimeSpan.FromSeconds(60));
            Assert.Equal(1, Metric(await client.GetStringAsync(page + "/metrics"), "edgegateway_publishing_held"));
            Assert.Contains("foreign_store", await client.GetStringAsync(page + "/readyz"), StringComparison.Ordinal);
            Assert.Contains("edgegateway adopt", await client.GetStringAsync(page + "/api/v1/overview"), StringComparison.Ordinal);
            Assert.Equal(arrived, Records().Count);

            var (code, output) = await GatewayProcess.RunAsync(_second.Environment, "adopt", _map);
            Assert.True(code == 0, output);
            Assert.Contains("Adopted", output, StringComparison.Ordinal);
            // What was measured while it was held arrives too, and what is measured from now on outranks what the other machine could say.
            await Until.TrueAsync(() => Records().Any(r => r.Revision.Epoch > epoch), $"records of the raised epoch; the clone says\n{clone.Output}", TimeSpan.FromSeconds(60));
            await Until.TrueAsync(() => Adoptions() == 1, "the audit event", TimeSpan.FromSeconds(30));
            Assert.Equal(0, Metric(await client.GetStringAsync(page + "/metrics"), "edgegateway_publishing_held"));
            Assert.DoesNotContain("foreign_store", await client.GetStringAsync(page + "/readyz"), StringComparison.Ordinal);
            (code, output) = await GatewayProcess.RunAsync(_second.Environment, "adopt", _map);
            Assert.True(code == 0 && output.Contains("nothing to adopt", StringComparison.Ordinal), output);
            clone.Kill();
            await clone.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        Whole();

        // It stays adopted, and the raised epoch with it, after a kill; and the box it came from is a stranger to it now.
        await using (var again = Start(_second))
        {
            arrived = Records().Count;
            await Until.TrueAsync(() => Records().Count > arrived, $"records after a restart; it says\n{again.Output}", TimeSpan.FromSeconds(60));
            Assert.True(Records()[^1].Revision.Epoch > epoch);
            Assert.DoesNotContain("another machine", again.Output, StringComparison.Ordinal);
            again.Signal("INT");
            await again.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await using var back = Start(_first);
        await back.SaysAsync("This store was made on another machine");
    }

    [Fact]
    public async Task A_restored_store_is_adopted_while_no_gateway_runs()
    {
        await StartPlantAsync();
        var epoch = await FirstRunAsync();
        var (code, output) = await GatewayProcess.RunAsync(_first.Environment, "adopt", _map);
        Assert.True(code == 0 && output.Contains("nothing to adopt", StringComparison.Ordinal), output);
        (code, output) = await GatewayProcess.RunAsync(_second.Environment, "adopt", _map);
        Assert.True(code == 0, output);
        Assert.Contains("Adopted", output, StringComparison.Ordinal);
        await using var gateway = Start(_second);
        await Until.TrueAsync(() => Records().Any(r => r.Revision.Epoch > epoch), $"records of the raised epoch; it says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        // The log knows who adopted, though nobody ran to hear it.
        await Until.TrueAsync(() => Adoptions() == 1, "the audit event", TimeSpan.FromSeconds(30));
        Whole();
    }

    [Fact]
    public async Task Without_a_store_there_is_nothing_to_adopt()
    {
        File.WriteAllText(_map, "gateway: {id: gw-01}");
        var (code, output) = await GatewayProcess.RunAsync("adopt", _map);
        Assert.Equal(1, code);
        Assert.Contains("There is no store", output, StringComparison.Ordinal);
    }

    private async Task StartPlantAsync()
    {
        _meter = await Meter.StartAsync(_folder.FullName);
        _broker = await Mosquitto.StartAsync();
        _subscriber = await _broker.SubscribeAsync("edgegateway/#");
        File.WriteAllText(_map, string.Create(CultureInfo.InvariantCulture, $$$$"""
            gateway: {id: gw-01, clock_wait: 0s}
            store: {commit: 500ms}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: {{{{_meter.Port}}}}}}}
            devices:
              m: {connection: net, unit_id: 1, rated_power: 75 kW, poll: 500ms, points: {energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}}}
            units: {line-1: {electricity: m.energy}}
            metering: {base: 2s}
            dashboard: {listen: "127.0.0.1:0"}
            publish: {inside: {mqtt: {url: "mqtt://127.0.0.1:{{{{_broker.Port}}}}", windows: [2s]}}}
            """));
    }

    /// <summary>The machine that makes the store; the epoch of what it publishes.</summary>
    private async Task<long> FirstRunAsync()
    {
        await using var gateway = Start(_first);
        await Until.TrueAsync(() => Records().Count >= 2, $"records of the first machine; it says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        gateway.Signal("INT");
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        return Records()[^1].Revision.Epoch;
    }

    private PeerProcess Start(TestHost host) => GatewayProcess.Start(["run", _map], host.Environment);

    private IReadOnlyList<PublishedRecord> Records() => PublishedRecord.Newest(_subscriber!.Messages);

    private int Adoptions() => _subscriber!.Messages.Count(m => m.Topic.Contains("/events", StringComparison.Ordinal) && m.Payload.Contains("\"adopt\"", StringComparison.Ordinal));

    /// <summary>Windows follow each other, and each begins at the total at which the one before ended.</summary>
    private void Whole()
    {
        PublishedRecord? before = null;
        foreach (var record in Records())
        {
            if (before is not null) Assert.Equal((before.End, before.Totals.T1), (record.Start, record.Totals.T0));
            before = record;
        }
    }

    private static double Metric(string metrics, string name) =>
        double.Parse(metrics.Split('\n').First(l => l.StartsWith(name + " ", StringComparison.Ordinal))[(name.Length + 1)..], CultureInfo.InvariantCulture);

    private static async Task<string> PageAsync(PeerProcess gateway)
    {
        await gateway.SaysAsync("The page is at");
        return Regex.Match(gateway.Output, @"The page is at (http://[0-9.]+:\d+)").Groups[1].Value;
    }
}
