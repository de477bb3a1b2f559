using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

// ACK and OPN: limits agreed, tokens issued and renewed (OPC 10000-6, 7.1.2 and 6.7.4).
public sealed partial class ClientChannel
{
    private void TakeAcknowledge(ReadOnlySpan<byte> chunk)
    {
        if (!TransportMessages.TryReadAcknowledge(chunk, out var limits))
        {
            End(ChannelFault.Malformed);
            return;
        }
        _conversation.SendLimit = (int)Math.Min(limits.ReceiveBufferSize, _setup.Limits.SendBufferSize);
        _conversation.MaxSendMessage = limits.MaxMessageSize;
        _conversation.MaxSendChunks = limits.MaxChunkCount;
        State = ChannelState.Opening;
        SendOpen(renew: false);
    }

    private void SendOpen(bool renew)
    {
        _renewAt = long.MaxValue;
        _openDeadline = _now + _setup.OpenTimeout;
        _nonce = [];
        if (_setup.Policy.IsSecure)
        {
            _nonce = new byte[SecurityPolicy.NonceLength];
            _setup.Random(_nonce);
        }
        Headers.WriteRequest(_open, ServiceIds.OpenSecureChannel, default, _now + UtcOffset, ++_handle, (uint)(_setup.OpenTimeout / 1000));
        _open.UInt32(0).UInt32(renew ? 1u : 0u).UInt32((uint)_setup.Mode);
        if (_setup.Policy.IsSecure) _open.Octets(_nonce);
        else _open.ByteString(null);
        _open.UInt32((uint)(_setup.TokenLifetime / 1000));
        _openRequest = NextRequestId();
        _conversation.WriteOpen(Output, _openRequest, _open.Written);
    }

    private void TakeOpen(ReadOnlySpan<byte> chunk)
    {
        var fault = _conversation.ReadOpen(chunk, out var requestId, out var body);
        if (fault != ChannelFault.None || requestId != _openRequest)
        {
            End(fault == ChannelFault.None ? ChannelFault.Malformed : fault);
            return;
        }
        var r = new UaReader(body);
        if (!Headers.TryReadResponse(ref r, out var type, out _, out var status, out _))
        {
            End(ChannelFault.Malformed);
            return;
        }
        if (status.IsBad || type != ServiceIds.AnswerTo(ServiceIds.OpenSecureChannel))
        {
            End(ChannelFault.Refused, status.IsBad ? status : new StatusCode(StatusCodes.BadUnknownResponse));
            return;
        }
        r.Skip(4);
        var (channel, token) = (r.UInt32(), r.UInt32());
        r.Skip(8);
        var lifetime = r.UInt32() * 1000L;
        var nonce = r.Octets();
        // A nonce shorter than the policy demands would weaken every key.
        if (r.Failed || channel == 0 || lifetime == 0 || (_conversation.ChannelId != 0 && channel != _conversation.ChannelId) ||
            (_setup.Policy.IsSecure && nonce.Length != SecurityPolicy.NonceLength))
        {
            End(ChannelFault.Malformed);
            return;
        }
        _conversation.Install(channel, token, _nonce, nonce, _now + RevisedLifetime / 2);
        System.Security.Cryptography.CryptographicOperations.ZeroMemory(_nonce);
        RevisedLifetime = lifetime;
        Tokens++;
        _renewAt = _now + lifetime * 3 / 4;
        _openDeadline = long.MaxValue;
        _openRequest = 0;
        Timeouts = 0;
        State = ChannelState.Open;
    }
}
