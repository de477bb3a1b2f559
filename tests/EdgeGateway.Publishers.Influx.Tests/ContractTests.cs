using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Influx.Tests;

public sealed class ContractTests : PublisherContract
{
    protected override async Task<IContractTarget> StartAsync() => new Database(await InfluxServer.StartAsync());

    private sealed class Database(InfluxServer server) : IContractTarget
    {
        public string Address => server.Url;

        public IPublisher Publisher(bool fromOldest) => Target.Publisher(null, ("url", server.Url), ("version", "1"), ("database", InfluxServer.Database), ("streams", "records"), ("windows", "1m"), ("start", fromOldest ? "oldest" : "now"));

        public void Freeze() => server.Freeze();

        public void Thaw() => server.Thaw();

        public Task StopAsync() => server.StopAsync();

        public Task StartAgainAsync() => server.StartAgainAsync();

        public async Task<IReadOnlyDictionary<long, long>> HeldAsync() =>
            (await server.QueryAsync("SELECT rev_seq FROM edgegateway_electricity WHERE ok = true")).ToDictionary(r => r["time"].GetInt64() / 1000, r => r["rev_seq"].GetInt64());

        public ValueTask DisposeAsync() => server.DisposeAsync();
    }
}
