using System.Globalization;
using System.Text.Json;

namespace EdgeGateway.Peers;

/// <summary>A real InfluxDB 1.x on a free port of loopback; its data live as long as it.</summary>
public sealed class InfluxServer : IAsyncDisposable
{
    public const string Database = "plant";
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("influxdb-");
    private readonly HttpClient _client = new();
    private readonly bool _login;
    private PeerProcess? _process;

    private InfluxServer(bool login) => _login = login;

    public int Port { get; } = FreePort.Next();

    /// <summary>As a map writes it.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}");

    /// <summary>What the server said since its last start.</summary>
    public string Log => _process?.Output ?? "";

    /// <summary>Starts a server with the database <see cref="Database"/>; with <paramref name="login"/> it lets in nobody but user <c>gw-01</c> with password <c>right</c>, who may write, and the administrator.</summary>
    public static async Task<InfluxServer> StartAsync(bool login = false)
    {
        var server = new InfluxServer(login);
        await server.StartAgainAsync();
        if (login)
        {
            await server.QueryAsync("CREATE USER admin WITH PASSWORD 'admin' WITH ALL PRIVILEGES");
            await server.QueryAsync("CREATE USER \"gw-01\" WITH PASSWORD 'right'");
            await server.QueryAsync("CREATE USER stranger WITH PASSWORD 'right'");
        }
        await server.QueryAsync($"CREATE DATABASE {Database}");
        if (login) await server.QueryAsync($"GRANT WRITE ON {Database} TO \"gw-01\"");
        return server;
    }

    /// <summary>Starts after <see cref="StopAsync"/>, on the same port with the same data.</summary>
    public async Task StartAgainAsync()
    {
        var config = Path.Combine(_directory.FullName, "influxdb.conf");
        await File.WriteAllTextAsync(config, string.Create(CultureInfo.InvariantCulture, $"""
            reporting-disabled = true
            bind-address = "127.0.0.1:{FreePort.Next()}"
            [meta]
              dir = "{_directory.FullName}/meta"
            [data]
              dir = "{_directory.FullName}/data"
              wal-dir = "{_directory.FullName}/wal"
              index-version = "inmem"
              query-log-enabled = false
            [monitor]
              store-enabled = false
            [http]
              bind-address = "127.0.0.1:{Port}"
              auth-enabled = {(_login ? "true" : "false")}
            """));
        _process = PeerProcess.Start("/usr/bin/influxd", ["-config", config]);
        await _process.ListensAsync(Port, TimeSpan.FromSeconds(60));
        await Until.TrueAsync(PingsAsync, "InfluxDB to answer", TimeSpan.FromSeconds(60));
    }

    /// <summary>Ends the server at once, as a power cut does.</summary>
    public async Task StopAsync()
    {
        if (_process is { } process) await process.DisposeAsync();
        _process = null;
    }

    /// <summary>The server does nothing any more, as a machine that swaps: connections stand, and nobody reads or answers.</summary>
    public void Freeze() => _process!.Signal("STOP");

    /// <summary>It goes on.</summary>
    public void Thaw() => _process!.Signal("CONT");

    /// <summary>Rows of a query: columns by name. Times are nanoseconds.</summary>
    public async Task<IReadOnlyList<IReadOnlyDictionary<string, JsonElement>>> QueryAsync(string query)
    {
        var login = _login ? "&u=admin&p=admin" : "";
        using var answer = await _client.PostAsync(new Uri($"{Url}/query?db={Database}&epoch=ns{login}&q={Uri.EscapeDataString(query)}"), null);
        using var document = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        var result = document.RootElement.TryGetProperty("results", out var results) ? results[0] : document.RootElement;
        if (result.TryGetProperty("error", out var error)) throw new InvalidOperationException($"InfluxDB: {error} for {query}");
        var rows = new List<IReadOnlyDictionary<string, JsonElement>>();
        if (!result.TryGetProperty("series", out var series)) return rows;
        foreach (var one in series.EnumerateArray())
        {
            var columns = one.GetProperty("columns").EnumerateArray().Select(c => c.GetString()!).ToArray();
            foreach (var values in one.GetProperty("values").EnumerateArray())
            {
                var row = columns.Zip(values.EnumerateArray(), (name, value) => (name, value.Clone())).ToDictionary(c => c.name, c => c.Item2);
                if (one.TryGetProperty("tags", out var tags))
                {
                    foreach (var tag in tags.EnumerateObject()) row[tag.Name] = tag.Value.Clone();
                }
                rows.Add(row);
            }
        }
        return rows;
    }

    /// <summary>Writes lines as they are.</summary>
    public async Task WriteAsync(string lines)
    {
        using var body = new StringContent(lines);
        using var answer = await _client.PostAsync(new Uri($"{Url}/write?db={Database}&precision=ns"), body);
        if (!answer.IsSuccessStatusCode) throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _client.Dispose();
        _directory.Delete(recursive: true);
    }

    private async Task<bool> PingsAsync()
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(Url + "/ping"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
