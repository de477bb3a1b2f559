using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Peers;

/// <summary>A real VictoriaMetrics on a free port of loopback; its data live as long as it.</summary>
public sealed class VictoriaMetrics : IAsyncDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("victoria-");
    private readonly HttpClient _client = new();
    private readonly int _port = FreePort.Next();
    private PeerProcess? _process;

    private VictoriaMetrics()
    {
    }

    /// <summary>As a map writes it.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_port}");

    public static async Task<VictoriaMetrics> StartAsync()
    {
        var server = new VictoriaMetrics();
        server._process = PeerProcess.Start("/usr/bin/victoria-metrics",
            [$"-storageDataPath={server._directory.FullName}", string.Create(CultureInfo.InvariantCulture, $"-httpListenAddr=127.0.0.1:{server._port}"), "-retentionPeriod=100y", "-memory.allowedPercent=5"]);
        await server._process.ListensAsync(server._port, TimeSpan.FromSeconds(60));
        return server;
    }

    /// <summary>Samples of a metric: its labels, times in milliseconds, values.</summary>
    public async Task<IReadOnlyList<(IReadOnlyDictionary<string, string> Labels, long[] Times, double[] Values)>> ExportAsync(string metric)
    {
        // What was written last is visible at once only after this.
        (await _client.GetAsync(new Uri(Url + "/internal/force_flush"))).Dispose();
        var text = await _client.GetStringAsync(new Uri($"{Url}/api/v1/export?match[]={Uri.EscapeDataString(metric)}"));
        return [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line =>
        {
            using var document = JsonDocument.Parse(line);
            var root = document.RootElement;
            IReadOnlyDictionary<string, string> labels = root.GetProperty("metric").EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!);
            return (labels, root.GetProperty("timestamps").EnumerateArray().Select(t => t.GetInt64()).ToArray(), root.GetProperty("values").EnumerateArray().Select(v => v.GetDouble()).ToArray());
        })];
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }
}
