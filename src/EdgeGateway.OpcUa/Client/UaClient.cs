using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>What the client wants of its line.</summary>
public enum LineDemand : byte
{
    /// <summary>Leave it as it is.</summary>
    None = 0,
    /// <summary>Open a connection to the endpoint's host and port, then call <see cref="UaClient.LineOpened"/> or <see cref="UaClient.LineClosed"/>.</summary>
    Open,
    /// <summary>Send what is in <see cref="UaClient.Output"/>, close the connection, then call <see cref="UaClient.LineClosed"/>.</summary>
    Close,
}

/// <summary>Where a client stands.</summary>
public enum ClientPhase : byte
{
    /// <summary>Not started.</summary>
    Idle = 0,
    /// <summary>Asking for endpoints.</summary>
    Discovering,
    /// <summary>Opening the channel.</summary>
    Opening,
    /// <summary>Creating a session.</summary>
    Creating,
    /// <summary>Activating a session.</summary>
    Activating,
    /// <summary>Reading namespaces and limits.</summary>
    Preparing,
    /// <summary>In session.</summary>
    Ready,
    /// <summary>Waiting for the next attempt.</summary>
    Waiting,
    /// <summary>Closing for good.</summary>
    Closing,
    /// <summary>Closed for good.</summary>
    Stopped,
}

/// <summary>Hears of a client's fortunes, inside its calls.</summary>
public interface IClientListener
{
    /// <summary>The session is active.</summary>
    /// <param name="newSession">True where it is another one than before: namespaces and registered nodes must be looked up anew.</param>
    void OnReady(bool newSession);

    /// <summary>The session cannot be used for now.</summary>
    void OnLost(ClientProblem problem);
}

/// <summary>An OPC UA client without I/O: endpoint choice, channel, session, subscriptions and the reconnect ladder, fed with bytes and time. Not thread-safe.</summary>
/// <remarks>
/// The ladder: (a) a new channel and the old session, then Republish; (b) a new session, TransferSubscriptions, Republish; (c) everything made anew, namespaces and limits read again.
/// There is no last attempt. Times are microseconds of any monotonic clock.
/// </remarks>
public sealed partial class UaClient : IReplyHandler, IDisposable
{
    private const int TagHandshake = 1, TagAlive = 2, TagNamespaces = 3;
    private const int MaxTimeouts = 2;
    private const long SteadyAfter = 10_000_000;
    private const uint ServerState = 2259, NamespaceArray = 2255;

    private readonly ClientSetup _setup;
    private readonly IClientListener _listener;
    private readonly Backoff _backoff;
    private readonly UaWriter _none = new();
    private ClientChannel? _channel;
    private bool _lineOpen, _begun, _again;
    private long _now, _retryAt = long.MaxValue, _readySince, _heardAt, _aliveAsked, _closeBy = long.MaxValue;

    /// <summary>Makes a client; <see cref="Start"/> begins it.</summary>
    public UaClient(ClientSetup setup, IClientListener listener)
    {
        ArgumentNullException.ThrowIfNull(setup);
        if (setup.Policy.IsSecure && setup.Identity is null) throw new ArgumentException("A secure policy needs an own certificate.", nameof(setup));
        if (setup.Policy.IsSecure != setup.Mode >= MessageSecurityMode.Sign) throw new ArgumentException("Mode None belongs to policy None, the other modes to the other policies.", nameof(setup));
        (_setup, _listener) = (setup, listener);
        _backoff = new Backoff(setup.LongestBackoff, setup.Jitter);
        Subscriptions = new SubscriptionEngine(this);
    }

    /// <summary>What the pump is to do with the line.</summary>
    public LineDemand Demand { get; private set; }

    /// <summary>Where the client stands.</summary>
    public ClientPhase Phase { get; private set; }

    /// <summary>Why there is no session, or null.</summary>
    public ClientProblem? Problem { get; private set; }

    /// <summary>The server's namespaces in this session.</summary>
    public NamespaceTable Namespaces { get; private set; } = NamespaceTable.Empty;

    /// <summary>How many operations a request may hold.</summary>
    public OperationLimits Limits { get; } = new();

    /// <summary>The subscriptions.</summary>
    public SubscriptionEngine Subscriptions { get; }

    /// <summary>The channel, or null.</summary>
    public ClientChannel? Channel => _channel;

