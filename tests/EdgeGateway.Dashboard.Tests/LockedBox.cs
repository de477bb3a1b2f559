using System.Net;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Dashboard.Tests;

/// <summary>A folder with the map, certificate and users of a gateway that other machines reach.</summary>
internal sealed partial class LockedBox : IDisposable
{
    public const string Secret = "a long enough password";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public string UsersFile => Path.Combine(_folder.FullName, "users.json");

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>The page of a gateway that says where it is.</summary>
    public static Uri PageOf(PeerProcess gateway) => new UriBuilder("https", "127.0.0.1", new Uri(Address().Match(gateway.Output).Groups[1].Value).Port).Uri;

    public async Task AddUserAsync(string name, string role = "viewer")
    {
        await using var command = GatewayProcess.Start(["users", "add", name, "--role", role, "--file", UsersFile]);
        await command.Input.WriteLineAsync(Secret);
        command.Input.Close();
        await command.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.True(command.ExitCode == 0, command.Output);
    }

    public string Folder => _folder.FullName;

    /// <summary>Writes a map with a meter on a port, or with one that is not there, and sections behind it.</summary>
    public async Task<string> MapAsync(string more = "", int? meter = null)
    {
        using var authority = new TestAuthority(_folder.FullName);
        var issued = authority.Issue("gateway", "127.0.0.1");
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, $$$"""
            gateway: {id: locked, clock_wait: 0s}
            store: {commit: 500ms}
            connections:
              plant:
                modbus_tcp: {host: 127.0.0.1, port: {{{meter ?? FreePort.Next()}}} }
            devices:
              meter:
                connection: plant
                unit_id: 1
                poll: 1s
                rated_power: 75 kW
                points:
                  power: {table: input, address: 0x34, type: f32, unit: W}
                  energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}
            units:
              line: {electricity: meter.energy, gauges: [meter.power]}
            dashboard: {listen: "0.0.0.0:0", certificate: "{{{issued.Certificate}}}", key: "{{{issued.Key}}}" }
            {{{more}}}
            """, TestContext.Current.CancellationToken);
        return map;
    }

    public static HttpClient Client(out CookieContainer cookies)
    {
        cookies = new CookieContainer();
#pragma warning disable CA5400, CA5359 // The certificate is the test's own; what is judged here is who gets in.
        var handler = new HttpClientHandler { CookieContainer = cookies, ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5400, CA5359
        return new HttpClient(handler) { Timeout = TimeSpan.FromSeconds(30) };
    }

    [GeneratedRegex(@"The page is at (https://\S+?)\.?(?:\s|$)")]
    private static partial Regex Address();
}
