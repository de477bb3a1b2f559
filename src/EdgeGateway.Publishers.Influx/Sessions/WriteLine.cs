using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Influx.Options;
using EdgeGateway.Publishers.Influx.Sending;

namespace EdgeGateway.Publishers.Influx.Sessions;

/// <summary>The line to a database: posts bodies and reads the answers. One request at a time.</summary>
internal sealed class WriteLine : IDisposable
{
    // What a database says of a refusal; more is not worth reading.
    private const int MostAnswer = 64 * 1024;
    private static readonly TimeSpan Idle = TimeSpan.FromSeconds(45), Lifetime = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan BusyPause = TimeSpan.FromSeconds(5), LongestPause = TimeSpan.FromHours(1);
    private static readonly MediaTypeHeaderValue TextPlain = new("text/plain") { CharSet = "utf-8" };

    private readonly InfluxSettings _settings;
    private readonly TimeProvider _time;
    private readonly HttpClient _client;
    private readonly HttpFaults _faults;
    private readonly AuthenticationHeaderValue? _login;
    private readonly MemoryStream _packed = new();
    private long _sent;

    /// <exception cref="PublisherException">A certificate cannot be read, or the login cannot stand in a request.</exception>
    public WriteLine(InfluxSettings settings, TimeProvider time)
    {
        _settings = settings;
        _time = time;
        _faults = new HttpFaults(settings, time);
        try
        {
            _login = settings.Login();
        }
        catch (FormatException e)
        {
            throw new PublisherException("token: holds a character that cannot stand in a request, such as a line end.", e);
        }
        _client = new HttpClient(Handler(), true) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>Bytes sent, headers and TLS included. Any thread.</summary>
    public long BytesSent => Interlocked.Read(ref _sent);

    /// <summary>Writes lines.</summary>
    /// <exception cref="PublisherException">The line broke, or the database lets nobody in; nothing is known of the lines.</exception>
    public async Task<WriteAnswer> WriteAsync(ReadOnlyMemory<byte> lines, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_settings.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = Request(lines);
            using var answer = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            if (answer.StatusCode is HttpStatusCode.NoContent or HttpStatusCode.OK) return new WriteAnswer(WriteVerdict.Taken);
            return Judge(answer, await BodyAsync(answer, either.Token).ConfigureAwait(false));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw limit.IsCancellationRequested ? _faults.Silent(e) : _faults.NotReached(e);
        }
    }

    public void Dispose()
    {
        _client.Dispose();
        _packed.Dispose();
    }

    private WriteAnswer Judge(HttpResponseMessage answer, byte[] body)
    {
        switch ((int)answer.StatusCode)
        {
            case 400 or 422 when RefusalBody.Read(body) is { } refused:
                return refused;
            case 413:
                return new WriteAnswer(WriteVerdict.TooLarge, "the point alone is larger than the database or a proxy takes (HTTP 413)");
            case 429 or 503:
                return new WriteAnswer(WriteVerdict.Busy, HttpFaults.Words(answer, body)) { After = AfterOf(answer) };
            case >= 500:
                return new WriteAnswer(WriteVerdict.Busy, HttpFaults.Words(answer, body)) { After = BusyPause };
            default:
                throw _faults.Refused(answer, body);
        }
    }

    /// <summary>Retry-After in seconds or as a date, within reason.</summary>
    private TimeSpan AfterOf(HttpResponseMessage answer)
    {
        var after = answer.Headers.RetryAfter is { } header ? header.Delta ?? header.Date - _time.GetUtcNow() : null;
        if (after is not { } wish || wish <= TimeSpan.Zero) return BusyPause;
        return wish < LongestPause ? wish : LongestPause;
    }

    private static async Task<byte[]> BodyAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        await using var stream = await answer.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var body = new byte[MostAnswer];
        return body[..await stream.ReadAtLeastAsync(body, body.Length, false, cancellationToken).ConfigureAwait(false)];
    }

    private HttpRequestMessage Request(ReadOnlyMemory<byte> lines)
    {
        var content = new ReadOnlyMemoryContent(_settings.Gzip ? Pack(lines) : lines);
        content.Headers.ContentType = TextPlain;
        if (_settings.Gzip) content.Headers.ContentEncoding.Add("gzip");
        var request = new HttpRequestMessage(HttpMethod.Post, _settings.WriteUri) { Content = content };
        request.Headers.Authorization = _login;
        // The handler asks for it by SNI and checks the certificate against it.
        request.Headers.Host = _settings.ServerName;
        return request;
    }

    private ReadOnlyMemory<byte> Pack(ReadOnlyMemory<byte> lines)
    {
        _packed.SetLength(0);
        using (var gzip = new GZipStream(_packed, CompressionLevel.Fastest, true)) gzip.Write(lines.Span);
        return _packed.GetBuffer().AsMemory(0, (int)_packed.Length);
    }

    private SocketsHttpHandler Handler()
    {
        var handler = new SocketsHttpHandler
        {
            // A login belongs to the address in the map, not to wherever that one points.
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            // The limit of the whole write, and never longer.
            ConnectTimeout = _settings.Timeout,
            PooledConnectionIdleTimeout = Idle,
            PooledConnectionLifetime = Lifetime,
            MaxConnectionsPerServer = 1,
            ConnectCallback = ConnectAsync,
        };
        if (!_settings.Address.Tls) return handler;
        var tls = handler.SslOptions;
        if (_settings.CaFile is { } ca) tls.CertificateChainPolicy = PublisherTls.OnlyTrust(PublisherTls.Authorities(InfluxOptions.CaFile.Key, ca, _time.GetUtcNow()));
        if (_settings is { ClientCertificate: { } certificate, ClientKey: { } key })
        {
            tls.ClientCertificates = [PublisherTls.Certificate(InfluxOptions.ClientCertificate.Key, certificate, InfluxOptions.ClientKey.Key, key, _time.GetUtcNow())];
        }
        return handler;
    }

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken).ConfigureAwait(false);
            return new CountedStream(new NetworkStream(socket, true), bytes => Interlocked.Add(ref _sent, bytes));
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