    /// <summary>Sessions created so far.</summary>
    public int SessionsCreated { get; private set; }

    /// <summary>Sessions taken up again over a new channel.</summary>
    public int SessionsResumed { get; private set; }

    /// <summary>Bytes to send; the pump copies and clears it after every call.</summary>
    public UaWriter Output => _channel?.Output ?? _none;

    /// <summary>Added to the client's clock for request timestamps, microseconds.</summary>
    public long UtcOffset { get; set; }

    /// <summary>When <see cref="Advance"/> must be called at the latest.</summary>
    public long NextDeadline
    {
        get
        {
            if (Phase == ClientPhase.Waiting) return _retryAt;
            var next = Math.Min(_channel?.NextDeadline ?? long.MaxValue, _closeBy);
            return Phase == ClientPhase.Ready ? Math.Min(next, Math.Min(AliveDue, Subscriptions.NextDeadline)) : next;
        }
    }

    private long AliveDue => Math.Max(_heardAt, _aliveAsked) + _setup.KeepAlive;

    /// <summary>Begins.</summary>
    public void Start(long now)
    {
        _now = now;
        OpenLine();
    }

    /// <summary>The connection stands.</summary>
    public void LineOpened(long now)
    {
        _now = now;
        Demand = LineDemand.None;
        _lineOpen = true;
        _begun = false;
        var secure = Phase == ClientPhase.Opening && _setup.Policy.IsSecure;
        _channel = new ClientChannel(new ChannelSetup
        {
            EndpointUrl = _setup.EndpointUrl,
            Policy = secure ? _setup.Policy : SecurityPolicy.None,
            Mode = secure ? _setup.Mode : MessageSecurityMode.None,
            Local = secure ? _setup.Identity : null,
            Remote = secure ? _server : null,
            Random = _setup.Random,
            Limits = _setup.Limits,
            TokenLifetime = _setup.TokenLifetime,
            OpenTimeout = _setup.RequestTimeout * 2,
        }) { UtcOffset = UtcOffset };
        _channel.Start(now);
    }

    /// <summary>The connection could not be made, was closed by the other end, or was closed as demanded.</summary>
    /// <param name="now">Time.</param>
    /// <param name="text">What happened, for people; null where it was demanded.</param>
    public void LineClosed(long now, string? text = null)
    {
        _now = now;
        _lineOpen = false;
        var demanded = Demand == LineDemand.Close;
        Demand = LineDemand.None;
        if (Phase is ClientPhase.Closing or ClientPhase.Stopped)
        {
            DropChannel();
            Phase = ClientPhase.Stopped;
            return;
        }
        if (!demanded) Lose(ProblemKind.Line, text ?? "the connection was closed");
        DropChannel();
        if (_again)
        {
            _again = false;
            OpenLine();
        }
    }

    /// <summary>Takes bytes from the connection.</summary>
    public void Receive(ReadOnlySpan<byte> data, long now)
    {
        _now = _heardAt = now;
        if (_channel is null) return;
        _channel.UtcOffset = UtcOffset;
        _channel.Receive(data, now);
        Step();
    }

    /// <summary>Lets time pass.</summary>
    public void Advance(long now)
    {
        _now = now;
        if (Phase == ClientPhase.Waiting && now >= _retryAt && !_lineOpen) OpenLine();
        if (Phase == ClientPhase.Closing && now >= _closeBy) Finish();
        if (_channel is null) return;
        _channel.UtcOffset = UtcOffset;
        _channel.Advance(now);
        if (Phase == ClientPhase.Ready)
        {
            if (_channel.Timeouts >= MaxTimeouts) Lose(ProblemKind.Silence, "the server no longer answers");
            else if (now >= AliveDue) AskAlive();
        }
        Step();
    }

    /// <summary>Ends for good: closes the session with its subscriptions, then channel and line. <see cref="Phase"/> is Stopped once that is done.</summary>
    public void Stop(long now)
    {
        _now = now;
        if (Phase is ClientPhase.Closing or ClientPhase.Stopped) return;
        var open = _channel?.State == ChannelState.Open && !_token.IsNull && Phase is ClientPhase.Activating or ClientPhase.Preparing or ClientPhase.Ready;
        Phase = ClientPhase.Closing;
        if (!open)
        {
            Finish();
            return;
        }
        SessionServices.WriteClose(Begin(ServiceIds.CloseSession), deleteSubscriptions: true);
        _closeBy = now + Math.Min(2_000_000, _setup.RequestTimeout);
        Submit(this, TagHandshake);
    }

