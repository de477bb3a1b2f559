using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>Against a real VictoriaMetrics, by the write API of InfluxDB 2.</summary>
public sealed class VictoriaMetricsTests
{
    [Fact]
    public async Task Records_and_samples_read_back_as_metrics()
    {
        await using var server = await VictoriaMetrics.StartAsync();
        await using var publisher = Target.Publisher(null, ("url", server.Url), ("version", "2"), ("bucket", "any"));
        await publisher.ConnectAsync(TestContext.Current.CancellationToken);
        var outcomes = new Outcome[2];
        await publisher.PublishAsync([new RecordItem(1, Plant.Record()), new TelemetryItem(2, Plant.MeterSamples())], outcomes, TestContext.Current.CancellationToken);
        Assert.All(outcomes, o => Assert.Equal(OutcomeKind.Accepted, o.Kind));

        await Until.TrueAsync(async () => (await server.ExportAsync("edgegateway_electricity_value")).Count == 1, "the record to be visible");
        var energy = Assert.Single(await server.ExportAsync("edgegateway_electricity_value"));
        Assert.Equal((Plant.Start / 1000, 1.234), (Assert.Single(energy.Times), Assert.Single(energy.Values)));
        Assert.Equal(("gw-01", "line-1", "1m"), (energy.Labels["gateway"], energy.Labels["unit"], energy.Labels["kind"]));
        Assert.Equal(1.0, Assert.Single(Assert.Single(await server.ExportAsync("edgegateway_electricity_ok")).Values));
        var samples = await server.ExportAsync("edgegateway_sample_value");
        Assert.Equal(12.34, Assert.Single(Assert.Single(samples, s => s.Labels["point"] == "power").Values));
        Assert.Equal(1234.56, Assert.Single(Assert.Single(samples, s => s.Labels["point"] == "energy_import").Values));
    }
}
