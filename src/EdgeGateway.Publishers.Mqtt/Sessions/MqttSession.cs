using System.Text;
using EdgeGateway.Pipeline.Publishing;
using EdgeGateway.Publishers.Mqtt.Options;
using EdgeGateway.Publishers.Mqtt.Sending;
using MQTTnet;
using MQTTnet.Protocol;

namespace EdgeGateway.Publishers.Mqtt.Sessions;

/// <summary>One connection to a broker, from CONNECT to its end. What it can hold at once and how large a packet may be is the broker's word.</summary>
internal sealed class MqttSession : IAsyncDisposable
{
    /// <summary>How long a broker may take to answer CONNECT, TLS included.</summary>
    public static readonly TimeSpan ConnectLimit = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan EndLimit = TimeSpan.FromSeconds(1);

    private readonly IMqttClient _client;
    private readonly LineFaults _faults;
    private readonly TaskCompletionSource<MqttClientDisconnectedEventArgs> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;

    private MqttSession(IMqttClient client, LineFaults faults, TimeProvider time)
    {
        _client = client;
        _faults = faults;
        _time = time;
        _client.DisconnectedAsync += end =>
        {
            _end.TrySetResult(end);
            return Task.CompletedTask;
        };
    }

    /// <summary>Messages that may be under way unacknowledged: in_flight, or fewer where the broker's receive maximum says so.</summary>
    public int Window { get; private set; }

    /// <summary>Largest packet the broker takes, bytes.</summary>
    public long MaxPacket { get; private set; }

    /// <summary>Numbers of topics on this connection.</summary>
    public TopicAliases Aliases { get; private set; } = new(0);

    /// <summary>Connects, with a last will where there is one.</summary>
    /// <exception cref="PublisherException">Refused or out of reach.</exception>
    public static async Task<MqttSession> OpenAsync(MqttSettings settings, BrokerAddress address, string statusTopic, byte[]? will, string contentType, TimeProvider time, CancellationToken cancellationToken)
    {
        var faults = new LineFaults(settings, address, time);
        var options = OptionsOf(settings, address, statusTopic, will, contentType, time.GetUtcNow(), faults.RefuseCertificate);
        var session = new MqttSession(new MqttClientFactory().CreateMqttClient(), faults, time);
        using var limit = new CancellationTokenSource(ConnectLimit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var answer = await session._client.ConnectAsync(options, either.Token).ConfigureAwait(false);
            if (answer.ResultCode != MqttClientConnectResultCode.Success) throw faults.Refused(answer.ResultCode, answer.ReasonString);
            if (settings.IsVersion5 && answer.MaximumQoS < MqttQualityOfServiceLevel.AtLeastOnce) throw faults.Refused(MqttClientConnectResultCode.QoSNotSupported, null);
            session.Window = answer.ReceiveMaximum is > 0 and var least ? Math.Min(least, settings.InFlight) : settings.InFlight;
            if (settings is { IsVersion5: true, TopicAliases: true }) session.Aliases = new TopicAliases(answer.TopicAliasMaximum);
            session.MaxPacket = answer.MaximumPacketSize is > 0 and var most ? most : long.MaxValue;
            return session;
        }
        catch (Exception e)
        {
            session._client.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            if (limit.IsCancellationRequested) throw faults.Silent("no answer to CONNECT", ConnectLimit, e);
            throw faults.NotConnected(e);
        }
    }

    /// <summary>Sends a message; the task ends with its PUBACK. Calls are sent in their order.</summary>
    /// <remarks>Takes no token: a send that is broken off in the middle would leave half a packet on the line. Whoever will not wait closes the session.</remarks>
    public Task<MqttClientPublishResult> SendAsync(MqttApplicationMessage message)
    {
        try
        {
            return _client.PublishAsync(message, CancellationToken.None);
        }
        catch (Exception e)
        {
            return Task.FromException<MqttClientPublishResult>(e);
        }
    }

    /// <summary>Why the line broke. The client tells the reason a moment after it fails its callers: that moment is waited for.</summary>
    public async Task<PublisherException> LostAsync(Exception e)
    {
        MqttClientDisconnectedEventArgs? end = null;
        try
        {
            end = await _end.Task.WaitAsync(EndLimit, _time).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            // The client does not know of an end: then there is no reason to tell.
        }
        return _faults.Lost(e, end);
    }

    /// <summary>The broker does not acknowledge.</summary>
    public PublisherException Silent(TimeSpan limit) => _faults.Silent("a message was not acknowledged", limit);

    /// <summary>Takes leave, so that the broker drops the last will.</summary>
    public Task LeaveAsync(CancellationToken cancellationToken) => _client.DisconnectAsync(new MqttClientDisconnectOptions(), cancellationToken);

    /// <summary>Ends the line, in whatever state it is.</summary>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private static MqttClientOptions OptionsOf(MqttSettings settings, BrokerAddress address, string statusTopic, byte[]? will, string contentType, DateTimeOffset now, Action<string> refused)
    {
        var builder = new MqttClientOptionsBuilder()
            .WithProtocolVersion(settings.Protocol)
            .WithTcpServer(address.Host, address.Port)
            .WithClientId(settings.ClientId)
            .WithCleanStart(false)
            .WithKeepAlivePeriod(settings.KeepAlive)
            .WithTimeout(ConnectLimit)
            // One segment a message: two would cost a second set of headers on a metered line.
            .WithoutPacketFragmentation();
        if (will is not null)
        {
            builder.WithWillTopic(statusTopic).WithWillPayload(will).WithWillQualityOfServiceLevel(MqttQualityOfServiceLevel.AtLeastOnce).WithWillRetain();
            if (settings.IsVersion5) builder.WithWillContentType(contentType);
        }
        if (settings.IsVersion5) builder.WithSessionExpiryInterval((uint)settings.SessionExpiry.TotalSeconds).WithRequestProblemInformation();
        if (settings.Username is { } user) builder.WithCredentials(user, settings.Password is { } password ? Encoding.UTF8.GetBytes(password.Reveal()) : null);
        if (address.Tls) builder.WithTlsOptions(TlsFiles.Load(settings, address, now, refused));
        return builder.Build();
    }
}
