using System.Globalization;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Serving;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>kill -9 in the middle, three times: what arrived, reduced by key and revision, is what happened.</summary>
public sealed class KillTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-kill-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_kill_in_the_middle_loses_and_doubles_nothing()
    {
        var plant = new Plant(PlantProfile.Demo, 42, DateTimeOffset.UtcNow);
        await using var server = PlantServer.Start(plant);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/demo/records/#");
        var environment = new Dictionary<string, string>
        {
            ["DEMO_PLANT_PORT"] = server.PortOf("plc").ToString(CultureInfo.InvariantCulture),
            ["DEMO_BROKER_PORT"] = broker.Port.ToString(CultureInfo.InvariantCulture),
            ["DEMO_PAGE_PORT"] = "0",
        };
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        using (var resource = new StreamReader(typeof(Demo.DemoMap).Assembly.GetManifestResourceStream("demo/plant.yaml")!)) File.WriteAllText(map, resource.ReadToEnd());

        foreach (var windows in new[] { 2, 4, 6 })
        {
            await using var gateway = GatewayProcess.Start(["run", map], environment);
            await Until.TrueAsync(() => Windows(subscriber) >= windows, $"{windows} windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            gateway.Kill();
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await using (var gateway = GatewayProcess.Start(["run", map], environment))
        {
            await Until.TrueAsync(() => Windows(subscriber) >= 8, $"eight windows; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            gateway.Signal("INT");
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(gateway.ExitCode == 0, gateway.Output);
        }
        Judge(plant, PublishedRecord.Newest(subscriber.Messages));
    }

    private static int Windows(MosquittoSub subscriber) => PublishedRecord.Newest(subscriber.Messages).Count(r => r is { Unit: "line-1", Kind: "5s", Basis: "exact" or "estimated" });

    private static void Judge(Plant plant, IReadOnlyList<PublishedRecord> records)
    {
        foreach (var series in records.GroupBy(r => (r.Unit, r.Kind)))
        {
            PublishedRecord? before = null;
            foreach (var r in series)
            {
                if (before is not null)
                {
                    Assert.Equal(before.End, r.Start);
                    Assert.Equal(before.Totals.T1, r.Totals.T0);
                }
                var truth = (double)plant.Ledger.EnergyOf(r.Unit, Micros(r.Start), Micros(r.End)).KilowattHours;
                if (r.Bound is { } bound) Assert.True(Math.Abs(r.Kwh - truth) <= bound + 1e-6, $"{r.Unit} {r.Start:T}: {r.Kwh} of {truth}, bound {bound}, {r.Basis}");
                else Assert.NotEqual("exact", r.Basis);
                before = r;
            }
        }
        Assert.Equal(["line-1", "line-2", "workshop"], records.Select(r => r.Unit).Distinct().Order(StringComparer.Ordinal));
    }

    private static long Micros(DateTimeOffset time) => (time - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
