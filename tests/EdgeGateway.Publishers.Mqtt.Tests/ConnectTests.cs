using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using EdgeGateway.Peers;
using EdgeGateway.Pipeline.Publishing;
using Microsoft.Extensions.Logging;

namespace EdgeGateway.Publishers.Mqtt.Tests;

/// <summary>Every refusal is one clear message that names the setting.</summary>
public sealed class ConnectTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("gw", "wrong", "('gw')")]
    [InlineData(null, null, "set username and password")]
    public async Task A_wrong_password_names_the_settings_and_never_the_password(string? user, string? password, string expected)
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Username = "gw", Password = "right" });
        List<(string, string)> options = [("url", broker.Url)];
        if (user is not null) options.AddRange([("username", user), ("password", password!)]);
        var message = await RefusalAsync([.. options]);
        Assert.StartsWith(broker.Url + " refused the connection: ", message, StringComparison.Ordinal);
        Assert.Contains(expected, message, StringComparison.Ordinal);
        Assert.Contains("username", message, StringComparison.Ordinal);
        Assert.Contains("password", message, StringComparison.Ordinal);
        Assert.DoesNotContain("wrong'", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_right_password_is_let_in()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Username = "gw", Password = "ríght 密码" });
        await using var publisher = Target.Publisher(null, ("url", broker.Url), ("username", "gw"), ("password", "ríght 密码"));
        await publisher.ConnectAsync(Cancel);
    }

    [Fact]
    public async Task A_port_where_nothing_listens_and_a_name_that_nobody_knows_are_told_apart()
    {
        var nothing = string.Create(CultureInfo.InvariantCulture, $"mqtt://127.0.0.1:{FreePort.Next()}");
        Assert.Equal(nothing + ": nothing listens there. Is the broker running, and are host and port of url right?", await RefusalAsync(("url", nothing)));
        Assert.Equal("mqtt://no-such-host.invalid:1883: the name 'no-such-host.invalid' is not known. Check url and the DNS of this machine.", await RefusalAsync(("url", "mqtt://no-such-host.invalid")));
    }

    [Fact]
    public async Task A_peer_that_accepts_and_says_nothing_is_given_up_and_a_cancelled_attempt_ends_at_once()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"mqtt://{listener.LocalEndpoint}";
        await using var publisher = Target.Publisher(null, ("url", url));
        using var stop = new CancellationTokenSource();
        var connecting = publisher.ConnectAsync(stop.Token);
        using var socket = await listener.AcceptSocketAsync(Cancel);
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting);
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n")]
    [InlineData("")]
    public async Task A_peer_that_is_no_broker_is_named(string answer)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var publisher = Target.Publisher(null, ("url", $"mqtt://{listener.LocalEndpoint}"));
        var connecting = publisher.ConnectAsync(Cancel);
        using (var socket = await listener.AcceptSocketAsync(Cancel))
        {
            await socket.SendAsync(System.Text.Encoding.ASCII.GetBytes(answer), Cancel);
            socket.Shutdown(SocketShutdown.Both);
        }
        var message = (await Assert.ThrowsAsync<PublisherException>(() => connecting)).Message;
        Assert.Contains("port", message, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tls_with_the_right_authority_works_and_without_it_or_with_another_name_is_refused()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true });
        await using (var publisher = Target.Publisher(null, ("url", broker.Url), ("ca_file", broker.Authority.CaFile)))
        {
            await publisher.ConnectAsync(Cancel);
            Assert.Equal([Outcome.Accepted], await PublishAsync(publisher));
        }
        using var other = new TestAuthority(broker.Authority.Directory, "other");
        foreach (var options in (List<(string, string)>[])[[], [("ca_file", other.CaFile)]])
        {
            var message = await RefusalAsync([("url", broker.Url), .. options]);
            Assert.StartsWith($"{broker.Url}: its TLS certificate is not trusted or does not belong to '127.0.0.1'", message, StringComparison.Ordinal);
            Assert.Contains("ca_file", message, StringComparison.Ordinal);
        }
        Assert.Contains("cannot read '/nowhere/ca.pem'", await RefusalAsync(("url", broker.Url), ("ca_file", "/nowhere/ca.pem")), StringComparison.Ordinal);

        await using var misnamed = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, CertificateHosts = ["other.example"] });
        Assert.Contains("does not belong to '127.0.0.1'", await RefusalAsync(("url", misnamed.Url), ("ca_file", misnamed.Authority.CaFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_is_shown_where_the_broker_wants_one()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, ClientCertificates = true });
        var (certificate, key) = broker.Authority.Issue("gw-01");
        await using (var publisher = Target.Publisher(null, ("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("client_certificate", certificate), ("client_key", key)))
        {
            await publisher.ConnectAsync(Cancel);
            Assert.Equal([Outcome.Accepted], await PublishAsync(publisher));
        }
        Assert.Contains("client_certificate", await RefusalAsync(("url", broker.Url), ("ca_file", broker.Authority.CaFile)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_certificate_of_another_authority_or_out_of_date_is_named()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, ClientCertificates = true });
        using var other = new TestAuthority(broker.Authority.Directory, "other");
        var (certificate, key) = other.Issue("stranger");
        var message = await RefusalAsync(("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("client_certificate", certificate), ("client_key", key));
        Assert.StartsWith(broker.Url, message, StringComparison.Ordinal);
        Assert.Contains($"does it trust the authority of client_certificate ('{certificate}')?", message, StringComparison.Ordinal);

        (certificate, key) = broker.Authority.Issue("gw-01", TimeSpan.FromHours(12));
        Assert.Matches($"^client_certificate: '{certificate}' expired on 20[0-9-]+ [0-9:]+Z\\.$", await RefusalAsync(("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("client_certificate", certificate), ("client_key", key)));
        // A key that is not that of the certificate.
        Assert.StartsWith("client_certificate and client_key: cannot read", await RefusalAsync(("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("client_certificate", other.Issue("a").Certificate), ("client_key", other.Issue("b").Key)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_authority_and_an_expired_certificate_are_said_to_be_so()
    {
        await using var old = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, ExpiredAuthority = true });
        Assert.Matches($"^ca_file: the authority in '{old.Authority.CaFile}' expired on 20[0-9-]+ [0-9:]+Z\\.$", await RefusalAsync(("url", old.Url), ("ca_file", old.Authority.CaFile)));
        // Beside one that is valid it has to be found out with the broker.
        using var young = new TestAuthority(old.Authority.Directory, "young");
        var both = Path.Combine(old.Authority.Directory, "both.pem");
        await File.WriteAllTextAsync(both, await File.ReadAllTextAsync(young.CaFile, Cancel) + "\n" + await File.ReadAllTextAsync(old.Authority.CaFile, Cancel), Cancel);
        Expired(old.Url, await RefusalAsync(("url", old.Url), ("ca_file", both)));

        await using var late = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, ExpiredCertificate = true });
        Expired(late.Url, await RefusalAsync(("url", late.Url), ("ca_file", late.Authority.CaFile)));

        static void Expired(string url, string message) => Assert.Matches($"^{url}: its TLS certificate, or that of an authority above it, has expired or is not valid yet; the clock of this machine says .*Z\\. Renew the certificate, or check ca_file and the clock\\.$", message);
    }

    [Fact]
    public async Task A_broker_behind_an_address_is_asked_for_and_checked_by_its_server_name()
    {
        await using var broker = await Mosquitto.StartAsync(new MosquittoOptions { Tls = true, CertificateHosts = ["broker.internal"] });
        await using (var publisher = Target.Publisher(null, ("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("server_name", "broker.internal")))
        {
            await publisher.ConnectAsync(Cancel);
            Assert.Equal([Outcome.Accepted], await PublishAsync(publisher));
        }
        var message = await RefusalAsync(("url", broker.Url), ("ca_file", broker.Authority.CaFile), ("server_name", "other.internal"));
        Assert.Contains("does not belong to 'other.internal'", message, StringComparison.Ordinal);
        Assert.Contains("server_name", message, StringComparison.Ordinal);

        // What is said by SNI: mosquitto does not tell.
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var asking = Target.Publisher(null, ("url", $"mqtts://{listener.LocalEndpoint}"), ("server_name", "broker.internal"));
        var connecting = asking.ConnectAsync(Cancel);
        using var client = await listener.AcceptTcpClientAsync(Cancel);
        string? asked = null;
        await using var tls = new System.Net.Security.SslStream(client.GetStream());
        await Assert.ThrowsAnyAsync<Exception>(() => tls.AuthenticateAsServerAsync((_, hello, _, _) =>
        {
            asked = hello.ServerName;
            throw new IOException("seen");
        }, null, Cancel));
        client.Close();
        await Assert.ThrowsAsync<PublisherException>(() => connecting);
        Assert.Equal("broker.internal", asked);
    }

    [Fact]
    public async Task Plain_text_to_another_machine_is_warned_of_once()
    {
        using var log = new Lines();
        await using var publisher = Target.Publisher(log, ("url", "mqtt://no-such-host.invalid"), ("username", "gw"), ("password", "s3cret"));
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel));
        var line = Assert.Single(log.Written);
        Assert.Contains("the password included", line, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", line, StringComparison.Ordinal);
    }

    private static async Task<string> RefusalAsync(params (string, string)[] options)
    {
        await using var publisher = Target.Publisher(null, options);
        return (await Assert.ThrowsAsync<PublisherException>(() => publisher.ConnectAsync(Cancel))).Message;
    }

    private static async Task<Outcome[]> PublishAsync(IPublisher publisher)
    {
        var outcomes = new Outcome[1];
        await publisher.PublishAsync([new RecordItem(1, Plant.Record())], outcomes, Cancel);
        return outcomes;
    }

    private sealed class Lines : ILoggerFactory, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public void AddProvider(ILoggerProvider provider)
        {
        }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Written.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
