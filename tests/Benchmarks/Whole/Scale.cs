using System.Diagnostics;
using System.Globalization;
using System.Text;
using EdgeGateway.Benchmarks.Modbus;
using EdgeGateway.Peers;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>A thousand devices of a hundred points each, once a second, through metering, store and mosquitto: processor time and memory of the native binary. It has no peer; what the broker received says whether all of it was done.</summary>
internal static class Scale
{
    private const int Devices = 1000, Points = 100;
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(20), _measured = TimeSpan.FromSeconds(20);

    public static async IAsyncEnumerable<string> RunAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        using var devices = ServerProcess.Start(changing: true);
        await using var broker = await Mosquitto.StartAsync();
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            var map = Path.Combine(folder.FullName, "plant.yaml");
            await File.WriteAllTextAsync(map, Map(devices.Port, broker.Port), stop);
            var templates = folder.CreateSubdirectory("templates").CreateSubdirectory("bench");
            await File.WriteAllTextAsync(Path.Combine(templates.FullName, "hundred.yaml"), Template(), stop);
            await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
            await Until.TrueAsync(() => Received(broker) > 0 || gateway.HasExited, $"a first message; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            if (gateway.HasExited) throw new InvalidOperationException(gateway.Output);
            await Task.Delay(_settle, stop);
            var (messages, before, begin) = (Received(broker), Usage.Of(gateway.Pid), Stopwatch.GetTimestamp());
            await Task.Delay(_measured, stop);
            var (elapsed, after, last) = (Stopwatch.GetElapsedTime(begin).TotalSeconds, Usage.Of(gateway.Pid), Received(broker));
            yield return Figure.Line("scale.cpu", (after.CpuSeconds - before.CpuSeconds) / elapsed * 100, "% of a core");
            yield return Figure.Line("scale.memory", after.ResidentBytes / 1048576.0, "MiB resident");
            yield return Figure.Line("scale.messages", (last - messages) / elapsed, $"messages/s at the broker, {Points} values in each ({Devices} devices a second are all)");
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    // The broker's own log says what it received.
    private static int Received(Mosquitto broker) => broker.Log.Split('\n').Count(l => l.Contains("Received PUBLISH", StringComparison.Ordinal) && l.Contains("/telemetry/", StringComparison.Ordinal));

    private static string Template()
    {
        var template = new StringBuilder("""
            template: {title: A hundred points, drivers: [modbus_tcp], values: primary, source: "this benchmark", verified: false}
            points:
              # One more in every answer: 3.6 kW.
              energy: {table: holding, address: 0, type: u16, kind: counter, unit: kWh, resolution: 0.001, modulus: 65536}

            """);
        for (var r = 1; r < Points; r++) template.AppendLine(CultureInfo.InvariantCulture, $"  r{r}: {{table: holding, address: {r}, type: u16}}");
        return template.ToString();
    }

    private static string Map(int port, int broker)
    {
        var map = new StringBuilder();
        map.AppendLine("gateway: {id: bench, clock_wait: 0s}").AppendLine("connections:");
        for (var d = 0; d < Devices; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  net-{d}: {{modbus_tcp: {{host: 127.0.0.1, port: {port}}}}}");
        map.AppendLine("devices:");
        for (var d = 0; d < Devices; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  dev-{d}: {{connection: net-{d}, unit_id: 1, poll: 1s, rated_power: 10 kW, template: bench/hundred}}");
        map.AppendLine("units:");
        for (var d = 0; d < Devices; d++) map.AppendLine(CultureInfo.InvariantCulture, $"  line-{d}: {{electricity: dev-{d}.energy}}");
        map.AppendLine(CultureInfo.InvariantCulture, $"publish: {{platform: {{mqtt: {{url: \"mqtt://127.0.0.1:{broker}\"}}}}}}");
        return map.ToString();
    }
}
