using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Where a channel stands.</summary>
public enum ChannelState : byte
{
    /// <summary>Not begun.</summary>
    New = 0,
    /// <summary>HEL is sent.</summary>
    Greeting,
    /// <summary>OPN is sent.</summary>
    Opening,
    /// <summary>Requests may be sent.</summary>
    Open,
    /// <summary>Ended; see <see cref="ClientChannel.Fault"/>.</summary>
    Closed,
}

/// <summary>A secure channel over one connection, without I/O: bytes in by <see cref="Receive"/>, time in by <see cref="Advance"/>, bytes out in <see cref="Output"/>. Not thread-safe.</summary>
/// <remarks>
/// Requests are matched by id; answers may come in any order. Renewal happens at 75 % of the revised lifetime while other requests keep flowing.
/// A damaged, forged or oversized chunk ends the channel; an abort chunk ends only its request. Times are microseconds of any monotonic clock.
/// </remarks>
public sealed partial class ClientChannel : IDisposable
{
    private readonly ChannelSetup _setup;
    private readonly SecureConversation _conversation;
    private readonly ChunkScanner _scanner;
    private readonly MessageAssembler _assembler;
    private readonly PendingRequests _pending = new();
    private readonly UaWriter _request = new();
    private readonly UaWriter _open = new();
    private byte[] _nonce = [];
    private uint _nextRequest, _openRequest, _handle;
    private long _openDeadline = long.MaxValue, _renewAt = long.MaxValue, _now;

    /// <summary>Makes a channel; <see cref="Start"/> begins it.</summary>
    public ClientChannel(ChannelSetup setup)
    {
        ArgumentNullException.ThrowIfNull(setup);
        _setup = setup;
        _conversation = new SecureConversation(setup.Policy, setup.Mode, setup.Local, setup.Remote, setup.FirstSequence);
        _scanner = new ChunkScanner((int)setup.Limits.ReceiveBufferSize);
        _assembler = new MessageAssembler((int)setup.Limits.MaxMessageSize, (int)setup.Limits.MaxChunkCount);
    }

    /// <summary>Where it stands.</summary>
    public ChannelState State { get; private set; }

    /// <summary>Why it ended.</summary>
    public ChannelFault Fault { get; private set; }

    /// <summary>The code that came with the end, where one came.</summary>
    public StatusCode FaultStatus { get; private set; }

    /// <summary>The words that came with the end, or null.</summary>
    public string? FaultText { get; private set; }

    /// <summary>Security policy and certificates in force.</summary>
    public SecureConversation Conversation => _conversation;

    /// <summary>Lifetime the server granted, microseconds.</summary>
    public long RevisedLifetime { get; private set; }

    /// <summary>Tokens received, the first included.</summary>
    public int Tokens { get; private set; }

    /// <summary>Requests without an answer.</summary>
    public int Outstanding => _pending.Count;

    /// <summary>Requests in a row that timed out without any answer between them: a frozen server.</summary>
    public int Timeouts { get; private set; }

    /// <summary>Bytes to send. The pump copies and clears it after every call.</summary>
    public UaWriter Output { get; } = new();

    /// <summary>Added to the channel's clock for the timestamps of request headers, microseconds.</summary>
    public long UtcOffset { get; set; }

    /// <summary>The session's token, for cancelling requests that timed out.</summary>
    public NodeId SessionToken { get; set; }

    /// <summary>Most bytes of a request that the session takes, 0 for no limit.</summary>
    public uint MostRequest { get; set; }

    /// <summary>When <see cref="Advance"/> must be called at the latest.</summary>
    public long NextDeadline => State == ChannelState.Closed ? long.MaxValue : Math.Min(Math.Min(_openDeadline, _renewAt), _pending.NextDeadline);

    /// <summary>Begins: the connection stands.</summary>
    public void Start(long now)
    {
        _now = now;
        State = ChannelState.Greeting;
        _openDeadline = now + _setup.OpenTimeout;
        TransportMessages.WriteHello(Output, _setup.Limits, _setup.EndpointUrl);
    }

    /// <summary>Takes bytes from the connection, cut anywhere; calls handlers of answered requests.</summary>
    public void Receive(ReadOnlySpan<byte> data, long now)
    {
        _now = now;
        while (State != ChannelState.Closed)
        {
            switch (_scanner.Scan(ref data, out var header, out var chunk))
            {
                case ScanStatus.NeedMore:
                    return;
                case ScanStatus.BadHeader:
                    End(ChannelFault.Malformed);
                    return;
                case ScanStatus.BadSize:
                    End(ChannelFault.LimitExceeded);
                    return;
                default:
                    Take(header, chunk);
                    break;
            }
        }
    }

    /// <summary>Lets time pass: timeouts, renewal.</summary>
    public void Advance(long now)
    {
        _now = now;
        if (State == ChannelState.Closed) return;
        if (now >= _openDeadline)
        {
            End(ChannelFault.Timeout, new StatusCode(StatusCodes.BadTimeout));
            return;
        }
        if (now >= _renewAt) SendOpen(renew: true);
        _conversation.Expire(now);
        while (_pending.TryTakeOverdue(now, out var late))
        {
            // A request that waited for the channel or was too large was never sent; all others are cancelled at the server.
            if (late.Failure == 0)
            {
                Timeouts++;
                SendCancel(late.Handle);
            }
            Finish(late, new StatusCode(late.Failure == 0 ? StatusCodes.BadTimeout : late.Failure));
        }
    }

