using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using EdgeGateway.Benchmarks.Modbus;
using EdgeGateway.Peers;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>
/// Ten devices of a hundred registers each, every 100 ms to mosquitto: the native binary beside Node-RED with node-red-contrib-modbus, in turn on the same devices and broker.
/// Both publish every reading at QoS 1; what arrives is counted, so that neither wins by leaving something out.
/// </summary>
internal static class EndToEnd
{
    private const int Devices = 10, Registers = 100, Rounds = 3;
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(6), _measured = TimeSpan.FromSeconds(10);

    /// <summary>Runs; the folder is that of Node-RED with its packages installed.</summary>
    public static async IAsyncEnumerable<string> RunAsync(string nodeRedFolder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var devices = ServerProcess.Start(changing: true);
        await using var broker = await Mosquitto.StartAsync();
        var (ours, peers) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < Rounds; round++)
        {
            ours.Add(await OursAsync(devices.Port, broker, stop));
            peers.Add(await NodeRedAsync(nodeRedFolder, devices.Port, broker, stop));
        }
        var (mine, peer) = (Median(ours), Median(peers));
        yield return Line("end-to-end.cpu", mine.Share * 100, peer.Share * 100, "% of a core", "Node-RED");
        yield return Line("end-to-end.memory", mine.Megabytes, peer.Megabytes, "MiB resident", "Node-RED");
        yield return Line("end-to-end.values", mine.Values, peer.Values, "values/s at the broker", "Node-RED");
    }

    private static string Line(string name, double ours, double theirs, string unit, string peer) =>
        $"{name} {Figure.Digits(ours)} {unit} | {peer} {Figure.Digits(theirs)} | {Figure.Digits(ours / theirs)}";

    private static Seen Median(List<Seen> seen) => seen.OrderBy(s => s.Share).ElementAt(seen.Count / 2);

    private static async Task<Seen> OursAsync(int port, Mosquitto broker, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            var map = Path.Combine(folder.FullName, "plant.yaml");
            await File.WriteAllTextAsync(map, PollingMap.Of(port, broker.Port, Devices, Registers, "100ms"), stop);
            await using var subscriber = await broker.SubscribeAsync("edgegateway/bench/telemetry/#");
            await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
            return await WatchAsync(gateway, subscriber, CountOurs, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Seen> NodeRedAsync(string nodeRedFolder, int port, Mosquitto broker, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("node-red-bench-");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "flows.json"), Flow(port, broker.Port).ToJsonString(), stop);
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, "settings.js"),
                string.Create(CultureInfo.InvariantCulture, $"module.exports = {{ uiHost: '127.0.0.1', uiPort: {FreePort.Next()}, disableEditor: true, httpAdminRoot: false, httpNodeRoot: false, flowFile: 'flows.json' }};"), stop);
            await using var subscriber = await broker.SubscribeAsync("node-red/#");
            await using var peer = PeerProcess.Start("node", ["node_modules/node-red/red.js", "--userDir", folder.FullName], directory: nodeRedFolder);
            return await WatchAsync(peer, subscriber, text => text.Count(c => c == ',') + 1, stop);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Seen> WatchAsync(PeerProcess process, MosquittoSub subscriber, Func<string, int> values, CancellationToken stop)
    {
        await Until.TrueAsync(() => subscriber.Messages.Count > 0, $"a first message; it says\n{process.Output}", TimeSpan.FromSeconds(60));
        await Task.Delay(_settle, stop);
        var (first, before, begin) = (subscriber.Messages.Count, Usage.Of(process.Pid), Stopwatch.GetTimestamp());
        await Task.Delay(_measured, stop);
        var (elapsed, after, last) = (Stopwatch.GetElapsedTime(begin).TotalSeconds, Usage.Of(process.Pid), subscriber.Messages.Count);
        var count = subscriber.Messages.Skip(first).Take(last - first).Sum(m => (long)values(m.Payload));
        return new Seen((after.CpuSeconds - before.CpuSeconds) / elapsed, after.ResidentBytes / 1048576.0, count / elapsed);
    }

    private static int CountOurs(string payload) => JsonNode.Parse(payload)!["samples"]!.AsArray().Count;

    private static JsonArray Flow(int port, int broker)
    {
        var flow = new JsonArray
        {
            new JsonObject { ["id"] = "tab", ["type"] = "tab", ["label"] = "bench" },
            new JsonObject { ["id"] = "broker", ["type"] = "mqtt-broker", ["name"] = "mosquitto", ["broker"] = "127.0.0.1", ["port"] = broker.ToString(CultureInfo.InvariantCulture), ["clientid"] = "", ["autoConnect"] = true, ["protocolVersion"] = "4", ["keepalive"] = "60", ["cleansession"] = true },
            new JsonObject { ["id"] = "out", ["type"] = "mqtt out", ["z"] = "tab", ["name"] = "to-mosquitto", ["topic"] = "", ["qos"] = "1", ["retain"] = "false", ["broker"] = "broker", ["wires"] = new JsonArray() },
        };
        for (var d = 0; d < Devices; d++)
        {
            flow.Add(new JsonObject
            {
                ["id"] = $"client{d}", ["type"] = "modbus-client", ["name"] = $"device-{d}", ["clienttype"] = "tcp", ["bufferCommands"] = true, ["stateLogEnabled"] = false, ["queueLogEnabled"] = false, ["failureLogEnabled"] = false,
                ["tcpHost"] = "127.0.0.1", ["tcpPort"] = port.ToString(CultureInfo.InvariantCulture), ["tcpType"] = "DEFAULT", ["unit_id"] = "1", ["commandDelay"] = "1", ["clientTimeout"] = "1000", ["reconnectOnTimeout"] = true, ["reconnectTimeout"] = "2000", ["parallelUnitIdsAllowed"] = true,
            });
            flow.Add(new JsonObject
            {
                ["id"] = $"read{d}", ["type"] = "modbus-read", ["z"] = "tab", ["name"] = $"read-{d}", ["topic"] = $"node-red/{d}", ["showStatusActivities"] = false, ["logIOActivities"] = false, ["showErrors"] = false, ["unitid"] = "1", ["dataType"] = "HoldingRegister",
                ["adr"] = "0", ["quantity"] = Registers.ToString(CultureInfo.InvariantCulture), ["rate"] = "100", ["rateUnit"] = "ms", ["delayOnStart"] = false, ["startDelayTime"] = "", ["server"] = $"client{d}", ["useIOFile"] = false, ["ioFile"] = "", ["useIOForPayload"] = false,
                ["emptyMsgOnFail"] = false, ["wires"] = new JsonArray(new JsonArray("out"), new JsonArray()),
            });
        }
        return flow;
    }

    private readonly record struct Seen(double Share, double Megabytes, double Values);
}
