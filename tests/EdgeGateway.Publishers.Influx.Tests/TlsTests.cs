using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;

namespace EdgeGateway.Publishers.Influx.Tests;

/// <summary>TLS against a bare TLS server; InfluxDB's own is no different, and needs no more to say 204.</summary>
public sealed class TlsTests
{
    [Fact]
    public async Task A_certificate_is_trusted_by_its_authority_and_name_only()
    {
        var folder = Directory.CreateTempSubdirectory("influx-tls-");
        using var authority = new TestAuthority(folder.FullName);
        using var stranger = new TestAuthority(folder.FullName, "stranger");
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var (certificate, key) = authority.Issue("db", "127.0.0.1");
        var serving = ServeAsync(listener, X509Certificate2.CreateFromPemFile(certificate, key), stop.Token);
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;

        await using var right = Publisher($"https://127.0.0.1:{port}", authority.CaFile);
        await right.ConnectAsync(TestContext.Current.CancellationToken);
        foreach (var (url, ca) in new[] { ($"https://127.0.0.1:{port}", stranger.CaFile), ($"https://localhost:{port}", authority.CaFile), ($"https://127.0.0.1:{port}", null) })
        {
            await using var wrong = Publisher(url, ca);
            var fault = await Assert.ThrowsAsync<PublisherException>(() => wrong.ConnectAsync(TestContext.Current.CancellationToken));
            Assert.Contains("its TLS certificate is not trusted or does not belong to", fault.Message, StringComparison.Ordinal);
            Assert.EndsWith("Check url, server_name and ca_file.", fault.Message, StringComparison.Ordinal);
        }
        await using var named = Target.Publisher(null, ("url", $"https://localhost:{port}"), ("version", "2"), ("bucket", "b"), ("ca_file", authority.CaFile), ("server_name", "127.0.0.1"));
        await named.ConnectAsync(TestContext.Current.CancellationToken);
        using var old = new TestAuthority(folder.FullName, "old", expired: true);
        await using var expired = Publisher($"https://127.0.0.1:{port}", old.CaFile);
        Assert.StartsWith($"ca_file: the authority in '{old.CaFile}' expired on ", (await Assert.ThrowsAsync<PublisherException>(() => expired.ConnectAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        await using var missing = Publisher($"https://127.0.0.1:{port}", folder.FullName + "/none.pem");
        Assert.StartsWith("ca_file: cannot read", (await Assert.ThrowsAsync<PublisherException>(() => missing.ConnectAsync(TestContext.Current.CancellationToken))).Message, StringComparison.Ordinal);
        await stop.CancelAsync();
        await serving;
        folder.Delete(recursive: true);
    }

    private static IPublisher Publisher(string url, string? ca) => Target.Publisher(null, [("url", url), ("version", "2"), ("bucket", "b"), .. ca is null ? Array.Empty<(string, string)>() : [("ca_file", ca)]]);

    private static async Task ServeAsync(TcpListener listener, X509Certificate2 certificate, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptTcpClientAsync(stop);
                await using var tls = new SslStream(client.GetStream());
                await tls.AuthenticateAsServerAsync(certificate);
                var buffer = new byte[16 * 1024];
                if (await tls.ReadAsync(buffer, stop) > 0) await tls.WriteAsync("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"u8.ToArray(), stop);
            }
            catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException or OperationCanceledException)
            {
                // A client that does not trust us ends the handshake.
            }
        }
    }
}
