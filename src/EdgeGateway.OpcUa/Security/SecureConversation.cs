using System.Buffers.Binary;
using System.Security.Cryptography;
using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Security;

/// <summary>One end of a secure conversation: makes chunks of messages and messages of chunks, under a policy, a mode and a series of tokens (OPC 10000-6, 6.7). Not thread-safe.</summary>
/// <param name="policy">Algorithms.</param>
/// <param name="mode">Whether messages are signed, and encrypted.</param>
/// <param name="local">Certificate and key of this end; null under policy None.</param>
/// <param name="remote">Certificate of the other end; null under policy None.</param>
/// <param name="firstSequence">Number before that of the first chunk.</param>
public sealed class SecureConversation(SecurityPolicy policy, MessageSecurityMode mode, ApplicationIdentity? local, PeerCertificate? remote, uint firstSequence = 0) : IDisposable
{
    private const int SequenceHeader = 8;
    private const int SymmetricHeader = 16;
    private readonly SequenceSender _sender = new(firstSequence);
    private readonly SequenceReceiver _receiver = new();
    private Token? _current, _previous;

    /// <summary>Algorithms.</summary>
    public SecurityPolicy Policy => policy;

    /// <summary>Whether messages are signed, and encrypted.</summary>
    public MessageSecurityMode Mode => mode;

    /// <summary>Certificate of the other end, or null.</summary>
    public PeerCertificate? Remote => remote;

    /// <summary>The channel's id; 0 before the first token.</summary>
    public uint ChannelId { get; private set; }

    /// <summary>Largest chunk to send.</summary>
    public int SendLimit { get; set; } = (int)TransportLimits.LeastBuffer;

    /// <summary>Most bytes of a message to send, 0 for no limit.</summary>
    public uint MaxSendMessage { get; set; }

    /// <summary>Most chunks of a message to send, 0 for no limit.</summary>
    public uint MaxSendChunks { get; set; }

    private bool IsSigned => mode >= MessageSecurityMode.Sign;

    private bool IsEncrypted => mode == MessageSecurityMode.SignAndEncrypt;

    /// <summary>Puts a token in force for sending; the one before is taken until the new one is first received, or until <paramref name="previousUntil"/>.</summary>
    public void Install(uint channelId, uint tokenId, ReadOnlySpan<byte> localNonce, ReadOnlySpan<byte> remoteNonce, long previousUntil)
    {
        ChannelId = channelId;
        _previous?.Dispose();
        _previous = _current;
        if (_previous is not null) _previous.Until = previousUntil;
        // Each end's keys: the other's nonce is the secret, its own the seed (6.7.5).
        _current = IsSigned
            ? new Token(tokenId, new ChannelKeys(policy, remoteNonce, localNonce), new ChannelKeys(policy, localNonce, remoteNonce))
            : new Token(tokenId, null, null);
    }

    /// <summary>Zeroes the previous token's keys once its time is over.</summary>
    public void Expire(long now)
    {
        if (_previous is null || now < _previous.Until) return;
        _previous.Dispose();
        _previous = null;
    }

    /// <summary>Appends OPN with this body: signed and encrypted under every policy but None, in mode Sign too.</summary>
    public void WriteOpen(UaWriter output, uint requestId, ReadOnlySpan<byte> body)
    {
        var begin = output.Length;
        output.Raw("OPNF"u8).UInt32(0).UInt32(ChannelId).Text(policy.Uri);
        if (!policy.IsSecure) output.ByteString(null).ByteString(null);
        else output.Octets(local!.Certificate.Span).Octets(remote!.Thumbprint.Span);
        var header = output.Length - begin;
        output.UInt32(_sender.Next()).UInt32(requestId).Raw(body);
        if (!policy.IsSecure)
        {
            output.Patch(begin + 4, (uint)(output.Length - begin));
            return;
        }
        var signature = local!.Key.KeySize / 8;
        var extra = remote!.Key.KeySize > 2048;
        Padding.Write(output.Grow(Padding.Total(SequenceHeader + body.Length, signature, RsaBlocks.PlainBlock(remote.Key, policy), extra)), extra);
        var plain = output.Length - begin - header + signature;
        // The size is signed, so it must be final before (6.7.2.5).
        output.Patch(begin + 4, (uint)(header + RsaBlocks.CipherLength(plain, remote.Key, policy)));
        var signed = local.Key.SignData(output.Written[begin..].ToArray(), HashAlgorithmName.SHA256, policy.SignaturePadding);
        output.Raw(signed);
        var clear = output.Written[(begin + header)..].ToArray();
        output.Truncate(begin + header);
        RsaBlocks.Encrypt(clear, remote.Key, policy, output.Grow(RsaBlocks.CipherLength(clear.Length, remote.Key, policy)));
        CryptographicOperations.ZeroMemory(clear);
    }

