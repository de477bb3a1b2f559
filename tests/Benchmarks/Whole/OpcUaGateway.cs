using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeGateway.Peers;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>The native binary subscribed to a thousand Doubles that change once a second: memory and processor time, the memory beside that of node-opcua's client.</summary>
internal static class OpcUaGateway
{
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(10), _measured = TimeSpan.FromSeconds(10);

    /// <summary>Runs against a server of <c>server.js</c> with nodes <c>D0</c> onward.</summary>
    public static async IAsyncEnumerable<string> RunAsync(string url, int doubles, PeerProcess client, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            var map = Path.Combine(folder.FullName, "plant.yaml");
            await File.WriteAllTextAsync(map, Map(url, doubles), stop);
            await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
            await Until.TrueAsync(() => gateway.HasExited || gateway.Output.Contains("in session", StringComparison.Ordinal), $"a session; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            if (gateway.HasExited) throw new InvalidOperationException(gateway.Output);
            await Task.Delay(_settle, stop);
            var (before, begin) = (Usage.Of(gateway.Pid), Stopwatch.GetTimestamp());
            await Task.Delay(_measured, stop);
            var (after, elapsed) = (Usage.Of(gateway.Pid), Stopwatch.GetElapsedTime(begin).TotalSeconds);
            var (ours, theirs) = (after.ResidentBytes / 1048576.0, Usage.Of(client.Pid).ResidentBytes / 1048576.0);
            yield return $"opcua-gateway.memory {Figure.Digits(ours)} MiB resident | node-opcua's client {Figure.Digits(theirs)} | {Figure.Digits(ours / theirs)}";
            yield return Figure.Line("opcua-gateway.cpu", (after.CpuSeconds - before.CpuSeconds) / elapsed * 100, $"% of a core, {doubles} changes a second through log and metering");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Map(string url, int doubles)
    {
        var map = new StringBuilder();
        // The peer has no page either.
        map.AppendLine("gateway: {id: bench, clock_wait: 0s}").AppendLine("dashboard: {listen: off}");
        map.AppendLine(CultureInfo.InvariantCulture, $"connections: {{plc: {{opc_ua: {{endpoint: \"{url}\", policy: None, mode: none}}}}}}");
        map.AppendLine("devices:").AppendLine("  plc-1:").AppendLine("    connection: plc").AppendLine("    poll: 1s").AppendLine("    points:");
        for (var i = 0; i < doubles; i++) map.AppendLine(CultureInfo.InvariantCulture, $"      d{i}: {{node: \"nsu=urn:peer:plc;s=D{i}\"}}");
        return map.ToString();
    }
}
