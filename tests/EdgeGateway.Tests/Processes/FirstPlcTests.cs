using System.Text.RegularExpressions;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>From an unknown OPC UA server to its data, as a user goes: refused, looked at, trusted by the command that was printed, browsed, mapped, read, watched. The server is node-opcua.</summary>
public sealed partial class FirstPlcTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-plc-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Pki => Path.Combine(_folder.FullName, "pki of gw-01");

    [Fact]
    public async Task A_refused_server_is_trusted_by_the_command_that_was_printed_and_then_gives_its_data()
    {
        await using var servers = new OpcUaServers();
        var server = servers.Describe("first", doubles: 30);
        await servers.StartAsync(server);
        var map = Write("plant.yaml", $$"""
            gateway: {id: gw-01}
            connections:
              plc-a:
                opc_ua: {endpoint: "{{server.Url}}", pki: "{{Pki}}" }
            include: [plc.yaml]
            """);
        Write("plc.yaml", """
            devices:
              plc-1: {connection: plc-a, points: {f64: {node: "nsu=urn:peer:plc;s=F64"}}}
            """);

        // Nothing is trusted unseen, and the refusal says what to do, word for word.
        var (code, output) = await GatewayProcess.RunAsync("browse", map);
        Assert.True(code == 1, output);
        Assert.Contains("is not trusted (SHA-256 ", output, StringComparison.Ordinal);
        (code, var read) = await GatewayProcess.RunAsync("read", map);
        Assert.True(code == 1 && PrintedCommand().IsMatch(read), read);
        var command = PrintedCommand().Match(output);
        Assert.Equal(Pki, command.Groups["pki"].Value);
        var fingerprint = command.Groups["fp"].Value;
        (_, output) = await GatewayProcess.RunAsync("certs", "list", "--map", map);
        Assert.Contains("rejected  " + fingerprint, output, StringComparison.Ordinal);
        Assert.Contains("own       ", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("certs", "show", fingerprint, "--map", map);
        Assert.True(code == 0, output);
        Assert.Contains("application  urn:peer", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("certs", "trust", fingerprint, "--pki", command.Groups["pki"].Value);
        Assert.True(code == 0, output);

        (code, output) = await GatewayProcess.RunAsync("browse", map, "plc-a", "--filter", "Stea");
        Assert.True(code == 0, output);
        Assert.Contains("      Steady  Double  nsu=urn:peer:plc;s=Steady", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("read", map);
        Assert.True(code == 0, output);
        Assert.Matches(@"plc-1\.f64 +2\.25", output);

        // The browsed map is one that the gateway takes, and its points are read.
        (code, output) = await GatewayProcess.RunAsync("browse", map, "--node", "nsu=urn:peer:plc;s=Line1", "--filter", "D", "--yaml");
        Assert.True(code == 0, output);
        Write("plc.yaml", output);
        (code, output) = await GatewayProcess.RunAsync("read", map);
        Assert.Matches(@"plc-1\.d29 +\d+", output);
        (code, output) = await GatewayProcess.RunAsync("watch", map, "plc-1.d7", "--for", "4s");
        Assert.True(code == 0, output);
        Assert.True(Regex.Count(output, @"plc-1\.d7  \d+(\.5)?   good") >= 3, output);
        Assert.DoesNotContain("plc-1.d8", output, StringComparison.Ordinal);

        // And back: a server that is no longer trusted is refused again.
        (code, _) = await GatewayProcess.RunAsync("certs", "reject", fingerprint, "--pki", Pki);
        Assert.Equal(0, code);
        (code, output) = await GatewayProcess.RunAsync("browse", map);
        Assert.True(code == 1 && output.Contains("is not trusted", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task A_server_is_browsed_by_its_url_and_the_wrong_use_is_explained()
    {
        await using var servers = new OpcUaServers();
        var server = servers.Describe("url");
        await servers.StartAsync(server);
        var (code, output) = await GatewayProcess.RunAsync("browse", server.Url, "--policy", "None", "--pki", Pki, "--yaml", "--device", "press");
        Assert.True(code == 0, output);
        Assert.Contains($"  server: {{opc_ua: {{endpoint: \"{server.Url}\", policy: \"None\"", output, StringComparison.Ordinal);
        (code, var read) = await GatewayProcess.RunAsync("validate", Write("own.yaml", "gateway: {id: gw-01}\n" + output));
        Assert.True(code == 0, read + output);

        (code, output) = await GatewayProcess.RunAsync("browse", server.Url, "--policy", "Basic256");
        Assert.True(code == 1 && output.Contains("Basic256Sha256", StringComparison.Ordinal), output);
        (code, output) = await GatewayProcess.RunAsync("browse", server.Url, "--policy", "None", "--node", "ns=2;s=a");
        Assert.True(code == 2 && output.Contains("never by its index", StringComparison.Ordinal), output);
        (code, output) = await GatewayProcess.RunAsync("certs", "trust", "1234", "--pki", Pki);
        Assert.True(code == 1 && output.Contains("at least the first 8 digits", StringComparison.Ordinal), output);
    }

    [Fact]
    public async Task The_own_certificate_is_renewed_by_command()
    {
        var (code, first) = await GatewayProcess.RunAsync("certs", "renew", "--pki", Pki);
        Assert.True(code == 0, first);
        var (_, listed) = await GatewayProcess.RunAsync("certs", "list", "--pki", Pki);
        var fingerprint = NewOwn().Match(first).Groups[1].Value;
        Assert.Contains("own       " + fingerprint[..16], listed, StringComparison.Ordinal);
        (code, var second) = await GatewayProcess.RunAsync("certs", "renew", "--pki", Pki);
        Assert.True(code == 0 && NewOwn().Match(second).Groups[1].Value != fingerprint, second);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(Pki, "own", "own.key.pem")));
    }

    private string Write(string name, string text)
    {
        var file = Path.Combine(_folder.FullName, name);
        File.WriteAllText(file, text);
        return file;
    }

    [GeneratedRegex("edgegateway certs trust (?<fp>[0-9A-F]{16}) --pki '(?<pki>[^']+)'")]
    private static partial Regex PrintedCommand();

    [GeneratedRegex("New own certificate ([0-9A-F]{64})")]
    private static partial Regex NewOwn();
}