    /// <summary>Opens a whole OPN chunk.</summary>
    public ChannelFault ReadOpen(ReadOnlySpan<byte> chunk, out uint requestId, out ReadOnlySpan<byte> body)
    {
        requestId = 0;
        body = default;
        var r = new UaReader(chunk);
        r.Skip(ChunkHeader.Length);
        var channel = r.UInt32();
        var uri = r.Octets();
        var certificate = r.Octets();
        var thumbprint = r.Octets();
        if (r.Failed) return ChannelFault.Malformed;
        if (ChannelId != 0 && channel != ChannelId) return ChannelFault.WrongChannel;
        if (!uri.SequenceEqual(System.Text.Encoding.UTF8.GetBytes(policy.Uri))) return ChannelFault.WrongPolicy;
        var content = chunk[r.Position..];
        if (policy.IsSecure)
        {
            if (!thumbprint.SequenceEqual(local!.Thumbprint.Span) || !certificate.StartsWith(remote!.Leaf.Span)) return ChannelFault.WrongCertificate;
            if (!TryOpenAsymmetric(chunk[..r.Position], content, out content)) return ChannelFault.SecurityFailed;
        }
        if (content.Length < SequenceHeader) return ChannelFault.Malformed;
        if (!_receiver.Accept(BinaryPrimitives.ReadUInt32LittleEndian(content))) return ChannelFault.BadSequence;
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(content[4..]);
        body = content[SequenceHeader..];
        return ChannelFault.None;
    }

    private bool TryOpenAsymmetric(ReadOnlySpan<byte> header, ReadOnlySpan<byte> cipher, out ReadOnlySpan<byte> content)
    {
        content = default;
        var opened = new byte[header.Length + cipher.Length];
        header.CopyTo(opened);
        var length = RsaBlocks.Decrypt(cipher, local!.Key, policy, opened.AsSpan(header.Length));
        var signature = remote!.Key.KeySize / 8;
        if (length < SequenceHeader + signature) return false;
        var signed = header.Length + length - signature;
        if (!remote.Key.VerifyData(opened.AsSpan(0, signed), opened.AsSpan(signed, signature), HashAlgorithmName.SHA256, policy.SignaturePadding)) return false;
        var plain = opened.AsSpan(header.Length, length - signature);
        var end = Padding.Strip(plain, local.Key.KeySize > 2048);
        if (end < 0) return false;
        content = plain[..end];
        return true;
    }

    /// <summary>Bytes of a message that one chunk carries.</summary>
    private int BodyPerChunk()
    {
        if (!IsSigned) return SendLimit - SymmetricHeader - SequenceHeader;
        if (!IsEncrypted) return SendLimit - SymmetricHeader - SequenceHeader - SecurityPolicy.SymmetricSignatureLength;
        var cipher = (SendLimit - SymmetricHeader) / SecurityPolicy.BlockLength * SecurityPolicy.BlockLength;
        return cipher - SequenceHeader - SecurityPolicy.SymmetricSignatureLength - 1;
    }

    /// <summary>Appends a message (<c>MSG</c> or <c>CLO</c>) in as many chunks as it needs.</summary>
    /// <returns>False where the receiver's limits forbid it; nothing is written then.</returns>
    public bool WriteMessage(UaWriter output, ReadOnlySpan<byte> type, uint requestId, ReadOnlySpan<byte> body)
    {
        var size = BodyPerChunk();
        var chunks = Math.Max(1, (body.Length + size - 1) / size);
        if ((MaxSendMessage != 0 && body.Length > MaxSendMessage) || (MaxSendChunks != 0 && chunks > MaxSendChunks)) return false;
        do
        {
            var n = Math.Min(size, body.Length);
            WriteChunk(output, type, n == body.Length ? ChunkHeader.Final : ChunkHeader.Continued, requestId, body[..n]);
            body = body[n..];
        }
        while (!body.IsEmpty);
        return true;
    }

