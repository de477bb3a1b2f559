using System.Buffers;
using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EdgeGateway.Benchmarks.Modbus;
using EdgeGateway.Peers;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeGateway.Benchmarks.Whole;

/// <summary>
/// How old a sample is when a subscriber of a real mosquitto has it, by the native binary as it is run with the store's own interval: from the time in the sample, when its answer was read, to the
/// arrival. Beside it what the broker alone takes: the same payload published by MQTTnet to the same subscriber, from the call on. Both with QoS 1, in turn within the same run.
/// </summary>
internal static class Tap
{
    private const int Devices = 10, Registers = 10, Rounds = 4;
    private const double LimitMilliseconds = 250;
    private static readonly TimeSpan _settle = TimeSpan.FromSeconds(5), _measured = TimeSpan.FromSeconds(12), _pause = TimeSpan.FromMilliseconds(50);

    public static async IAsyncEnumerable<string> RunAsync([EnumeratorCancellation] CancellationToken stop)
    {
        using var devices = ServerProcess.Start(changing: true);
        await using var broker = await Mosquitto.StartAsync();
        var folder = Directory.CreateTempSubdirectory("edgegateway-bench-");
        try
        {
            var map = Path.Combine(folder.FullName, "plant.yaml");
            await File.WriteAllTextAsync(map, PollingMap.Of(devices.Port, broker.Port, Devices, Registers, "1s"), stop);
            var (ages, bare, payload) = (new ConcurrentQueue<double>(), new ConcurrentQueue<double>(), Array.Empty<byte>());
            using var subscriber = await ConnectAsync(broker, "subscriber", stop);
            subscriber.ApplicationMessageReceivedAsync += e =>
            {
                var (now, clock) = (Stopwatch.GetTimestamp(), TimeProvider.System.GetUtcNow());
                if (e.ApplicationMessage.Topic.StartsWith("bare/", StringComparison.Ordinal)) bare.Enqueue(Stopwatch.GetElapsedTime(long.Parse(e.ApplicationMessage.Topic.AsSpan(5), CultureInfo.InvariantCulture), now).TotalMilliseconds);
                else
                {
                    payload = e.ApplicationMessage.Payload.ToArray();
                    using var json = JsonDocument.Parse(payload);
                    foreach (var sample in json.RootElement.GetProperty("samples").EnumerateArray()) ages.Enqueue((clock - sample.GetProperty("t").GetDateTimeOffset()).TotalMilliseconds);
                }
                return Task.CompletedTask;
            };
            foreach (var filter in (string[])["edgegateway/bench/telemetry/#", "bare/#"]) await subscriber.SubscribeAsync(filter, MqttQualityOfServiceLevel.AtLeastOnce, stop);
            using var publisher = await ConnectAsync(broker, "bare", stop);
            await using var gateway = PeerProcess.Start(NativeBinary.Path, ["run", map]);
            await Until.TrueAsync(() => !ages.IsEmpty || gateway.HasExited, $"a first sample; the gateway says\n{gateway.Output}", TimeSpan.FromSeconds(60));
            await Task.Delay(_settle, stop);
            ages.Clear();
            for (var round = 0; round < Rounds; round++)
            {
                for (var begin = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(begin) < _measured; await Task.Delay(_pause, stop))
                {
                    await publisher.PublishAsync(new MqttApplicationMessage
                    {
                        Topic = string.Create(CultureInfo.InvariantCulture, $"bare/{Stopwatch.GetTimestamp()}"), Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce,
                    }, stop);
                }
            }
            double[] ours = [.. ages.Order()], theirs = [.. bare.Order()];
            if (ours.Length < Devices * 10 || theirs.Length == 0) throw new InvalidOperationException($"Only {ours.Length} samples came.\n{gateway.Output}");
            yield return Line("tap.p50", ours, theirs, 0.5);
            yield return Line("tap.p99", ours, theirs, 0.99);
            yield return Line("tap.worst", ours, theirs, 1);
            yield return Figure.Line("tap.samples", ours.Length, string.Create(CultureInfo.InvariantCulture, $"samples, {ours.Count(a => a > LimitMilliseconds)} of them older than {LimitMilliseconds} ms"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Line(string name, double[] ours, double[] theirs, double share)
    {
        var (one, other) = (At(ours, share), At(theirs, share));
        return $"{Figure.Line(name, one, "ms")} | bare MQTTnet {Figure.Digits(other)} | {(one / other).ToString("0.00", CultureInfo.InvariantCulture)}";
    }

    private static double At(double[] sorted, double share) => sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * share))];

    private static async Task<IMqttClient> ConnectAsync(Mosquitto broker, string id, CancellationToken stop)
    {
        var client = new MqttClientFactory().CreateMqttClient();
        await client.ConnectAsync(new MqttClientOptionsBuilder().WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", broker.Port).WithClientId(id).Build(), stop);
        return client;
    }
}
