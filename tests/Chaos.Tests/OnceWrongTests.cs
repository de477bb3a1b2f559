using Chaos.Tests.Runs;
using Chaos.Tests.Scripts;

namespace Chaos.Tests;

/// <summary>Scripts that once found something, as short as they were shrunk.</summary>
public sealed class OnceWrongTests
{
    /// <summary>A stop was cut off after two seconds, whatever was still to be written, and ended with 143.</summary>
    [Theory]
    [InlineData(nameof(ChaosKind.Full), "")]
    [InlineData(nameof(ChaosKind.HalfOpen), "broker")]
    public Task A_stop_in_good_order_is_not_cut_off(string trouble, string target) =>
        PlaysAsync(Step(Enum.Parse<ChaosKind>(trouble), 3, target, 4), Step(ChaosKind.Stop, 4, "", 0.5));

    /// <summary>A SIGTERM while the store was opened ended the process on the spot, with 143.</summary>
    [Fact]
    public async Task A_stop_while_it_starts_is_in_good_order()
    {
        var folder = Directory.CreateTempSubdirectory("chaos-start-");
        var map = Path.Combine(folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, """
            gateway: {id: gw-01, clock_wait: 0s}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
            devices: {meter: {connection: net, unit_id: 1, points: {power: {address: 0, type: f32, unit: W}}}}
            dashboard: {listen: "127.0.0.1:0"}
            """, TestContext.Current.CancellationToken);
        for (var i = 0; i < 5; i++)
        {
            await using var gateway = GatewayProcess.Start(["run", map]);
            await gateway.SaysAsync("log ends at entry", TimeSpan.FromMinutes(1));
            gateway.Signal("TERM");
            await gateway.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(gateway.ExitCode == 0, $"{gateway.ExitCode}: {gateway.Output}");
        }
        folder.Delete(recursive: true);
    }

    private static ChaosStep Step(ChaosKind kind, double at, string target, double seconds) => new(kind, TimeSpan.FromSeconds(at), target, TimeSpan.FromSeconds(seconds));

    private static async Task PlaysAsync(params ChaosStep[] steps)
    {
        var result = await ChaosRun.PlayAsync(new ChaosScript(78, Database: false, Vouched: true, Rtu: false, [.. steps]));
        Assert.True(result.IsGood, string.Join('\n', result.Complaints.Concat(result.Log)));
    }
}
