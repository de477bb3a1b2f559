using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

// From an open channel to an active session with known namespaces and limits.
public sealed partial class UaClient
{
    private EndpointDescription? _endpoint;
    private UserTokenPolicy? _userToken;
    private SecurityPolicy _userPolicy = SecurityPolicy.None;
    private PeerCertificate? _server;
    private NodeId _token;
    private uint _mostRequest;
    private byte[] _clientNonce = [], _serverNonce = [];
    // The session's namespaces are not read yet; it was made on this channel.
    private bool _newSession, _madeHere;
    private DataValue[]? _facts;

    /// <summary>The endpoint in use, or null before one is chosen.</summary>
    public EndpointDescription? Endpoint => _endpoint;

    /// <inheritdoc/>
    void IReplyHandler.OnReply(in Reply reply, ref UaReader body)
    {
        if (reply.Tag is TagAlive or TagNamespaces)
        {
            if (Phase != ClientPhase.Ready) return;
            if (reply.Tag == TagAlive) TakeAlive(reply);
            else TakeNamespaces(reply, ref body);
            return;
        }
        switch (Phase)
        {
            case ClientPhase.Discovering:
                TakeEndpoints(reply, ref body);
                break;
            case ClientPhase.Creating:
                TakeCreated(reply, ref body);
                break;
            case ClientPhase.Activating:
                TakeActivated(reply, ref body);
                break;
            case ClientPhase.Preparing:
                TakeFacts(reply, ref body);
                break;
            case ClientPhase.Closing:
                Finish();
                break;
        }
    }

    /// <summary>True where a status says that the session is no more; the next attempt then makes a new one.</summary>
    public bool NoteStatus(StatusCode status)
    {
        if (status.Code is not (StatusCodes.BadSessionIdInvalid or StatusCodes.BadSessionClosed or StatusCodes.BadSessionNotActivated)) return false;
        _token = default;
        Lose(ProblemKind.Session, $"the server no longer knows the session ({status})");
        return true;
    }

    private void ForgetEndpoint()
    {
        _endpoint = null;
        _server?.Dispose();
        _server = null;
    }

    private void BeginOnChannel()
    {
        _madeHere = false;
        if (Phase == ClientPhase.Discovering)
        {
            var w = _channel!.Begin(ServiceIds.GetEndpoints, default, _setup.RequestTimeout);
            SessionServices.WriteGetEndpoints(w, _setup.EndpointUrl);
            Submit(this, TagHandshake);
        }
        else if (_token.IsNull) SendCreate();
        else SendActivate();
    }

    private void TakeEndpoints(in Reply reply, ref UaReader body)
    {
        if (_channel!.State == ChannelState.Closed) return;
        if (reply.Status.IsBad)
        {
            Lose(ProblemKind.Endpoint, $"the server does not tell its endpoints ({reply.Status})");
            return;
        }
        var offers = EndpointDescription.ReadArray(ref body);
        if (body.Failed)
        {
            Lose(ProblemKind.Protocol, "the list of endpoints is malformed");
            return;
        }
        if (EndpointChoice.Choose(offers, _setup.Policy, _setup.Mode, _setup.User.Type, out var endpoint, out var token) is { } refusal)
        {
            Lose(ProblemKind.Endpoint, refusal);
            return;
        }
        _userPolicy = EndpointChoice.PolicyOf(token!, _setup.Policy) ?? SecurityPolicy.None;
        var secret = _setup.User.Type != UserTokenType.Anonymous;
        if (_setup.User.Type == UserTokenType.UserName && !_userPolicy.IsSecure && _setup.Mode != MessageSecurityMode.SignAndEncrypt && !_setup.AllowClearPassword)
        {
            Lose(ProblemKind.User, "the server takes the password only in clear text; choose mode sign_and_encrypt, or allow it with allow_clear_password: true");
            return;
        }
        var certificateNeeded = _setup.Policy.IsSecure || (secret && _userPolicy.IsSecure);
        if (certificateNeeded && !TakeCertificate(endpoint!)) return;
        (_endpoint, _userToken) = (endpoint, token);
        if (!_setup.Policy.IsSecure)
        {
            if (_token.IsNull) SendCreate();
            else SendActivate();
            return;
        }
        // Discovery goes over None; the session gets a channel of its own.
        _again = true;
        _channel.Close();
        Demand = LineDemand.Close;
    }

