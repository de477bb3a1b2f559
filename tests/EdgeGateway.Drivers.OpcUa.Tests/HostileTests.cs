using System.Net;
using System.Net.Sockets;
using EdgeGateway.Drivers.OpcUa.Tests.Peers;
using EdgeGateway.Peers;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Tests;

/// <summary>A peer over real sockets that sends anything but OPC UA, or changes what a real server sends.</summary>
public sealed class HostileTests(SharedServers servers)
{
    private const int Connections = 40;

    [Fact]
    public async Task Rubbish_of_every_kind_only_makes_samples_bad()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var served = 0;
        using var stop = new CancellationTokenSource();
        var peer = Task.Run(async () =>
        {
            var random = new Random(7);
            while (!stop.IsCancellationRequested)
            {
                using var client = await listener.AcceptTcpClientAsync(stop.Token);
                var bytes = new byte[random.Next(1, 3000)];
                random.NextBytes(bytes);
                string[] heads = ["", "ACKF", "ERRF", "MSGF", "OPNF", "HTTP/1.1 400\r\n", "ACKF\x1c\0\0\0"];
                System.Text.Encoding.Latin1.GetBytes(heads[served % heads.Length]).CopyTo(bytes.AsMemory(0, Math.Min(bytes.Length, 32))[..]);
                try
                {
                    await client.GetStream().WriteAsync(bytes, stop.Token);
                    if (served % 3 == 0) client.LingerState = new LingerOption(true, 0);
                }
                catch (IOException)
                {
                    // The client has hung up already.
                }
                Interlocked.Increment(ref served);
            }
        });
        await using (var rig = Rig(((IPEndPoint)listener.LocalEndpoint).Port))
        {
            await Until.TrueAsync(() => Volatile.Read(ref served) >= Connections, "connections", TimeSpan.FromSeconds(60));
            Assert.All(rig.Sink.Of(0), s => Assert.False(s.Quality.HasValue()));
            Assert.False(string.IsNullOrEmpty(rig.Bus.Health.LastError));
        }
        await stop.CancelAsync();
        await peer.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task A_line_that_changes_bits_is_survived_and_used_again_once_it_is_clean()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = new CancellationTokenSource();
        var served = 0;
        var healthy = 0;
        var relay = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                _ = RelayAsync(client, Interlocked.Increment(ref served), () => Volatile.Read(ref healthy) == 1, stop.Token);
            }
        });
        await using (var rig = Rig(((IPEndPoint)listener.LocalEndpoint).Port))
        {
            await Until.TrueAsync(() => Volatile.Read(ref served) >= Connections, "connections", TimeSpan.FromSeconds(60));
            Volatile.Write(ref healthy, 1);
            // Without security a changed bit may have changed a value as well; what comes now is whole again.
            var before = rig.Sink.Of(0).Count;
            await Until.TrueAsync(() => rig.Sink.Of(0).Count > before + 3 && rig.Sink.Last(0) is { Number: 2.25 } s && s.Quality.HasValue(), "the true value", TimeSpan.FromSeconds(30));
        }
        await stop.CancelAsync();
        await relay.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    private BusRig Rig(int port)
    {
        var rig = new BusRig(new OpcUaServer("hostile", port, "", new object()), servers.Pki);
        rig.Connection.Set(Options.OpcUaOptions.Backoff, TimeSpan.FromMilliseconds(20)).Set(Options.OpcUaOptions.Timeout, TimeSpan.FromMilliseconds(300));
        rig.Add("F64");
        return rig.Start();
    }

    private async Task RelayAsync(TcpClient client, int number, Func<bool> healthy, CancellationToken token)
    {
        using var _ = client;
        using var server = new TcpClient();
        try
        {
            await server.ConnectAsync(IPAddress.Loopback, servers.Plain.Port, token);
            var up = client.GetStream().CopyToAsync(server.GetStream(), token);
            var random = new Random(number);
            var buffer = new byte[4096];
            // Some lines break at once, others only behind the handshake.
            var clean = random.Next(0, 3000);
            while (true)
            {
                var n = await server.GetStream().ReadAsync(buffer, token);
                if (n == 0) break;
                if (clean < n && !healthy()) buffer[random.Next(Math.Max(0, clean), n)] ^= (byte)(1 << random.Next(8));
                clean -= n;
                await client.GetStream().WriteAsync(buffer.AsMemory(0, n), token);
            }
            await up;
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // Either end hung up.
        }
    }
}
