using System.Globalization;

namespace EdgeGateway.Peers;

/// <summary>How a broker is to be set up; by default open to everyone, without TLS.</summary>
public sealed record MosquittoOptions
{
    /// <summary>With a password: nobody else is let in.</summary>
    public string? Username { get; init; }

    public string? Password { get; init; }

    /// <summary>Topics that the user may write, as in an access list; null for all.</summary>
    public IReadOnlyList<string>? Writable { get; init; }

    public int? MaxPacketSize { get; init; }

    /// <summary>Messages a client may have under way; sent to it as receive maximum.</summary>
    public int? MaxInflight { get; init; }

    /// <summary>TLS with a certificate of an authority of its own.</summary>
    public bool Tls { get; init; }

    /// <summary>Names and addresses in the broker's certificate.</summary>
    public IReadOnlyList<string> CertificateHosts { get; init; } = ["127.0.0.1", "localhost"];

    /// <summary>Whether the authority of the broker's certificate has expired.</summary>
    public bool ExpiredAuthority { get; init; }

    /// <summary>Whether the broker's certificate has expired, under an authority that has not.</summary>
    public bool ExpiredCertificate { get; init; }

    /// <summary>Sessions outlive a restart, with what is queued for them; the broker is then ended in good order.</summary>
    public bool Persistent { get; init; }

    /// <summary>Clients must show a certificate of the same authority.</summary>
    public bool ClientCertificates { get; init; }
}

/// <summary>A real mosquitto on a free port of loopback. Nothing is kept over a restart, unless it is to be.</summary>
public sealed class Mosquitto : IAsyncDisposable
{
    private const string MarkerRoot = "peers";
    private MosquittoOptions _options;
    private readonly DirectoryInfo _directory;
    private readonly TestAuthority? _authority;
    private PeerProcess? _process;

    private Mosquitto(MosquittoOptions options)
    {
        _options = options;
        _directory = Directory.CreateTempSubdirectory("mosquitto-");
        if (options.Tls) _authority = new TestAuthority(_directory.FullName, expired: options.ExpiredAuthority);
        Port = FreePort.Next();
    }

    public int Port { get; private set; }

    /// <summary>As a map writes it.</summary>
    public string Url => string.Create(CultureInfo.InvariantCulture, $"{(_options.Tls ? "mqtts" : "mqtt")}://127.0.0.1:{Port}");

    /// <summary>The authority of a broker with TLS.</summary>
    public TestAuthority Authority => _authority ?? throw new InvalidOperationException("This broker has no TLS.");

    /// <summary>What the broker said since its last start.</summary>
    public string Log => _process?.Output ?? "";

