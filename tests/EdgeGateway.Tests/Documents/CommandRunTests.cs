using System.Globalization;
using EdgeGateway.Peers;
using EdgeGateway.Tests.Processes;

namespace EdgeGateway.Tests.Documents;

/// <summary>Every command that the documents for users tell to type, in both languages, is run beside a gateway that measures a real meter: it must do what it is for.</summary>
public sealed class CommandRunTests : IDisposable
{
    private const string Password = "a long enough password";
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(3);
    private static readonly string[] ForUsers = ["README", "operations", "troubleshooting", "security", "page"];
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-documents-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Map => Path.Combine(_folder.FullName, "plant.yaml");

    [Fact]
    public async Task Every_command_for_users_does_what_it_is_for()
    {
        await using var meter = await Meter.StartAsync(_folder.FullName);
        await using var broker = await Mosquitto.StartAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/#");
        await using var database = await InfluxServer.StartAsync();
        await WriteMapAsync(meter.Port, broker.Port, database.Port);
        await using var gateway = GatewayProcess.Start(["run", Map]);
        await Until.TrueAsync(() => subscriber.On("edgegateway/gw-01/records/line-1/5s").Count >= 3, $"three windows; the gateway says\n{gateway.Output}", Limit);
        var record = PublishedRecord.Newest(subscriber.Messages).First(r => r.Kind == "5s");

        var commands = DocumentCommands.Documents().Where(IsForUsers).SelectMany(DocumentCommands.Lines).GroupBy(l => l.Command).ToList();
        Assert.True(commands.Count >= 20, $"only {commands.Count} commands were found");
        var wrong = new List<string>();
        foreach (var same in commands)
        {
            var arguments = DocumentCommands.Arguments(same.Key).Select(a => Here(a, record)).ToList();
            // It runs already: typed as it stands here.
            if (arguments is ["run", ..]) continue;
            var (code, output) = await RunAsync(arguments);
            // No meter is replaced here: the word reaches the gateway, is kept, and is answered with a reason. Other tests replace one.
            if (arguments is ["replace", ..] && output.Contains("Noted, and not followed", StringComparison.Ordinal)) continue;
            // Nothing is refused here, and so nothing is in quarantine. Other tests fill one and empty it.
            if (arguments is ["quarantine", "show" or "replay" or "drop", ..] && output.Contains("Nothing like that is in quarantine", StringComparison.Ordinal)) continue;
            if (code != 0) wrong.Add($"{same.First().Place}: {same.Key}\n    {code}: {output.ReplaceLineEndings("\n    ")}");
        }
        Assert.True(wrong.Count == 0, string.Join('\n', wrong) + "\n" + gateway.Output);
        Assert.False(gateway.HasExited, gateway.Output);
        Assert.True(File.Exists(Path.Combine(_folder.FullName, "help.zip")));
    }

    private static bool IsForUsers(string file) => ForUsers.Any(n => Path.GetFileName(file).StartsWith(n, StringComparison.Ordinal)) && !file.Contains($"{Path.DirectorySeparatorChar}src{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    /// <summary>Places of a real box become those of this test; a time in an example becomes one that was measured.</summary>
    private string Here(string argument, PublishedRecord record) => argument switch
    {
        "plant.yaml" or "/etc/edgegateway/plant.yaml" => Map,
        "/var/lib/edgegateway/gateway.db" => Path.Combine(_folder.FullName, "data", "gateway.db"),
        "users.json" or "help.zip" or "november.csv" or "day.lp" => Path.Combine(_folder.FullName, argument),
        "/etc/edgegateway/users.json" => Path.Combine(_folder.FullName, "users.json"),
        "line-1/15m/2026-11-24T08:00" => $"line-1/5s/{record.Start.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture)}",
        "2026-11-24T10:30:00+08:00" => record.End.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture),
        _ => argument,
    };

    private static async Task<(int ExitCode, string Output)> RunAsync(List<string> arguments)
    {
        // What goes on until it is ended gets an end.
        if (arguments[0] is "demo" or "watch") arguments.AddRange(["--for", "5s"]);
        await using var process = GatewayProcess.Start(arguments);
        if (arguments is ["users", "add", ..]) await process.Input.WriteLineAsync(Password);
        process.Input.Close();
        await process.WaitForExitAsync(TestContext.Current.CancellationToken).WaitAsync(Limit, TestContext.Current.CancellationToken);
        return (process.ExitCode, process.Output);
    }

    private async Task WriteMapAsync(int meter, int broker, int database) => await File.WriteAllTextAsync(Map, string.Create(CultureInfo.InvariantCulture, $$"""
        gateway: {id: gw-01, clock_wait: 0s}
        connections:
          net:
            modbus_tcp: {host: 127.0.0.1, port: {{meter}} }
        devices:
          press-meter:
            connection: net
            unit_id: 1
            rated_power: 75 kW
            poll: 1s
            points:
              power:         {table: input, address: 0x34, type: f32, unit: W}
              energy_import: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}
          meter:
            connection: net
            unit_id: 1
            rated_power: 75 kW
            poll: 1s
            points:
              energy: {table: input, address: 0x48, type: f32, kind: counter, unit: kWh, resolution: 0.01}
        units:
          line-1: {electricity: press-meter.energy_import, gauges: [press-meter.power]}
          line-2: {electricity: meter.energy}
        metering: {base: 5s, windows: [1m]}
        publish:
          platform:
            mqtt: {url: "mqtt://127.0.0.1:{{broker}}", windows: [5s]}
          history:
            influx: {url: "http://127.0.0.1:{{database}}", version: 1, database: plant}
        dashboard: {listen: "127.0.0.1:{{FreePort.Next()}}"}
        """), TestContext.Current.CancellationToken);
}
