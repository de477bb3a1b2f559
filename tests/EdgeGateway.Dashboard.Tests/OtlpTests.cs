using System.Globalization;
using System.Net;
using System.Text.Json;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>Metrics on their way to a collector of OpenTelemetry: OTLP over HTTP, protobuf's JSON form.</summary>
public sealed class OtlpTests : IDisposable
{
    private const string Token = "Bearer t0ken-of-the-collector";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_collector_gets_every_metric_again_and_again_and_may_be_away_for_a_while()
    {
        var (port, map) = (FreePort.Next(), Path.Combine(_folder.FullName, "plant.yaml"));
        await File.WriteAllTextAsync(map, string.Create(CultureInfo.InvariantCulture, $$$"""
            gateway: {id: metered, clock_wait: 0s}
            connections:
              plant: {modbus_tcp: {host: 127.0.0.1, port: {{{FreePort.Next()}}} }}
            devices:
              meter: {connection: plant, unit_id: 1, rated_power: 10 kW, points: {power: {table: input, address: 0, type: f32, unit: W} } }
            units:
              line: {gauges: [meter.power]}
            dashboard: {listen: off, otlp: "http://127.0.0.1:{{{port}}}/v1/metrics", otlp_every: 1s, otlp_authorization: "{{{Token}}}"}
            """), TestContext.Current.CancellationToken);
        await using var gateway = GatewayProcess.Start(["run", map]);
        await gateway.SaysAsync("Metrics cannot be sent", TimeSpan.FromMinutes(3));

        using var collector = new HttpListener { Prefixes = { $"http://127.0.0.1:{port}/" } };
        collector.Start();
        var (_, _) = await TakeAsync(collector);
        var (authorization, body) = await TakeAsync(collector);
        Assert.Equal(Token, authorization);
        var resource = body.GetProperty("resourceMetrics")[0];
        Assert.Contains(resource.GetProperty("resource").GetProperty("attributes").EnumerateArray(), a => a.GetProperty("key").GetString() == "service.instance.id" && a.GetProperty("value").GetProperty("stringValue").GetString() == "metered");
        var metrics = resource.GetProperty("scopeMetrics")[0].GetProperty("metrics").EnumerateArray().ToDictionary(m => m.GetProperty("name").GetString()!);
        var commits = metrics["edgegateway_store_commits_total"].GetProperty("sum");
        Assert.True(commits.GetProperty("isMonotonic").GetBoolean());
        Assert.Equal(2, commits.GetProperty("aggregationTemporality").GetInt32());
        var point = commits.GetProperty("dataPoints")[0];
        Assert.True(point.GetProperty("asDouble").GetDouble() > 0);
        Assert.True(ulong.Parse(point.GetProperty("timeUnixNano").GetString()!, CultureInfo.InvariantCulture) > ulong.Parse(point.GetProperty("startTimeUnixNano").GetString()!, CultureInfo.InvariantCulture));
        var connected = metrics["edgegateway_bus_connected"].GetProperty("gauge").GetProperty("dataPoints")[0];
        Assert.Equal("plant", connected.GetProperty("attributes")[0].GetProperty("value").GetProperty("stringValue").GetString());
        await using (var judge = BrowserScript.Start("otlp.js", []))
        {
            await judge.Input.WriteAsync(body.GetRawText());
            judge.Input.Close();
            await BrowserScript.JudgeAsync(judge, TimeSpan.FromMinutes(2));
        }
        await gateway.SaysAsync("again", TimeSpan.FromMinutes(3));
        Assert.DoesNotContain(Token[7..], gateway.Output, StringComparison.Ordinal);
    }

    private static async Task<(string? Authorization, JsonElement Body)> TakeAsync(HttpListener collector)
    {
        var context = await collector.GetContextAsync().WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(context.Request.InputStream);
        var body = JsonDocument.Parse(await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("application/json", context.Request.ContentType);
        context.Response.StatusCode = 200;
        context.Response.Close();
        return (context.Request.Headers["Authorization"], body);
    }
}
