using System.Globalization;
using System.IO.Compression;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

public sealed class DoctorTests : IDisposable
{
    private const string Secret = "s3cret-in-plain-text", FromFile = "s3cret-from-a-file";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_names_what_is_wrong_and_neither_log_nor_bundle_holds_a_secret()
    {
        var (map, bundle) = (Path.Combine(_folder.FullName, "plant.yaml"), Path.Combine(_folder.FullName, "bundle.zip"));
        var logFile = Path.Combine(_folder.FullName, "gateway.log");
        var password = Path.Combine(_folder.FullName, "password");
        await File.WriteAllTextAsync(password, FromFile, TestContext.Current.CancellationToken);
        var port = FreePort.Next().ToString(CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(map, $$$"""
            gateway: {id: sick, clock_wait: 0s}
            connections:
              plant:
                modbus_tcp: {host: 127.0.0.1, port: {{{FreePort.Next()}}} }
            devices:
              meter:
                connection: plant
                unit_id: 1
                poll: 1s
                rated_power: 10 kW
                points:
                  power: {table: input, address: 0, type: f32, unit: W}
            units:
              line: {gauges: [meter.power]}
            publish:
              one:
                mqtt: {url: "mqtt://127.0.0.1:{{{FreePort.Next()}}}", username: gw, password: "{{{Secret}}}"}
              two:
                mqtt: {url: "mqtt://127.0.0.1:{{{FreePort.Next()}}}", username: gw, password: "${file:{{{password}}}}" }
            dashboard: {listen: "127.0.0.1:{{{port}}}"}
            """, TestContext.Current.CancellationToken);
        await using var gateway = GatewayProcess.Start(["run", map, "--verbose", "--log", "json", "--log-file", logFile]);
        await gateway.SaysAsync("The page is at", TimeSpan.FromMinutes(3));
        await gateway.SaysAsync("one", TimeSpan.FromMinutes(3));

        var (_, said) = await GatewayProcess.RunAsync("doctor", map, "--bundle", bundle);
        Assert.Contains("ok    store", said, StringComparison.Ordinal);
        Assert.Contains("plant", said, StringComparison.Ordinal);
        Assert.Contains("FAULT gateway: one is not connected", said, StringComparison.Ordinal);

        var texts = new List<string> { said, gateway.Output, await File.ReadAllTextAsync(logFile, TestContext.Current.CancellationToken) };
        Assert.Contains("\"part\":\"DashboardServer\"", texts[^1], StringComparison.Ordinal);
        using (var zip = await ZipFile.OpenReadAsync(bundle, TestContext.Current.CancellationToken))
        {
            Assert.Contains(zip.Entries, e => e.FullName == "map.yaml");
            Assert.Contains(zip.Entries, e => e.FullName == "metrics.txt");
            foreach (var entry in zip.Entries)
            {
                using var reader = new StreamReader(await entry.OpenAsync(TestContext.Current.CancellationToken));
                texts.Add(await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
            }
        }
        Assert.All(texts, text =>
        {
            Assert.DoesNotContain(Secret, text, StringComparison.Ordinal);
            Assert.DoesNotContain(FromFile, text, StringComparison.Ordinal);
        });
    }
}
