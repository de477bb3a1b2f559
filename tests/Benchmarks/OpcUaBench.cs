using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using EdgeGateway.Benchmarks.Whole;
using EdgeGateway.Drivers.OpcUa.Certificates;
using EdgeGateway.Drivers.OpcUa.Lines;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Buses;
using EdgeGateway.Pipeline.Loops;
using EdgeGateway.Pipeline.Time;

namespace EdgeGateway.Benchmarks;

/// <summary>
/// The decoder alone, and a thousand Doubles a Read beside node-opcua's own client, both against one node-opcua server in turn. Compared is the CPU time of the client's process:
/// the rate is the server's. Then the whole gateway on the same server.
/// </summary>
public static class OpcUaBench
{
    private const int Doubles = 1000, CallsPerRun = 100;

    /// <summary>Runs; the folder is that of <c>server.js</c> and <c>client.js</c> with their packages installed.</summary>
    public static async IAsyncEnumerable<string> RunAsync(string peerFolder, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var line in Decoder()) yield return line;
        var folder = Directory.CreateTempSubdirectory("edge-opcua-bench-").FullName;
        try
        {
            var port = FreePort.Next();
            await using var server = PeerProcess.Start("node", ["server.js", JsonSerializer.Serialize(new[] { Describe(folder, port) })], directory: peerFolder);
            await server.SaysAsync("READY", TimeSpan.FromSeconds(60));
            var url = string.Create(CultureInfo.InvariantCulture, $"opc.tcp://127.0.0.1:{port}/peer");
            await using var peer = PeerProcess.Start("node", ["client.js", url, Doubles.ToString(CultureInfo.InvariantCulture)], directory: peerFolder);
            await peer.SaysAsync("READY", TimeSpan.FromSeconds(60));
            await using var reader = new Reader(url);
            await reader.ReadyAsync();
            var runs = 0;
            var pairs = await InterleavedPairs.MeasureAsync(() => reader.RunAsync(CallsPerRun), () => PeerAsync(peer, ++runs), pairs: 7, warmUps: 6);
            yield return pairs.Line("opcua-read-1000", "µs CPU/value", "node-opcua");
            yield return Figure.Line("opcua-read-allocated", reader.BytesEach, "B/value");
            await foreach (var line in OpcUaGateway.RunAsync(url, Doubles, peer, cancellationToken)) yield return line;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Decoder()
    {
        var w = new UaWriter().Int32(Doubles);
        for (var i = 0; i < Doubles; i++) w.Byte(0x0D).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(i)).Time(1_700_000_000_000_000 + i).Time(1_700_000_000_000_000 + i);
        var bytes = w.Written.ToArray();
        var values = new DataValue[Doubles];
        var sum = 0.0;
        for (var i = 0; i < 200; i++) Decode(100);
        yield return Figure.Line("opcua-decode", Enumerable.Range(0, 15).Select(_ => Figure.NanosecondsEach(1000L * Doubles, () => Decode(1000))).Order().ElementAt(7), "ns/value");
        yield return Figure.Line("opcua-decode-allocated", Figure.BytesEach(1000L * Doubles, () => Decode(1000)), "B/value");
        if (double.IsNaN(sum)) throw new InvalidOperationException("The sum is no number.");

        void Decode(int rounds)
        {
            for (var i = 0; i < rounds; i++)
            {
                var r = new UaReader(bytes);
                if (!AttributeServices.ReadValues(ref r, values)) throw new InvalidOperationException("The values are malformed.");
                foreach (ref readonly var value in values.AsSpan())
                {
                    value.Value.TryDouble(out var number);
                    sum += number;
                }
            }
        }
    }

    private static async Task<double> PeerAsync(PeerProcess peer, int run)
    {
        await peer.Input.WriteLineAsync(CallsPerRun.ToString(CultureInfo.InvariantCulture));
        await peer.Input.FlushAsync();
        await Until.TrueAsync(() => peer.Lines.Count(l => l.StartsWith("DID ", StringComparison.Ordinal)) >= run, "the peer's run", TimeSpan.FromSeconds(120));
        return double.Parse(peer.Lines.Last(l => l.StartsWith("DID ", StringComparison.Ordinal)).Split(' ')[1], CultureInfo.InvariantCulture);
    }

