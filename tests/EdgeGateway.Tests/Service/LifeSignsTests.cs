using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Service;

/// <summary>The gateway as systemd runs it: it says that it is ready, that it lives, and that it ends.</summary>
public sealed class LifeSignsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_says_that_it_is_ready_that_it_lives_and_that_it_stops()
    {
        var map = Path.Combine(_folder.FullName, "plant.yaml");
        await File.WriteAllTextAsync(map, string.Create(CultureInfo.InvariantCulture, $$$"""
            gateway: {id: served, clock_wait: 0s}
            connections:
              plant: {modbus_tcp: {host: 127.0.0.1, port: {{{FreePort.Next()}}} }}
            devices:
              meter: {connection: plant, unit_id: 1, rated_power: 10 kW, points: {power: {table: input, address: 0, type: f32, unit: W} } }
            units:
              line: {gauges: [meter.power]}
            dashboard: {listen: "127.0.0.1:0"}
            """), TestContext.Current.CancellationToken);
        var path = Path.Combine(_folder.FullName, "notify");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(path));
        var said = new ConcurrentQueue<string>();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var hearing = HearAsync(manager, said, ending.Token);

        await using var gateway = GatewayProcess.Start(["run", map], new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "400000" });
        await Until.TrueAsync(() => said.Count(s => s == "WATCHDOG=1") >= 3, "three signs of life", TimeSpan.FromMinutes(3));
        Assert.StartsWith("READY=1\nSTATUS=", said.First(), StringComparison.Ordinal);
        gateway.Signal("TERM");
        await Until.TrueAsync(() => said.Contains("STOPPING=1"), "its last word", TimeSpan.FromMinutes(3));
        await gateway.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(3), TestContext.Current.CancellationToken);
        Assert.Equal(0, gateway.ExitCode);
        await ending.CancelAsync();
        await hearing;
    }

    [Fact]
    public async Task The_unit_is_understood_and_closed_as_stated()
    {
        // The binary that the unit starts is installed elsewhere: here another one stands for it.
        var unit = Path.Combine(_folder.FullName, "edgegateway.service");
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "packaging", "edgegateway.service"), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(unit, text.Replace("/usr/bin/edgegateway", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);

        await using var verify = PeerProcess.Start("systemd-analyze", ["verify", "--man=no", unit]);
        await verify.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        // It ends with 0 for unknown keys too: what it says counts.
        Assert.DoesNotContain("edgegateway.service", verify.Output, StringComparison.Ordinal);

        await using var security = PeerProcess.Start("systemd-analyze", ["security", "--offline=true", "--no-pager", unit]);
        await security.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(TimeSpan.FromMinutes(2), TestContext.Current.CancellationToken);
        var verdict = security.Lines.Last(l => l.Contains("exposure level", StringComparison.Ordinal));
        var score = System.Text.RegularExpressions.Regex.Match(verdict, @": (\d+\.\d)").Groups[1].Value;
        foreach (var document in new[] { "docs/security.md", "docs/security.zh-CN.md" })
        {
            Assert.Contains($" {score}", await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
    }

    private static async Task HearAsync(Socket manager, ConcurrentQueue<string> said, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        try
        {
            while (true) said.Enqueue(Encoding.UTF8.GetString(buffer, 0, await manager.ReceiveAsync(buffer, cancellationToken)));
        }
        catch (OperationCanceledException)
        {
        }
    }
}
