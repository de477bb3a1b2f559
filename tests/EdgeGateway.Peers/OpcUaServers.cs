using System.Reflection;
using System.Text.Json;

namespace EdgeGateway.Peers;

/// <summary>A server of node-opcua, as its script is told of it.</summary>
public sealed record OpcUaServer(string Name, int Port, string Certificate, object Wish)
{
    public string Url => $"opc.tcp://127.0.0.1:{Port}/peer";
}

/// <summary>A node process with OPC UA servers that share no code with the gateway.</summary>
public sealed class OpcUaServers : IAsyncDisposable
{
    public const string User = "operator", Password = "päss-wörd 1";

    private static readonly SemaphoreSlim Installing = new(1);
    private PeerProcess? _process;

    public string Folder { get; } = Directory.CreateTempSubdirectory("edge-opcua-").FullName;

    public PeerProcess Process => _process ?? throw new InvalidOperationException("Not started.");

    private static string Scripts => typeof(OpcUaServers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "OpcUaFolder").Value!;

    public OpcUaServer Describe(string name, OpcUaCertificates.Wish? certificate = null, int doubles = 0, int ticks = 100, int limits = 0, string[]? namespaces = null, string uri = "urn:peer", int port = 0, int sessions = 0, string? announce = null)
    {
        var (cert, key) = OpcUaCertificates.Write(Path.Combine(Folder, "certificates"), name, certificate ?? new OpcUaCertificates.Wish());
        port = port == 0 ? FreePort.Next() : port;
        return new OpcUaServer(name, port, cert, new { name, port, uri, cert, key, limits, ticks, doubles, sessions, announce, namespaces = namespaces ?? ["urn:peer:plc"], user = User, pass = Password, pki = Path.Combine(Folder, "peer-" + name) });
    }

    public async Task StartAsync(params OpcUaServer[] servers) => _process = await RunAsync("server.js", JsonSerializer.Serialize(servers.Select(s => s.Wish)));

    /// <summary>Runs a script of the peer until it is ready; installs its packages where that was not done yet.</summary>
    public static async Task<PeerProcess> RunAsync(string script, params string[] arguments)
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(Scripts, "node_modules", "node-opcua")))
            {
                await using var npm = PeerProcess.Start("npm", ["ci", "--no-audit", "--no-fund"], directory: Scripts);
                await npm.WaitForExitAsync();
                if (npm.ExitCode != 0) throw new InvalidOperationException("npm ci failed:\n" + npm.Output);
            }
        }
        finally
        {
            Installing.Release();
        }
        var process = PeerProcess.Start("node", [script, .. arguments], directory: Scripts);
        try
        {
            await process.SaysAsync("READY", TimeSpan.FromMinutes(5));
        }
        catch (TimeoutException e)
        {
            await process.DisposeAsync();
            throw new InvalidOperationException($"{script} does not start:\n{process.Output}", e);
        }
        return process;
    }

    public async Task TellAsync(string command)
    {
        await Process.Input.WriteLineAsync(command);
        await Process.Input.FlushAsync();
        await Process.SaysAsync("DONE " + command);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }
}