    /// <summary>Appends one chunk; with flag <see cref="ChunkHeader.Aborted"/> the body is a code and a reason.</summary>
    internal void WriteChunk(UaWriter output, ReadOnlySpan<byte> type, byte flag, uint requestId, ReadOnlySpan<byte> body)
    {
        var begin = output.Length;
        output.Raw(type).Byte(flag).UInt32(0).UInt32(ChannelId).UInt32(_current!.Id).UInt32(_sender.Next()).UInt32(requestId).Raw(body);
        const int signature = SecurityPolicy.SymmetricSignatureLength;
        if (IsEncrypted) Padding.Write(output.Grow(Padding.Total(SequenceHeader + body.Length, signature, SecurityPolicy.BlockLength, extra: false)), extra: false);
        output.Patch(begin + 4, (uint)(output.Length - begin + (IsSigned ? signature : 0)));
        if (!IsSigned) return;
        var end = output.Length;
        output.Grow(signature);
        _current.Sending!.Sign(output.Written[begin..end], output.Mutable[end..]);
        if (IsEncrypted) _current.Sending.Encrypt(output.Mutable[(begin + SymmetricHeader)..]);
    }

    /// <summary>Opens a whole MSG or CLO chunk in place.</summary>
    public ChannelFault ReadMessage(Span<byte> chunk, long now, out uint requestId, out ReadOnlySpan<byte> body)
    {
        requestId = 0;
        body = default;
        if (chunk.Length < SymmetricHeader + SequenceHeader) return ChannelFault.Malformed;
        if (BinaryPrimitives.ReadUInt32LittleEndian(chunk[8..]) != ChannelId) return ChannelFault.WrongChannel;
        Expire(now);
        var id = BinaryPrimitives.ReadUInt32LittleEndian(chunk[12..]);
        var token = id == _current?.Id ? _current : id == _previous?.Id ? _previous : null;
        if (token is null) return ChannelFault.UnknownToken;
        var end = chunk.Length;
        if (IsSigned)
        {
            const int signature = SecurityPolicy.SymmetricSignatureLength;
            if (end < SymmetricHeader + SequenceHeader + signature) return ChannelFault.SecurityFailed;
            if (IsEncrypted)
            {
                if ((end - SymmetricHeader) % SecurityPolicy.BlockLength != 0) return ChannelFault.SecurityFailed;
                token.Receiving!.Decrypt(chunk[SymmetricHeader..]);
            }
            end -= signature;
            if (!token.Receiving!.Verify(chunk[..end], chunk[end..])) return ChannelFault.SecurityFailed;
            if (IsEncrypted)
            {
                var content = Padding.Strip(chunk[SymmetricHeader..end], extra: false);
                if (content < SequenceHeader) return ChannelFault.SecurityFailed;
                end = SymmetricHeader + content;
            }
        }
        if (token == _current && _previous is not null)
        {
            _previous.Dispose();
            _previous = null;
        }
        if (!_receiver.Accept(BinaryPrimitives.ReadUInt32LittleEndian(chunk[SymmetricHeader..]))) return ChannelFault.BadSequence;
        requestId = BinaryPrimitives.ReadUInt32LittleEndian(chunk[(SymmetricHeader + 4)..]);
        body = chunk[(SymmetricHeader + SequenceHeader)..end];
        return ChannelFault.None;
    }

    /// <summary>Zeroes all keys; the certificates' owners keep theirs.</summary>
    public void Dispose()
    {
        _current?.Dispose();
        _previous?.Dispose();
        _current = _previous = null;
    }

    private sealed class Token(uint id, ChannelKeys? sending, ChannelKeys? receiving) : IDisposable
    {
        public uint Id => id;

        public ChannelKeys? Sending => sending;

        public ChannelKeys? Receiving => receiving;

        public long Until { get; set; } = long.MaxValue;

        public void Dispose()
        {
            sending?.Dispose();
            receiving?.Dispose();
        }
    }
}