    public static async Task<Mosquitto> StartAsync(MosquittoOptions? options = null)
    {
        var broker = new Mosquitto(options ?? new MosquittoOptions());
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Starts after <see cref="StopAsync"/>, on the same port.</summary>
    public async Task StartAgainAsync()
    {
        var config = Path.Combine(_directory.FullName, "m.conf");
        await File.WriteAllLinesAsync(config, await ConfigAsync());
        _process = PeerProcess.Start("/usr/sbin/mosquitto", ["-c", config, "-v"]);
        await _process.ListensAsync(Port);
    }

    /// <summary>Ends the broker at once, as a power cut does; a persistent one in good order.</summary>
    public async Task StopAsync()
    {
        if (_options.Persistent && _process is { HasExited: false } running)
        {
            running.Signal("TERM");
            await running.WaitForExitAsync();
        }
        if (_process is { } process) await process.DisposeAsync();
        _process = null;
    }

    /// <summary>The broker does nothing any more, as a machine that swaps: connections stand, and nobody reads or answers.</summary>
    public void Freeze() => _process!.Signal("STOP");

    /// <summary>It goes on.</summary>
    public void Thaw() => _process!.Signal("CONT");

    /// <summary>Changes the access list of the running broker; who is connected stays so.</summary>
    public async Task AllowAsync(params string[] writable)
    {
        var process = _process ?? throw new InvalidOperationException("The broker does not run.");
        _options = _options with { Writable = writable };
        await ConfigAsync();
        var before = process.Lines.Count;
        process.Signal("HUP");
        await Until.TrueAsync(() => process.Lines.Skip(before).Any(l => l.Contains("Reloading config", StringComparison.Ordinal)), "the broker to take the access list");
    }

    /// <summary>Subscribes with mosquitto_sub; the subscription is live on return.</summary>
    public async Task<MosquittoSub> SubscribeAsync(params string[] filters)
    {
        var marker = $"{MarkerRoot}/{Guid.NewGuid():N}";
        await PublishAsync(marker, "live", retain: true);
        List<string> arguments = [.. Client(), "-q", "1", "-F", "%j"];
        if (_options.Persistent) arguments.AddRange(["-c", "-i", "application"]);
        foreach (var filter in (string[])[.. filters, marker]) arguments.AddRange(["-t", filter]);
        return await MosquittoSub.StartAsync(arguments, marker);
    }

    /// <summary>Publishes with mosquitto_pub.</summary>
    public async Task PublishAsync(string topic, string payload, bool retain = false)
    {
        await using var publisher = PeerProcess.Start("mosquitto_pub", [.. Client(), "-q", "1", "-t", topic, "-m", payload, .. retain ? (string[])["-r"] : []]);
        await publisher.WaitForExitAsync();
        if (publisher.ExitCode != 0) throw new InvalidOperationException($"mosquitto_pub ended with {publisher.ExitCode}: {publisher.Output}\n{Log}");
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _authority?.Dispose();
        _directory.Delete(recursive: true);
    }

    private IEnumerable<string> Client()
    {
        List<string> arguments = ["-V", "5", "-h", "127.0.0.1", "-p", Port.ToString(CultureInfo.InvariantCulture)];
        if (_options.Username is not null) arguments.AddRange(["-u", _options.Username, "-P", _options.Password ?? ""]);
        if (_options.Tls) arguments.AddRange(["--cafile", Authority.CaFile, "--insecure"]);
        if (!_options.ClientCertificates) return arguments;
        var (certificate, key) = Authority.Issue("peer");
        arguments.AddRange(["--cert", certificate, "--key", key]);
        return arguments;
    }

    private async Task<List<string>> ConfigAsync()
    {
        List<string> lines =
        [
            string.Create(CultureInfo.InvariantCulture, $"listener {Port} 127.0.0.1"),
            "allow_anonymous " + (_options.Username is null ? "true" : "false"),
            "persistence " + (_options.Persistent ? "true" : "false"),
            "max_queued_messages 1000000",
        ];
        if (_options.Persistent) lines.Add($"persistence_location {_directory.FullName}/");
        // As root it would give up its rights, and with them its files.
        if (Environment.UserName == "root") lines.Add("user root");
        if (_options.MaxPacketSize is { } size) lines.Add(string.Create(CultureInfo.InvariantCulture, $"max_packet_size {size}"));
        if (_options.MaxInflight is { } inflight) lines.Add(string.Create(CultureInfo.InvariantCulture, $"max_inflight_messages {inflight}"));
        if (_options.Username is { } user)
        {
            var file = Path.Combine(_directory.FullName, "passwords");
            await using var passwd = PeerProcess.Start("mosquitto_passwd", ["-b", "-c", file, user, _options.Password ?? ""]);
            await passwd.WaitForExitAsync();
            lines.Add("password_file " + file);
        }
        if (_options.Writable is { } writable)
        {
            var file = Path.Combine(_directory.FullName, "access");
            await File.WriteAllLinesAsync(file, [$"user {_options.Username}", "topic read #", $"topic readwrite {MarkerRoot}/#", .. writable.Select(t => "topic write " + t)]);
            lines.Add("acl_file " + file);
        }
        if (!_options.Tls) return lines;
        var (certificate, key) = Authority.Issue("broker", TimeSpan.FromDays(_options.ExpiredCertificate ? 0.5 : 20), [.. _options.CertificateHosts]);
        lines.AddRange([$"cafile {Authority.CaFile}", $"certfile {certificate}", $"keyfile {key}"]);
        if (_options.ClientCertificates) lines.Add("require_certificate true");
        return lines;
    }
}