    /// <summary>Begins a request: writes its header and gives the writer for its body; <see cref="Submit"/> sends it. One at a time.</summary>
    public UaWriter Begin(uint service, NodeId sessionToken, long timeout)
    {
        // The server gives up before we do, within bounds.
        var hint = (uint)Math.Clamp(timeout / 1000, 1, 600_000);
        Headers.WriteRequest(_request, service, sessionToken, _now + UtcOffset, ++_handle, hint);
        return _request;
    }

    /// <summary>Sends what was begun. Its end is told to <paramref name="handler"/>, at once or later, never from within this call.</summary>
    public void Submit(IReplyHandler handler, int tag, long timeout, long now)
    {
        _now = now;
        var failure = State != ChannelState.Open ? StatusCodes.BadSecureChannelClosed
            : (MostRequest == 0 || _request.Length <= MostRequest) && _conversation.WriteMessage(Output, "MSG"u8, NextRequestId(), _request.Written) ? 0 : StatusCodes.BadRequestTooLarge;
        if (failure != 0) NextRequestId();
        _pending.Add(_nextRequest, _handle, handler, tag, now, failure == 0 ? now + timeout : now, failure);
    }

    /// <summary>Ends: sends CLO where the channel is open, and ends all requests.</summary>
    public void Close()
    {
        if (State == ChannelState.Open)
        {
            Headers.WriteRequest(_request, ServiceIds.CloseSecureChannel, default, _now + UtcOffset, ++_handle, 1000);
            _conversation.WriteMessage(Output, "CLO"u8, NextRequestId(), _request.Written);
        }
        End(ChannelFault.Closed);
    }

    /// <summary>The connection broke.</summary>
    public void Broken(long now)
    {
        _now = now;
        End(ChannelFault.Closed);
    }

    /// <summary>Zeroes keys and gives buffers back.</summary>
    public void Dispose()
    {
        End(ChannelFault.Closed);
        _conversation.Dispose();
        _assembler.Dispose();
    }

    private uint NextRequestId()
    {
        do _nextRequest++;
        while (_nextRequest == 0 || _pending.Contains(_nextRequest));
        return _nextRequest;
    }

    private void Take(in ChunkHeader header, Span<byte> chunk)
    {
        switch (header.Type)
        {
            case ChunkType.Acknowledge when State == ChannelState.Greeting:
                TakeAcknowledge(chunk);
                break;
            case ChunkType.Error:
                var (code, reason) = TransportMessages.ReadError(chunk);
                End(ChannelFault.ErrorReceived, code, reason);
                break;
            case ChunkType.Open when _openRequest != 0:
                TakeOpen(chunk);
                break;
            case ChunkType.Message when State == ChannelState.Open:
                TakeMessage(header.Flag, chunk);
                break;
            case ChunkType.Close:
                End(ChannelFault.Closed);
                break;
            default:
                End(ChannelFault.Malformed);
                break;
        }
    }

    private void TakeMessage(byte flag, Span<byte> chunk)
    {
        var fault = _conversation.ReadMessage(chunk, _now, out var requestId, out var body);
        if (fault != ChannelFault.None)
        {
            End(fault);
            return;
        }
        if (flag == ChunkHeader.Aborted)
        {
            _assembler.Drop(requestId);
            if (!_pending.TryTake(requestId, out var aborted)) return;
            var e = new UaReader(body);
            var code = e.UInt32();
            Finish(aborted, new StatusCode(code >= 0x8000_0000 ? code : StatusCodes.BadCommunicationError));
            return;
        }
        if (!_assembler.TryAdd(requestId, flag == ChunkHeader.Final, body, out var message))
        {
            End(ChannelFault.LimitExceeded);
            return;
        }
        // Late answers of requests that were given up end here, too.
        if (flag != ChunkHeader.Final || !_pending.TryTake(requestId, out var request)) return;
        Timeouts = 0;
        var r = new UaReader(message);
        if (!Headers.TryReadResponse(ref r, out var type, out var handle, out var status, out var serverTime)) status = new StatusCode(StatusCodes.BadDecodingError);
        else if (status.IsBad) { }
        else if (type == ServiceIds.ServiceFault) status = new StatusCode(StatusCodes.BadUnexpectedError);
        else if (handle != request.Handle) status = new StatusCode(StatusCodes.BadUnknownResponse);
        request.Handler.OnReply(new Reply(status, status.IsBad ? 0 : type, request.Tag, request.SentAt, _now, serverTime), ref r);
    }

    private void SendCancel(uint handle)
    {
        if (State != ChannelState.Open) return;
        // Without a session's token the server may ignore it; the answer, if any, is ignored as well.
        Headers.WriteRequest(_request, ServiceIds.Cancel, SessionToken, _now + UtcOffset, ++_handle, 1000);
        _request.UInt32(handle);
        _conversation.WriteMessage(Output, "MSG"u8, NextRequestId(), _request.Written);
    }

    private void End(ChannelFault fault, StatusCode status = default, string? text = null)
    {
        if (State == ChannelState.Closed) return;
        State = ChannelState.Closed;
        (Fault, FaultStatus, FaultText) = (fault, status, text);
        _openDeadline = _renewAt = long.MaxValue;
        while (_pending.TryTakeAny(out var request)) Finish(request, new StatusCode(StatusCodes.BadSecureChannelClosed));
        _assembler.Dispose();
    }

    private void Finish(in PendingRequest request, StatusCode status)
    {
        var none = new UaReader();
        request.Handler.OnReply(new Reply(status, 0, request.Tag, request.SentAt, _now), ref none);
    }
}
