using System.Text.Json;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.FirmwareSim.Tests.Serving;
using EdgeGateway.Peers;

namespace EdgeGateway.FirmwareSim.Tests.Peers;

/// <summary>The plant as a program.</summary>
public sealed class HostTests
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "EdgeGateway.FirmwareSim.Host.dll");

    [Fact]
    public async Task It_serves_until_it_is_asked_to_end_and_leaves_a_ledger_that_can_be_recomputed()
    {
        var folder = Directory.CreateTempSubdirectory();
        var (ledgerFile, faultFile) = (Path.Combine(folder.FullName, "ledger.json"), Path.Combine(folder.FullName, "faults"));
        await File.WriteAllTextAsync(faultFile, "at 00:00:00 exception line-1 code 6 for 1h\n");
        await using (var host = Start("--seed", "9", "--faults", faultFile, "--window", "1s", "--ledger", ledgerFile))
        {
            await host.SaysAsync("running: profile demo, seed 9");
            var port = int.Parse(host.Lines.First(l => l.StartsWith("plc ", StringComparison.Ordinal)).Split(':')[1].Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
            using var master = new RawMaster(port);
            Assert.Equal(3, master.Ask(1, 10, 3, 0, 6)[7]);
            Assert.Equal([0x83, 6], master.Ask(2, 2, 3, 0, 6)[7..]);
            host.Signal("TERM");
            await host.WaitForExitAsync();
            Assert.Equal(0, host.ExitCode);
        }

        using var ledger = JsonDocument.Parse(await File.ReadAllTextAsync(ledgerFile));
        var root = ledger.RootElement;
        var plant = new Plant(PlantProfile.Demo, root.GetProperty("seed").GetUInt64(), root.GetProperty("start").GetDateTimeOffset());
        var windows = root.GetProperty("windows").EnumerateArray().Prepend(root).ToList();
        Assert.True(windows.Count > 1);
        foreach (var window in windows)
        {
            var line = window.GetProperty("units").GetProperty("line-1");
            var (start, end) = (Micros(window, "start"), Micros(window, "end"));
            Assert.Equal(plant.Ledger.EnergyOf("line-1", start, end).Nanojoules, Int128.Parse(line.GetProperty("nanojoules").GetString()!, System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(plant.Ledger.StateMicros("line-1", LineState.Running, start, end), line.GetProperty("running_us").GetInt64());
        }

        Assert.Equal("at 00:00:00 exception line-1 code 6 for 3600s", Assert.Single(root.GetProperty("faults").EnumerateArray()).GetProperty("script").GetString());
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task It_ends_by_itself_after_its_time()
    {
        await using var host = Start("--for", "100ms");
        await host.WaitForExitAsync();
        Assert.Equal(0, host.ExitCode);
        await host.SaysAsync("\"nanojoules\"");
    }

    [Theory]
    [InlineData("unknown option '--prot'", "--prot", "1")]
    [InlineData("'70000' does not fit '--port'", "--port", "70000")]
    [InlineData("'--seed' needs a value", "--seed")]
    [InlineData("'night' does not fit '--profile'", "--profile", "night")]
    public async Task Wrong_options_are_said(string expected, params string[] arguments)
    {
        await using var host = Start(arguments);
        await host.WaitForExitAsync();
        Assert.Equal(2, host.ExitCode);
        await host.SaysAsync(expected);
    }

    private static PeerProcess Start(params string[] arguments) => PeerProcess.Start("dotnet", [Program, .. arguments]);

    private static long Micros(JsonElement of, string name) => (of.GetProperty(name).GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / 10;
}
