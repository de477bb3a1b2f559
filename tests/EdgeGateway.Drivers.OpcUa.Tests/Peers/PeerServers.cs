using System.Reflection;
using System.Text.Json;
using EdgeGateway.Peers;

namespace EdgeGateway.Drivers.OpcUa.Tests.Peers;

/// <summary>One server of the peer.</summary>
internal sealed record PeerServer(string Name, int Port, object Wish)
{
    public string Url => $"opc.tcp://127.0.0.1:{Port}/peer";
}

/// <summary>A node process with servers.</summary>
public sealed class PeerServers : IAsyncDisposable
{
    public const string User = "operator", Password = "päss-wörd 1";

    private static readonly SemaphoreSlim Installing = new(1);
    private PeerProcess? _process;

    internal string Folder { get; } = Directory.CreateTempSubdirectory("edge-opcua-").FullName;

    internal PeerProcess Process => _process ?? throw new InvalidOperationException("Not started.");

    private static string PeerFolder => typeof(PeerServers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().First(a => a.Key == "PeerFolder").Value!;

    internal PeerServer Describe(string name, TestCertificates.Wish? certificate = null, int doubles = 0, int ticks = 100, int limits = 0, string[]? namespaces = null, string uri = "urn:peer", int port = 0)
    {
        var (cert, key) = TestCertificates.Write(Path.Combine(Folder, "certificates"), name, certificate ?? new TestCertificates.Wish());
        port = port == 0 ? FreePort.Next() : port;
        return new PeerServer(name, port, new { name, port, uri, cert, key, limits, ticks, doubles, namespaces = namespaces ?? ["urn:peer:plc"], user = User, pass = Password, pki = Path.Combine(Folder, "peer-" + name) });
    }

    internal async Task StartAsync(params PeerServer[] servers)
    {
        await Installing.WaitAsync();
        try
        {
            if (!Directory.Exists(Path.Combine(PeerFolder, "node_modules", "node-opcua")))
            {
                await using var npm = PeerProcess.Start("npm", ["ci", "--no-audit", "--no-fund"], directory: PeerFolder);
                await npm.WaitForExitAsync();
                if (npm.ExitCode != 0) throw new InvalidOperationException("npm ci failed:\n" + npm.Output);
            }
        }
        finally
        {
            Installing.Release();
        }
        _process = PeerProcess.Start("node", ["server.js", JsonSerializer.Serialize(servers.Select(s => s.Wish))], directory: PeerFolder);
        await _process.SaysAsync("READY", TimeSpan.FromSeconds(60));
    }

    internal async Task TellAsync(string command)
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