    /// <summary>Begins a request of the session; write its body, then <see cref="Submit"/>.</summary>
    public UaWriter Begin(uint service, long timeout = 0) => (_channel ?? throw new InvalidOperationException("There is no channel.")).Begin(service, _token, timeout == 0 ? _setup.RequestTimeout : timeout);

    /// <summary>Sends what was begun; its end is told to <paramref name="handler"/>, never from within this call.</summary>
    public void Submit(IReplyHandler handler, int tag, long timeout = 0) => _channel!.Submit(handler, tag, timeout == 0 ? _setup.RequestTimeout : timeout, _now);

    /// <summary>The time of the call under way.</summary>
    internal long Now => _now;

    /// <inheritdoc/>
    public void Dispose()
    {
        DropChannel();
        _server?.Dispose();
        _server = null;
    }

    private void OpenLine()
    {
        Phase = _endpoint is null || !_setup.Policy.IsSecure ? ClientPhase.Discovering : ClientPhase.Opening;
        Demand = LineDemand.Open;
    }

    private void DropChannel()
    {
        _channel?.Dispose();
        _channel = null;
    }

    private void Step()
    {
        if (_channel is null) return;
        if (_channel.State == ChannelState.Open && !_begun && Phase is ClientPhase.Discovering or ClientPhase.Opening)
        {
            _begun = true;
            BeginOnChannel();
        }
        if (Phase == ClientPhase.Ready) Subscriptions.Advance();
        if (_channel.State != ChannelState.Closed || Demand == LineDemand.Close) return;
        if (Phase == ClientPhase.Closing) Finish();
        else LoseChannel(_channel);
    }

    private void AskAlive()
    {
        _aliveAsked = _now;
        AttributeServices.WriteRead(Begin(ServiceIds.Read), TimestampsToReturn.Neither, [new ReadItem(new NodeId(0, ServerState))]);
        Submit(this, TagAlive);
    }

    /// <summary>Gives the session up for now: the line is closed, and a later attempt takes it up again where the server still knows it.</summary>
    internal void Lose(ProblemKind kind, string text)
    {
        if (Phase is ClientPhase.Closing or ClientPhase.Stopped or ClientPhase.Waiting) return;
        if (Phase == ClientPhase.Ready && _now - _readySince >= SteadyAfter) _backoff.Reset();
        Phase = ClientPhase.Waiting;
        Problem = new ClientProblem(kind, text);
        _retryAt = _now + _backoff.Next();
        Subscriptions.OnLost();
        _channel?.Close();
        if (_lineOpen) Demand = LineDemand.Close;
        _listener.OnLost(Problem);
    }

    private void LoseChannel(ClientChannel channel)
    {
        var early = Phase != ClientPhase.Ready;
        var said = channel.FaultStatus.IsBad ? $" ({channel.FaultStatus}{(channel.FaultText is null ? "" : ": " + channel.FaultText)})" : "";
        switch (channel.Fault)
        {
            case ChannelFault.ErrorReceived or ChannelFault.Refused:
                // A server that restarted with another certificate is only found by asking again.
                if (early) ForgetEndpoint();
                var certificate = early && channel.FaultStatus.Code is StatusCodes.BadSecurityChecksFailed or StatusCodes.BadCertificateUntrusted or StatusCodes.BadCertificateInvalid;
                Lose(certificate ? ProblemKind.Certificate : ProblemKind.Protocol,
                    certificate ? $"the server refused the channel{said}; it may not trust this gateway's certificate yet: accept it in the server's list of rejected certificates" : $"the server ended the channel{said}");
                break;
            case ChannelFault.Timeout:
                Lose(ProblemKind.Silence, "the server does not answer on the channel");
                break;
            case ChannelFault.Closed:
                Lose(ProblemKind.Line, "the server closed the channel");
                break;
            default:
                if (early) ForgetEndpoint();
                Lose(ProblemKind.Protocol, $"the channel failed: {channel.Fault}{said}");
                break;
        }
    }

    private void Finish()
    {
        _closeBy = long.MaxValue;
        _channel?.Close();
        if (_lineOpen) Demand = LineDemand.Close;
        else
        {
            Demand = LineDemand.None;
            Phase = ClientPhase.Stopped;
        }
    }
}
