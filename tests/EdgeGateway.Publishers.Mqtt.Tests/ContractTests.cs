using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Mqtt.Tests;

public sealed class ContractTests : PublisherContract
{
    protected override async Task<IContractTarget> StartAsync()
    {
        var broker = await Mosquitto.StartAsync(new MosquittoOptions { Persistent = true });
        return new Broker(broker, await broker.SubscribeAsync("edgegateway/#"));
    }

    /// <summary>A broker and an application behind it that keeps the newest revision of each key, as docs/mqtt.md asks it to.</summary>
    private sealed class Broker(Mosquitto broker, MosquittoSub sub) : IContractTarget
    {
        public string Address => broker.Url;

        public IPublisher Publisher(bool fromOldest) => Target.Publisher(null, ("url", broker.Url), ("streams", "records"), ("windows", "1m"), ("start", fromOldest ? "oldest" : "now"));

        public void Freeze() => broker.Freeze();

        public void Thaw() => broker.Thaw();

        public Task StopAsync() => broker.StopAsync();

        // The application's session stands at the broker meanwhile, and it connects again by itself.
        public Task StartAgainAsync() => broker.StartAgainAsync();

        public Task<IReadOnlyDictionary<long, long>> HeldAsync()
        {
            var newest = new Dictionary<long, long>();
            foreach (var message in sub.On("edgegateway/gw-01/records/"))
            {
                var json = Rendered.Parse(message.Payload);
                var start = (json.GetProperty("start").GetDateTimeOffset() - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
                newest[start] = Math.Max(newest.GetValueOrDefault(start), json.GetProperty("rev")[1].GetInt64());
            }
            return Task.FromResult<IReadOnlyDictionary<long, long>>(newest);
        }

        public async ValueTask DisposeAsync()
        {
            await sub.DisposeAsync();
            await broker.DisposeAsync();
        }
    }
}
