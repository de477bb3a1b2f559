using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Documents;

/// <summary>
/// Commands of other programs in the documents, in both languages: each is run here as it stands, but for places of a real box; or it is named with the reason why not,
/// and what does its work instead. A line that is neither, and a rule that no document needs any more, fail.
/// </summary>
public sealed partial class SurroundingCommandTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    /// <summary>What is not typed here, and why.</summary>
    private static readonly (string Begins, string Why)[] Elsewhere =
    [
        ("apt install ./edgegateway_", "packaging/try.sh installs the package in a view of the machine's root; ./test.sh runs it"),
        ("cp my-plant.yaml /etc/edgegateway/", "packaging/try.sh writes the map there"),
        ("docker run --read-only", "packaging/try-container.sh runs the image like this under runc; ./test.sh --full runs it"),
        ("./test.sh", "it is what runs this"),
        ("./bench.sh", "minutes of an idle machine; what it measures is judged by eye"),
        ("dotnet build", "./test.sh builds"),
        ("dotnet test", "./test.sh runs the same tests"),
        ("dotnet publish src/EdgeGateway", "./test.sh publishes with these options, and what comes out runs every command"),
        ("dotnet run --project firmware-sim/", "tests of EdgeGateway.FirmwareSim and Chaos.Tests start the same program"),
        ("mbpoll -m tcp", "tests of EdgeGateway.FirmwareSim ask its registers with mbpoll"),
        ("influx write", "the client of InfluxDB 2 is no package of Debian; the same lines are imported with curl"),
        ("systemctl edit", "it opens an editor; the drop-in that it would write is verified here with the unit"),
    ];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-surroundings-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string In(string name) => Path.Combine(_folder.FullName, name);

    /// <summary>No export writes over a file.</summary>
    private bool Forgotten(string name)
    {
        File.Delete(In(name));
        return true;
    }

    [Fact]
    public async Task Every_command_of_another_program_is_run_or_named_with_a_reason()
    {
        await using var meter = await Meter.StartAsync(_folder.FullName);
        await using var database = await InfluxServer.StartAsync();
        await WriteMapAsync(meter.Port, database.Port);
        await using var gateway = GatewayProcess.Start(["run", In("plant.yaml")]);
        await Until.TrueAsync(async () => Forgotten("november.lp") && (await GatewayProcess.RunAsync("export", In("plant.yaml"), "--from", "2020-01-01", "--to", "2100-01-01", "--as", "influx", "--publisher", "history", "--windows", "5s", "--output", In("november.lp"))).ExitCode == 0 && new FileInfo(In("november.lp")).Length > 0, "records to export", Limit);

        var lines = Lines().GroupBy(l => l.Command).ToList();
        Assert.True(lines.Count >= 25, $"only {lines.Count} commands were found");
        var (wrong, used) = (new List<string>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var same in lines)
        {
            var (place, command) = (same.First().Place, same.Key);
            if (Elsewhere.FirstOrDefault(e => command.StartsWith(e.Begins, StringComparison.Ordinal)) is { Begins: not null } named)
            {
                used.Add(named.Begins);
                continue;
            }
            if (Here(command, gateway, database.Port) is not { } here) wrong.Add($"{place}: '{command}' is neither run nor named");
            else if (await ShellAsync(here) is { ExitCode: not 0 } failed) wrong.Add($"{place}: {command}\n    as {here}\n    {failed.ExitCode}: {failed.Output}");
        }
        wrong.AddRange(Elsewhere.Where(e => !used.Contains(e.Begins)).Select(e => $"no document says '{e.Begins}' any more"));
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.False(gateway.HasExited, gateway.Output);
        Assert.True(File.Exists(In("root/etc/systemd/system/multi-user.target.wants/edgegateway.service")), "enabling made no link");
        Assert.Equal(Directory.GetFiles(Path.Combine(Repository.Root, "configs/grafana/dashboards")).Select(Path.GetFileName).Order(), Directory.GetFiles(In("root/var/lib/grafana/dashboards/edgegateway")).Select(Path.GetFileName).Order());
    }

    /// <summary>The command with places of this test, or null where nobody knows how to run it.</summary>
    private string? Here(string command, PeerProcess gateway, int database)
    {
        var root = In("root");
        if (command.StartsWith("sha256sum -c", StringComparison.Ordinal)) return $"cd '{_folder.FullName}' && sha256sum november.lp > SHA256SUMS && {command}";
        if (command.StartsWith("sqlite3 /var/lib/edgegateway/gateway.db", StringComparison.Ordinal))
        {
            // The copy of a running store is whole, and holds what was measured.
            return $"cd '{_folder.FullName}' && rm -f backup.db && {command.Replace("/var/lib/edgegateway/gateway.db", "data/gateway.db", StringComparison.Ordinal)} && test \"$(sqlite3 backup.db 'pragma integrity_check')\" = ok && test \"$(sqlite3 backup.db 'select count(*) from record')\" -gt 0";
        }
        if (command.StartsWith("curl -s 'http://10.0.0.8:8086/", StringComparison.Ordinal)) return $"cd '{_folder.FullName}' && curl -s -XPOST 'http://127.0.0.1:{database}/query' --data-urlencode 'q=CREATE DATABASE energy' >&2 && {command.Replace("10.0.0.8:8086", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{database}"), StringComparison.Ordinal)} --fail-with-body";
        // The link is made for a system that does not run; starting it is the package's trial.
        if (command.StartsWith("systemctl enable --now edgegateway", StringComparison.Ordinal)) return $"mkdir -p '{root}/usr/lib/systemd/system' && cp packaging/edgegateway.service '{root}/usr/lib/systemd/system/' && systemctl --root='{root}' enable edgegateway";
        // As the unit says it is done.
        if (command is "systemctl reload edgegateway" || command.StartsWith("kill -HUP", StringComparison.Ordinal)) return string.Create(CultureInfo.InvariantCulture, $"grep -qx 'ExecReload=/bin/kill -HUP $MAINPID' packaging/edgegateway.service && /bin/kill -HUP {gateway.Pid}");
        if (command.StartsWith("journalctl -u edgegateway EDGEGATEWAY_DEVICE=", StringComparison.Ordinal)) return $"mkdir -p '{root}/journal' && {command} --directory '{root}/journal'";
        // It is understood and means the forwarding; there is nobody to connect to.
        if (command.StartsWith("ssh -L 8080:", StringComparison.Ordinal)) return command.Replace("ssh ", "ssh -G -F /dev/null ", StringComparison.Ordinal) + " | grep -qx 'localforward 8080 \\[127.0.0.1\\]:8080'";
        if (command.StartsWith("systemd-analyze security", StringComparison.Ordinal)) return "systemd-analyze security --offline=true --no-pager packaging/edgegateway.service";
        if (command.Contains("/etc/grafana/", StringComparison.Ordinal) || command.Contains("/var/lib/grafana/", StringComparison.Ordinal))
        {
            return $"mkdir -p '{root}/etc/grafana/provisioning' && " + command.Replace("/etc/grafana", $"'{root}'/etc/grafana", StringComparison.Ordinal).Replace("/var/lib/grafana", $"'{root}'/var/lib/grafana", StringComparison.Ordinal);
        }
        return null;
    }

    [Fact]
    public async Task A_drop_in_with_a_credential_fits_the_unit()
    {
        var unit = In("edgegateway.service");
        await File.WriteAllTextAsync(unit, (await File.ReadAllTextAsync(Path.Combine(Repository.Root, "packaging/edgegateway.service"), TestContext.Current.CancellationToken)).Replace("/usr/bin/edgegateway", "/bin/true", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        Directory.CreateDirectory(unit + ".d");
        foreach (var document in new[] { "docs/operations.md", "docs/operations.zh-CN.md" })
        {
            var credential = Credential().Match(await File.ReadAllTextAsync(Path.Combine(Repository.Root, document), TestContext.Current.CancellationToken));
            Assert.True(credential.Success, document);
            await File.WriteAllTextAsync(Path.Combine(unit + ".d", "override.conf"), $"[Service]\n{credential.Groups[1].Value}\n", TestContext.Current.CancellationToken);
            var (_, output) = await ShellAsync($"systemd-analyze verify --man=no '{unit}'");
            Assert.DoesNotContain("edgegateway.service", output, StringComparison.Ordinal);
        }
    }

    private static async Task<(int ExitCode, string Output)> ShellAsync(string command)
    {
        await using var shell = PeerProcess.Start("bash", ["-o", "pipefail", "-c", command], directory: Repository.Root);
        shell.Input.Close();
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return (shell.ExitCode, shell.Output);
    }

    /// <summary>Lines of blocks of commands, and inline code, that begin with the name of another program.</summary>
    private static IEnumerable<(string Place, string Command)> Lines()
    {
        string[] more = ["CONTRIBUTING.md", "configs/grafana/README.md", "firmware-sim/README.md"];
        foreach (var file in DocumentCommands.Documents().Concat(more.Select(m => Path.Combine(Repository.Root, m))))
        {
            var fenced = false;
            foreach (var (line, number) in File.ReadLines(file).Select((l, i) => (l.Trim(), i + 1)))
            {
                if (line.StartsWith("```", StringComparison.Ordinal))
                {
                    fenced = !fenced;
                    continue;
                }
                var place = $"{Path.GetRelativePath(Repository.Root, file)}:{number}";
                foreach (var command in fenced ? [line] : Inline().Matches(line).Select(m => m.Groups[1].Value).Where(c => c.Contains(' ', StringComparison.Ordinal)))
                {
                    // A command of ours by way of another program is run elsewhere in this folder.
                    if (Others().IsMatch(command) && !Ours().IsMatch(command)) yield return (place, Comment().Replace(command, "").Trim());
                }
            }
        }
    }

    private async Task WriteMapAsync(int meter, int database) => await File.WriteAllTextAsync(In("plant.yaml"), string.Create(CultureInfo.InvariantCulture, $$$"""
        gateway: {id: gw-01, clock_wait: 0s}
        store: {commit: 500ms}
        connections:
          net:
            modbus_tcp: {host: 127.0.0.1, port: {{{meter}}} }
        devices:
          press-meter:
            connection: net
            unit_id: 1
            rated_power: 75 kW
            poll: 1s
            points:
              power:  {table: input, address: 0x34, type: f32, unit: W}
              energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}
        units: {line-1: {electricity: press-meter.energy, gauges: [press-meter.power]}}
        metering: {base: 5s, windows: [1m]}
        publish: {history: {influx: {url: "http://127.0.0.1:{{{database}}}", version: 1, database: plant} } }
        dashboard: {listen: off}
        """), TestContext.Current.CancellationToken);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Inline();

    [GeneratedRegex(@"^(\$ )?(apt(-get)?|systemctl|systemd-analyze|journalctl|timedatectl|docker|podman|buildah|ssh|scp|sqlite3|sha256sum|curl|wget|influx|mosquitto_(pub|sub)|mbpoll|cp|mv|mkdir|kill|tar|git|npm|npx|openssl|dotnet|\./[a-z]+\.sh)( |$)")]
    private static partial Regex Others();

    [GeneratedRegex(@"dotnet run --project src/EdgeGateway --")]
    private static partial Regex Ours();

    [GeneratedRegex(@"\s+#.*$")]
    private static partial Regex Comment();

    [GeneratedRegex("`(LoadCredential=[^`]+)`")]
    private static partial Regex Credential();
}