    private bool TakeCertificate(EndpointDescription endpoint)
    {
        if (_setup.Judge.Judge(endpoint.Certificate, endpoint.ApplicationUri) is { } refusal)
        {
            Lose(ProblemKind.Certificate, refusal);
            return false;
        }
        _server?.Dispose();
        if (PeerCertificate.Read(endpoint.Certificate.Span, out _server) is not { } wrong) return true;
        Lose(ProblemKind.Certificate, "the server's certificate cannot be used: " + wrong);
        return false;
    }

    private void SendCreate()
    {
        Phase = ClientPhase.Creating;
        _clientNonce = new byte[SecurityPolicy.NonceLength];
        _setup.Random(_clientNonce);
        var certificate = _setup.Policy.IsSecure ? _setup.Identity!.Certificate.Span : default;
        var w = _channel!.Begin(ServiceIds.CreateSession, default, _setup.RequestTimeout);
        SessionServices.WriteCreate(w, _setup.ApplicationUri, _setup.ApplicationName, _setup.EndpointUrl, _setup.SessionName, _clientNonce, certificate, _setup.SessionTimeout / 1000.0, _setup.Limits.MaxMessageSize);
        Submit(this, TagHandshake);
    }

    private void TakeCreated(in Reply reply, ref UaReader body)
    {
        if (_channel!.State == ChannelState.Closed) return;
        if (reply.Status.IsBad)
        {
            ForgetEndpoint();
            Lose(ProblemKind.Session, reply.Status.Code == StatusCodes.BadTooManySessions
                ? "the server has no free session; close other clients, or wait until lost sessions time out"
                : $"the server refused a session ({reply.Status})");
            return;
        }
        if (SessionServices.ReadCreated(ref body) is not { } created)
        {
            Lose(ProblemKind.Protocol, "the answer to CreateSession is malformed");
            return;
        }
        var wrong = _setup.Policy.IsSecure ? SessionProofs.Check(created, _setup.Policy, _server!, _setup.Identity!.Certificate.Span, _clientNonce) : null;
        if (wrong is null && !created.Endpoints.IsEmpty && !EndpointChoice.StillOffered(created.Endpoints, _endpoint!, _userToken!))
            wrong = "the endpoints told in the session are not those told at discovery";
        if (wrong is not null)
        {
            ForgetEndpoint();
            Lose(ProblemKind.Certificate, "the session was not trusted: " + wrong);
            return;
        }
        SessionsCreated++;
        _newSession = _madeHere = true;
        _token = _channel.SessionToken = created.Token;
        _serverNonce = created.ServerNonce;
        _mostRequest = created.MaxRequest;
        SendActivate();
    }

    private void SendActivate()
    {
        Phase = ClientPhase.Activating;
        _channel!.SessionToken = _token;
        _channel.MostRequest = _mostRequest;
        var token = new UaWriter();
        SessionProofs.WriteToken(token, _setup.User, _userToken!, _userPolicy, _server, _serverNonce);
        var leaf = _server is null ? default : _server.Leaf.Span;
        var own = _setup.Policy.IsSecure ? SessionProofs.Sign(_setup.Policy, _setup.Identity!.Key, leaf, _serverNonce) : SignatureData.None;
        var user = _setup.User.Type == UserTokenType.Certificate && _userPolicy.IsSecure
            ? SessionProofs.Sign(_userPolicy, _setup.User.Certificate!.Key, leaf, _serverNonce)
            : SignatureData.None;
        SessionServices.WriteActivate(Begin(ServiceIds.ActivateSession), own, token.Written, user);
        Submit(this, TagHandshake);
    }

