using System.Globalization;
using System.Text.Json;
using Chaos.Tests.Scripts;
using EdgeGateway.FirmwareSim.Faults;
using EdgeGateway.FirmwareSim.Ledgers;
using EdgeGateway.FirmwareSim.Plants;
using EdgeGateway.FirmwareSim.Profiles;
using EdgeGateway.Peers;

namespace Chaos.Tests.Runs;

/// <summary>The simulated plant as a process, and the same life lived again here for its ledger.</summary>
internal sealed class PlantProcess : IAsyncDisposable
{
    private readonly PeerProcess _process;
    private readonly string _ledgerFile;

    private PlantProcess(PeerProcess process, string ledgerFile, int port, Plant plant) => (_process, _ledgerFile, Port, Plant) = (process, ledgerFile, port, plant);

    public int Port { get; }

    /// <summary>What it says of itself is compared with what the process wrote by <see cref="EndAsync"/>.</summary>
    public Plant Plant { get; }

    public DateTimeOffset Since => DateTimeOffset.UnixEpoch.AddMicroseconds(Plant.StartMicros);

    public static async Task<PlantProcess> StartAsync(ChaosScript script, string folder)
    {
        var (faults, ledger) = (Path.Combine(folder, "faults.txt"), Path.Combine(folder, "ledger.json"));
        var lines = string.Join('\n', script.DeviceFaults.Select(s => s.Fault));
        await File.WriteAllTextAsync(faults, lines);
        var seed = script.Seed.ToString(CultureInfo.InvariantCulture);
        var process = PeerProcess.Start("dotnet",
            [Path.Combine(AppContext.BaseDirectory, "EdgeGateway.FirmwareSim.Host.dll"), "--profile", "demo", "--seed", seed, "--faults", faults, "--window", "1s", "--ledger", ledger, .. script.Rtu ? ["--rtu"] : Array.Empty<string>()],
            new Dictionary<string, string> { ["DOTNET_gcServer"] = "0", ["DOTNET_TieredPGO"] = "0" });
        await process.SaysAsync("running: ", TimeSpan.FromMinutes(2));
        var port = int.Parse(process.Lines.First(l => l.StartsWith("plc ", StringComparison.Ordinal)).Split(':')[1].Split(' ')[0], CultureInfo.InvariantCulture);
        var since = DateTimeOffset.Parse(process.Lines.First(l => l.StartsWith("running: ", StringComparison.Ordinal)).Split(" since ")[1], CultureInfo.InvariantCulture);
        return new PlantProcess(process, ledger, port, new Plant(PlantProfile.Demo, (ulong)script.Seed, since, FaultScript.Parse(lines)));
    }

    /// <summary>Ends the process; says where the ledger it wrote differs from the life lived again.</summary>
    public async Task<string?> EndAsync()
    {
        _process.Signal("TERM");
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromMinutes(1));
        if (_process.ExitCode != 0) return $"the plant ended with {_process.ExitCode}: {_process.Output}";
        using var written = JsonDocument.Parse(await File.ReadAllTextAsync(_ledgerFile));
        var root = written.RootElement;
        foreach (var window in root.GetProperty("windows").EnumerateArray().Prepend(root))
        {
            foreach (var name in Ledger.EnergyNames)
            {
                var said = Int128.Parse(window.GetProperty("units").GetProperty(name).GetProperty("nanojoules").GetString()!, CultureInfo.InvariantCulture);
                if (said != Plant.Ledger.EnergyOf(name, Micros(window, "start"), Micros(window, "end")).Nanojoules) return $"the plant's ledger of {name} differs from the same life lived again";
            }
        }
        return null;
    }

    public ValueTask DisposeAsync() => _process.DisposeAsync();

    private static long Micros(JsonElement of, string name) => (of.GetProperty(name).GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
