using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using EdgeGateway.DeviceMaps.Located;
using EdgeGateway.DeviceMaps.Options;
using EdgeGateway.DeviceMaps.Plant;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging.Abstractions;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeGateway.Benchmarks;

/// <summary>Samples into a real mosquitto as the publisher sends them, blocks of a thousand values, beside one message a value with as many under way; both with QoS 1.</summary>
public static class MqttBench
{
    private const int Points = 1000, Blocks = 100, Singles = 5000, Window = 64, Best = 20;
    private const long Start = 1_795_478_400_000_000;

    public static async IAsyncEnumerable<string> RunAsync([EnumeratorCancellation] CancellationToken stop)
    {
        await using var broker = await Mosquitto.StartAsync();
        var type = new MqttPublisherType();
        var mark = new Mark("bench", 1, 1);
        var values = new OptionValues { Mark = mark };
        var url = type.Schema.Options.Find("url")!;
        values.Set(url, url.Read(new MapText(mark, broker.Url, true), new FaultList())!, mark);
        await using var publisher = type.Create(new PublisherMap("bench", "mqtt", values, mark), new PublisherServices("gw-01", new Names(), TimeProvider.System, () => 0, NullLoggerFactory.Instance));
        await publisher.ConnectAsync(stop);
        var items = new PublishItem[Blocks];
        for (var i = 0; i < Blocks; i++)
        {
            var rows = new SampleRow[Points];
            for (var p = 0; p < Points; p++) rows[p] = new SampleRow(p + 1, Start + i * 1_000_000L, 40 + (i * Points + p) * 7919 % 100_000 / 1000.0, 0, Quality.Good, null);
            items[i] = new TelemetryItem(i + 1, rows);
        }
        using var single = new MqttClientFactory().CreateMqttClient();
        await single.ConnectAsync(new MqttClientOptionsBuilder().WithProtocolVersion(MQTTnet.Formatter.MqttProtocolVersion.V500).WithTcpServer("127.0.0.1", broker.Port).WithClientId("single").Build(), stop);

        async Task<double> OursAsync()
        {
            var begin = Stopwatch.GetTimestamp();
            var outcomes = new Outcome[Blocks];
            await publisher.PublishAsync(items, outcomes, stop);
            if (!outcomes.All(o => o.Kind == OutcomeKind.Accepted)) throw new InvalidOperationException("The broker did not take all.");
            return Blocks * Points / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        async Task<double> SinglesAsync()
        {
            var begin = Stopwatch.GetTimestamp();
            var open = new Queue<Task>();
            for (var i = 0; i < Singles; i++)
            {
                if (open.Count == Window) await open.Dequeue();
                var payload = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{{\"t\":{Start + i},\"v\":{40 + i * 7919 % 100_000 / 1000.0},\"q\":\"good\"}}"));
                open.Enqueue(single.PublishAsync(new MqttApplicationMessage { Topic = "single/gw-01/meter/power", Payload = new ReadOnlySequence<byte>(payload), QualityOfServiceLevel = MqttQualityOfServiceLevel.AtLeastOnce }, stop));
            }
            await Task.WhenAll(open);
            return Singles / Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        var pairs = await InterleavedPairs.MeasureAsync(OursAsync, SinglesAsync, pairs: 15, warmUps: 15);
        yield return pairs.Line("mqtt.values", "values/s", "one message a value");
        var best = (Ours: 0.0, Single: 0.0);
        for (var i = 0; i < Best; i++) best = (Math.Max(best.Ours, await OursAsync()), Math.Max(best.Single, await SinglesAsync()));
        yield return string.Create(CultureInfo.InvariantCulture, $"{Figure.Line("mqtt.values-best", best.Ours, "values/s")} | one message a value {Figure.Digits(best.Single)} | {best.Ours / best.Single:0.000}");
        var before = publisher.BytesSent;
        await OursAsync();
        yield return Figure.Line("mqtt.size", (publisher.BytesSent - before) / (double)(Blocks * Points), "B/value");
    }

    private sealed class Names : INames
    {
        private readonly PointName[] _points = [.. Enumerable.Range(1, Points).Select(i => new PointName("meter-" + i / 100, "power-" + i, PointKind.Gauge, UnitOfMeasure.Kilowatt, ExactDecimal.One, ExactDecimal.One))];

        public PointName? Point(int id) => _points[id - 1];

        public string? Unit(int id) => null;
    }
}
