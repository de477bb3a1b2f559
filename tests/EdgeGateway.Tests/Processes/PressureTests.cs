using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Composition;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Pipeline.Time;
using EdgeGateway.Records.Samples;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeGateway.Tests.Processes;

/// <summary>A broker that takes connections and says nothing, a disk that takes nothing, and a flood of values, all at once: memory stays within its bound, what is refused is known to whoever sent it, and all goes on by itself.</summary>
[Collection(Alone.Name)]
public sealed class PressureTests : IDisposable
{
    // 48 MiB of entries, 256 + 16 blocks of 256 samples, batches of publishers, and SQLite's own.
    private const long Bound = 80L << 20;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgegateway-pressure-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_flood_before_a_stuck_disk_and_a_stuck_broker_stays_within_its_bound()
    {
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var storePath = Path.Combine(_folder.FullName, "gateway.db");
        await using var gateway = Gateway.Open(new GatewayOptions
        {
            Map = Map(((IPEndPoint)silent.LocalEndpoint).Port),
            StorePath = storePath,
            Time = TimeProvider.System,
            ClockSource = new Vouching(),
            Control = false,
            Log = NullLoggerFactory.Instance,
        });
        using var ending = new CancellationTokenSource();
        var running = gateway.Supervisor.RunAsync(ending.Token);
        var (ingest, store) = (gateway.Supervisor.Ingest, gateway.Store);
        await Until.TrueAsync(() => ingest.IsTimed && store.DurableSeq > 0, "the gateway to be at work");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        long taken = 0, refused = 0;
        await using (var holder = PeerProcess.Start("sqlite3", [storePath]))
        {
            await holder.Input.WriteLineAsync(".timeout 10000\nBEGIN IMMEDIATE; SELECT 'holds';");
            await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
            await holder.SaysAsync("holds");
            // Until the gateway has taken nothing more for a while, although it was offered plenty.
            await Until.TrueAsync(() =>
            {
                var (tookBefore, refusedBefore) = (taken, refused);
                Flood(ingest, 2_000, ref taken, ref refused);
                return store.Fault is not null && taken == tookBefore && refused > refusedBefore;
            }, "the gateway to be full", TimeSpan.FromMinutes(2));
            Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, Bound);
            Assert.True(taken > 1_000, $"{taken} taken, {refused} refused");
            await holder.Input.WriteLineAsync("COMMIT;\n.quit");
            await holder.Input.FlushAsync(TestContext.Current.CancellationToken);
            await holder.WaitForExitAsync(TestContext.Current.CancellationToken);
        }
        await Until.TrueAsync(() => store.Fault is null && store.Pending < 1000, "the store to write again", TimeSpan.FromMinutes(2));
        var then = taken;
        await Until.TrueAsync(() =>
        {
            Flood(ingest, 100, ref taken, ref refused);
            return taken > then;
        }, "blocks to be taken again", TimeSpan.FromMinutes(1));
        await ending.CancelAsync();
        await running;
        Assert.Equal(taken, Blocks(store));
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -Bound, Bound);
    }

    private static void Flood(IngestLoop ingest, int blocks, ref long taken, ref long refused)
    {
        for (var i = 0; i < blocks; i++)
        {
            var block = ingest.Rent();
            for (var row = 0; row < block.Capacity; row++) block.TryAddGauge(0, i, 0, (row * 1.1) + i);
            if (ingest.TryPost(block)) taken++;
            else
            {
                // As a bus: the cycle is skipped and counted, the block goes back.
                refused++;
                ingest.Return(block);
            }
        }
    }

    /// <summary>Entries of the flood; all entries follow each other without a hole. The meter itself, which does not answer, adds entries of one bad sample.</summary>
    private static long Blocks(IStore store)
    {
        long blocks = 0, last = 0;
        for (; store.ReadEntries(last, 500) is { Count: > 0 } page;)
        {
            foreach (var entry in page)
            {
                Assert.Equal(++last, entry.Seq);
                if (entry.Kind == EntryKind.Samples && SampleBlockCodec.RowsOf(EntryCodec.Body(entry.Codec), entry.Body) > 1) blocks++;
            }
        }
        return blocks;
    }

    private LoadedMap Map(int brokerPort)
    {
        var text = """
            gateway: {id: gw-01}
            dashboard: {listen: off}
            connections: {net: {modbus_tcp: {host: 127.0.0.1, port: 1}}}
            devices: {m: {connection: net, unit_id: 1, points: {power: {address: 0, type: u16, unit: W}}}}
            publish: {platform: {mqtt: {url: "mqtt://127.0.0.1:PORT", telemetry: all, start: oldest}}}
            """.Replace("PORT", brokerPort.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var (map, faults) = MapFile.Parse("plant.yaml", text, _folder.FullName, _ => null);
        return map ?? throw new InvalidOperationException(string.Join('\n', faults));
    }

    private sealed class Vouching : IClockSource
    {
        public string Name => "test";

        public bool IsSynchronised => true;
    }
}
