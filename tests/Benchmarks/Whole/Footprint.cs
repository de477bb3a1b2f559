using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeGateway.Benchmarks.Modbus;
using EdgeGateway.Peers;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>How soon the native binary answers after its start, and how much memory it takes: idle with one meter, and with a thousand points and a page open. Beside the least AOT web application there is, in turn.</summary>
internal static class Footprint
{
    private const int Rounds = 5, Devices = 10, Registers = 100;
    private const string Peer = "plain AOT web app";
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(20);

    public static async IAsyncEnumerable<string> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var devices = ServerProcess.Start(changing: true);
        var (starts, peers) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            starts.Add(await StartAsync(devices.Port, stop));
            peers.Add(await PeerStartAsync(stop));
        }
        yield return Line("footprint.start", Median(starts), Median(peers), "ms to the first answer");
        var idle = await RestAsync(devices.Port, small: true, stop);
        var plain = await PeerRestAsync(stop);
        yield return Line("footprint.idle", idle, plain, "MiB resident, one meter, nobody looks");
        yield return Line("footprint.busy", await RestAsync(devices.Port, small: false, stop), plain, "MiB resident, 1000 points a second, a page open");
    }

    private static string Line(string name, double ours, double theirs, string unit) => $"{name} {Figure.Digits(ours)} {unit} | {Peer} {Figure.Digits(theirs)} | {Figure.Digits(ours / theirs)}";

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static Task<double> StartAsync(int devices, CancellationToken stop) => InFolderAsync(async folder =>
    {
        var (map, page) = await MapAsync(folder, devices, small: true, stop);
        var begin = Stopwatch.GetTimestamp();
        await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
        return await AnswersAsync(gateway, page, begin, stop);
    });

    private static async Task<double> PeerStartAsync(CancellationToken stop)
    {
        var page = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        var begin = Stopwatch.GetTimestamp();
        await using var peer = StartPeer(page);
        return await AnswersAsync(peer, page, begin, stop);
    }

    private static Task<double> RestAsync(int devices, bool small, CancellationToken stop) => InFolderAsync(async folder =>
    {
        var (map, page) = await MapAsync(folder, devices, small, stop);
        await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
        await AnswersAsync(gateway, page, Stopwatch.GetTimestamp(), stop);
        using var looking = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var reader = small ? Task.CompletedTask : OpenPage.LookAsync(page, looking.Token);
        await Task.Delay(_settle, stop);
        var resident = Usage.Of(gateway.Pid).ResidentBytes / 1048576.0;
        await looking.CancelAsync();
        await reader;
        return resident;
    });

    private static async Task<double> PeerRestAsync(CancellationToken stop)
    {
        var page = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
        await using var peer = StartPeer(page);
        await AnswersAsync(peer, page, Stopwatch.GetTimestamp(), stop);
        await Task.Delay(_settle, stop);
        return Usage.Of(peer.Pid).ResidentBytes / 1048576.0;
    }

    private static PeerProcess StartPeer(Uri page) => PeerProcess.Start(Path.GetFullPath("artifacts/bench/plain-web/plain-web"), ["--urls", page.ToString()]);

    /// <summary>Milliseconds until its health is told.</summary>
    private static async Task<double> AnswersAsync(PeerProcess process, Uri page, long begin, CancellationToken stop)
    {
        using var client = new HttpClient();
        while (true)
        {
            if (process.HasExited) throw new InvalidOperationException(process.Output);
            try
            {
                using var response = await client.GetAsync(new Uri(page, "/healthz"), stop);
                if (response.IsSuccessStatusCode) return Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            }
            catch (HttpRequestException)
            {
            }
            await Task.Delay(2, stop);
        }
    }

    private static async Task<T> InFolderAsync<T>(Func<string, Task<T>> work)
    {
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            return await work(folder.FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(string Map, Uri Page)> MapAsync(string folder, int devices, bool small, CancellationToken stop)
    {
        var port = FreePort.Next();
        var map = new StringBuilder();
        map.AppendLine("gateway: {id: bench, clock_wait: 0s}").AppendLine(CultureInfo.InvariantCulture, $"dashboard: {{listen: \"127.0.0.1:{port}\"}}").AppendLine("connections:");
        var (count, registers) = small ? (1, 1) : (Devices, Registers - 1);
        for (var d = 0; d < count; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  net-{d}: {{modbus_tcp: {{host: 127.0.0.1, port: {devices}}}}}");
        map.AppendLine("devices:");
        for (var d = 0; d < count; d++)
        {
            map.AppendLine(CultureInfo.InvariantCulture, $"  dev-{d}:").AppendLine(CultureInfo.InvariantCulture, $"    connection: net-{d}").AppendLine("    unit_id: 1").AppendLine("    poll: 1s").AppendLine("    rated_power: 10 kW").AppendLine("    points:");
            map.AppendLine("      energy: {table: holding, address: 0, type: u16, kind: counter, unit: kWh, resolution: 0.001, modulus: 65536}");
            for (var r = 1; r <= registers; r++) map.AppendLine(CultureInfo.InvariantCulture, $"      r{r}: {{table: holding, address: {r}, type: u16, unit: W}}");
        }
        map.AppendLine("units:");
        for (var d = 0; d < count; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  line-{d}: {{electricity: dev-{d}.energy, gauges: [dev-{d}.r1]}}");
        var path = Path.Combine(folder, "plant.yaml");
        await File.WriteAllTextAsync(path, map.ToString(), stop);
        return (path, new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")));
    }
}