    private void TakeActivated(in Reply reply, ref UaReader body)
    {
        if (_channel!.State == ChannelState.Closed) return;
        if (reply.Status.IsBad)
        {
            if (reply.Status.Code == StatusCodes.BadTimeout)
            {
                // The session may well live on; a server with few of them must not be left with an orphan.
                Lose(ProblemKind.Silence, "the server does not answer ActivateSession");
                return;
            }
            _token = default;
            // Second step of the ladder: the old session is gone, a new one is made on the same channel.
            if (!_madeHere)
            {
                SendCreate();
                return;
            }
            ForgetEndpoint();
            var user = reply.Status.Code is StatusCodes.BadIdentityTokenRejected or StatusCodes.BadIdentityTokenInvalid or StatusCodes.BadUserAccessDenied;
            Lose(user ? ProblemKind.User : ProblemKind.Session, user ? $"the server refused {_setup.User} ({reply.Status}); check user and password" : $"the server did not activate the session ({reply.Status})");
            return;
        }
        _serverNonce = SessionServices.ReadActivated(ref body);
        if (body.Failed)
        {
            Lose(ProblemKind.Protocol, "the answer to ActivateSession is malformed");
            return;
        }
        if (_newSession) SendFacts();
        else
        {
            SessionsResumed++;
            BecomeReady();
        }
    }

    private void SendFacts()
    {
        Phase = ClientPhase.Preparing;
        var items = new ReadItem[1 + OperationLimits.Nodes.Length];
        items[0] = new ReadItem(new NodeId(0, NamespaceArray));
        for (var i = 0; i < OperationLimits.Nodes.Length; i++) items[i + 1] = new ReadItem(new NodeId(0, OperationLimits.Nodes[i]));
        AttributeServices.WriteRead(Begin(ServiceIds.Read), TimestampsToReturn.Neither, items);
        Submit(this, TagHandshake);
    }

    private void TakeFacts(in Reply reply, ref UaReader body)
    {
        if (_channel!.State == ChannelState.Closed) return;
        _facts ??= new DataValue[1 + OperationLimits.Nodes.Length];
        if (reply.Status.IsBad || !AttributeServices.ReadValues(ref body, _facts) || NamespaceTable.Read(_facts[0].Value, body.Data) is not { } table)
        {
            if (!NoteStatus(reply.Status)) Lose(ProblemKind.Session, $"the server does not tell its namespaces ({reply.Status})");
            return;
        }
        Namespaces = table;
        for (var i = 0; i < OperationLimits.Nodes.Length; i++) Limits.Say((Operation)i, _facts[i + 1]);
        BecomeReady();
    }

    private void BecomeReady()
    {
        Phase = ClientPhase.Ready;
        Problem = null;
        _readySince = _aliveAsked = _now;
        var newSession = _newSession;
        _newSession = false;
        Subscriptions.OnReady(newSession);
        _listener.OnReady(newSession);
    }

    private void TakeAlive(in Reply reply)
    {
        // A refusal is a sign of life as well; only lost sessions and silence matter here.
        if (reply.Status.IsBad) NoteStatus(reply.Status);
    }

    /// <summary>Reads the namespaces once more: a server may gain some while it runs.</summary>
    public void RefreshNamespaces()
    {
        if (Phase != ClientPhase.Ready) return;
        AttributeServices.WriteRead(Begin(ServiceIds.Read), TimestampsToReturn.Neither, [new ReadItem(new NodeId(0, NamespaceArray))]);
        Submit(this, TagNamespaces);
    }

    private void TakeNamespaces(in Reply reply, ref UaReader body)
    {
        var value = new DataValue[1];
        if (!reply.Status.IsBad && AttributeServices.ReadValues(ref body, value) && NamespaceTable.Read(value[0].Value, body.Data) is { } table) Namespaces = table;
    }
}
