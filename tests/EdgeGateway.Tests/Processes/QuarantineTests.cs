using System.Globalization;
using System.Text.RegularExpressions;
using EdgeGateway.Peers;

namespace EdgeGateway.Tests.Processes;

/// <summary>What a real broker refuses for good is listed, shown, sent again once the broker allows it, or dropped.</summary>
public sealed partial class QuarantineTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-quarantine-");
    private readonly string _map;

    public QuarantineTests() => _map = Path.Combine(_folder.FullName, "plant.yaml");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Refused_events_are_listed_shown_and_sent_once_the_broker_takes_them()
    {
        await using var broker = await StartBrokerAsync();
        await using var subscriber = await broker.SubscribeAsync("edgegateway/gw-01/events/#", "edgegateway/gw-01/events");
        await using var gateway = GatewayProcess.Start(["run", _map], Environment);
        var item = await FirstItemAsync(gateway);
        var (code, output) = await GatewayProcess.RunAsync("quarantine", "show", _map, "platform", "events", item);
        Assert.True(code == 0, output);
        Assert.Contains("event clock_trusted", output, StringComparison.Ordinal);
        Assert.Contains("no right to publish", output, StringComparison.Ordinal);
        Assert.Empty(subscriber.Messages);

        await broker.AllowAsync("edgegateway/#", "peers/#");
        (code, output) = await GatewayProcess.RunAsync("quarantine", "replay", _map, "platform");
        Assert.True(code == 0, output);
        await Until.TrueAsync(() => subscriber.Messages.Any(m => m.Payload.Contains("clock_trusted", StringComparison.Ordinal)), $"the event to arrive; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
        await Until.TrueAsync(async () => (await GatewayProcess.RunAsync("quarantine", "list", _map)).Output.Contains("Nothing is in quarantine", StringComparison.Ordinal), "the quarantine to be empty", TimeSpan.FromSeconds(60));
        // Said a turn after the last item has left the quarantine.
        await Until.TrueAsync(() => gateway.Output.Contains("again; 0 were refused", StringComparison.Ordinal), $"the gateway to say what it sent again; it says\n{gateway.Output}");
    }

    [Fact]
    public async Task Dropping_needs_a_name_or_the_word_all_and_is_kept_in_the_audit()
    {
        await using var broker = await StartBrokerAsync();
        await using var gateway = GatewayProcess.Start(["run", _map], Environment);
        await FirstItemAsync(gateway);
        var (code, output) = await GatewayProcess.RunAsync("quarantine", "drop", _map, "platform");
        Assert.Equal(1, code);
        Assert.Contains("--all", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("quarantine", "replay", _map, "platfrom");
        Assert.Equal(1, code);
        Assert.Contains("did you mean 'platform'", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("quarantine", "show", _map, "platform", "events", "99999");
        Assert.Equal(1, code);
        Assert.Contains("Nothing like that", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("quarantine", "list", _map, "--stream", "record");
        Assert.Equal(1, code);
        Assert.Contains("records, telemetry or events", output, StringComparison.Ordinal);
        (code, output) = await GatewayProcess.RunAsync("quarantine", "drop", _map, "platform", "--all");
        Assert.True(code == 0, output);
        Assert.Contains("dropped", output, StringComparison.Ordinal);
        // The word itself is an event, which this broker refuses as well.
        await Until.TrueAsync(async () => await ListsDropAsync(), "the audit's event", TimeSpan.FromSeconds(60));

        async Task<bool> ListsDropAsync()
        {
            var listed = (await GatewayProcess.RunAsync("quarantine", "list", _map)).Output;
            return Item().Matches(listed) is [var newest, ..] && (await GatewayProcess.RunAsync("quarantine", "show", _map, "platform", "events", newest.Groups[1].Value)).Output.Contains("verb: quarantine_drop", StringComparison.Ordinal);
        }
    }

    private static Dictionary<string, string> Environment => new() { ["BROKER_PASSWORD"] = "secret" };

    private async Task<Mosquitto> StartBrokerAsync()
    {
        var broker = await Mosquitto.StartAsync(new MosquittoOptions { Username = "gw", Password = "secret", Writable = ["edgegateway/gw-01/status", "peers/#"] });
        File.WriteAllText(_map, """
            gateway: {id: gw-01, clock_wait: 0s}
            store: {commit: 500ms}
            dashboard: {listen: off}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
            devices: {m: {connection: net, unit_id: 1, points: {power: {address: 0, type: u16, unit: W}}}}
            publish: {platform: {mqtt: {url: "mqtt://127.0.0.1:PORT", username: gw, password: "${env:BROKER_PASSWORD}", streams: [events], start: oldest}}}
            """.Replace("PORT", broker.Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        return broker;
    }

    private async Task<string> FirstItemAsync(PeerProcess gateway)
    {
        var output = "";
        await Until.TrueAsync(async () =>
        {
            (_, output) = await GatewayProcess.RunAsync("quarantine", "list", _map);
            return Item().IsMatch(output);
        }, $"an item in quarantine; the gateway says\n{gateway.Output}\n{output}", TimeSpan.FromSeconds(60));
        Assert.Contains("platform events: ", output, StringComparison.Ordinal);
        // The newest is listed first, the oldest last.
        return Item().Matches(output)[^1].Groups[1].Value;
    }

    [GeneratedRegex(@"platform events (\d+)  ")]
    private static partial Regex Item();
}