    private static object Describe(string folder, int port)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=peer", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(new Uri("urn:peer"));
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(30));
        var (cert, pem) = (Path.Combine(folder, "peer.pem"), Path.Combine(folder, "peer.key.pem"));
        File.WriteAllText(cert, certificate.ExportCertificatePem());
        File.WriteAllText(pem, key.ExportPkcs8PrivateKeyPem());
        return new { name = "bench", port, uri = "urn:peer", cert, key = pem, doubles = Doubles, ticks = 1000, user = "u", pass = "p", pki = Path.Combine(folder, "pki") };
    }

    /// <summary>Our client: one Read after another over the driver's own pump.</summary>
    private sealed class Reader : IReplyHandler, IClientListener, IAsyncDisposable
    {
        private readonly UaLine _line;
        private readonly CancellationTokenSource _stop = new();
        private readonly Task _running;
        private readonly DataValue[] _values = new DataValue[Doubles];
        private readonly UaWriter _items = new();
        private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TaskCompletionSource? _done;
        private int _left;
        private double _sum;

        public Reader(string url)
        {
            var setup = new ClientSetup
            {
                EndpointUrl = url,
                Policy = SecurityPolicy.None,
                Mode = MessageSecurityMode.None,
                ApplicationUri = "urn:bench",
                Judge = new CertificateJudge(new CertificateStore("none"), "127.0.0.1", false, false, TimeProvider.System),
                Random = RandomNumberGenerator.Fill,
                Jitter = () => 0.5,
                RequestTimeout = 30_000_000,
            };
            _line = new UaLine(setup, TimeSpan.FromSeconds(5), TimeProvider.System, new StampClock(TimeProvider.System), new BusHealth([]), new LoopPulse());
            _running = Task.Run(() => _line.RunAsync(this, null, _stop.Token));
        }

        public double BytesEach { get; private set; }

        public Task ReadyAsync() => _ready.Task.WaitAsync(TimeSpan.FromSeconds(30));

        public async Task<double> RunAsync(int calls)
        {
            _left = calls;
            _done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            using var process = Process.GetCurrentProcess();
            var (before, bytes) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes());
            _line.Enter((client, _) => Ask(client));
            await _done.Task.WaitAsync(TimeSpan.FromSeconds(120));
            process.Refresh();
            BytesEach = (GC.GetTotalAllocatedBytes() - bytes) / (double)(calls * Doubles);
            return (process.TotalProcessorTime - before).TotalMicroseconds / (calls * Doubles);
        }

        public void OnReady(bool newSession)
        {
            _items.Clear();
            for (var i = 0; i < Doubles; i++)
            {
                _line.Client.Namespaces.TryResolve(new NodeAddress("urn:peer:plc", new NodeId(0, "D" + i.ToString(CultureInfo.InvariantCulture))), out var node);
                AttributeServices.WriteItem(_items, new ReadItem(node));
            }
            _ready.TrySetResult();
        }

        public void OnLost(ClientProblem problem) => _done?.TrySetException(new InvalidOperationException(problem.Text));

        public void OnReply(in Reply reply, ref UaReader body)
        {
            if (reply.Status.IsBad || !AttributeServices.ReadValues(ref body, _values))
            {
                _done?.TrySetException(new InvalidOperationException(reply.Status.ToString()));
                return;
            }
            foreach (ref readonly var value in _values.AsSpan())
            {
                value.Value.TryDouble(out var number);
                _sum += number;
            }
            if (--_left > 0) Ask(_line.Client);
            else _done?.TrySetResult();
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _stop.Dispose();
        }

        private void Ask(UaClient client)
        {
            // The client's own default limits do not cut this Read: the peer reads its thousand at once, too.
            AttributeServices.WriteRead(client.Begin(AttributeServices.Read), TimestampsToReturn.Both, Doubles, _items.Written);
            client.Submit(this, 0);
        }
    }
}
