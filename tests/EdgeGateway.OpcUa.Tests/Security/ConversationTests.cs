using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using CsCheck;
using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;

namespace EdgeGateway.OpcUa.Tests.Security;

public sealed class ConversationTests
{
    internal static readonly Dictionary<int, ApplicationIdentity> Identities = new[] { 2048, 3072, 4096 }.ToDictionary(b => b, b =>
    {
        var key = RSA.Create(b);
        using var certificate = new CertificateRequest("CN=" + b, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return new ApplicationIdentity(certificate.RawData, key);
    });

    internal static (SecureConversation Client, SecureConversation Server) Pair(SecurityPolicy policy, MessageSecurityMode mode, int client = 2048, int server = 2048, uint first = 0)
    {
        if (!policy.IsSecure) return (new SecureConversation(policy, mode, null, null, first), new SecureConversation(policy, mode, null, null, first));
        Assert.Null(PeerCertificate.Read(Identities[client].Certificate.Span, out var clientPeer));
        Assert.Null(PeerCertificate.Read(Identities[server].Certificate.Span, out var serverPeer));
        return (new SecureConversation(policy, mode, Identities[client], serverPeer, first), new SecureConversation(policy, mode, Identities[server], clientPeer, first));
    }

    internal static void Open(SecureConversation client, SecureConversation server, uint token = 1, long until = 0)
    {
        var (a, b) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        server.Install(9, token, b, a, until);
        client.Install(9, token, a, b, until);
    }

    public static TheoryData<string, MessageSecurityMode> Secure()
    {
        var data = new TheoryData<string, MessageSecurityMode>();
        foreach (var p in SecurityPolicy.All.Where(p => p.IsSecure))
        {
            data.Add(p.Name, MessageSecurityMode.Sign);
            data.Add(p.Name, MessageSecurityMode.SignAndEncrypt);
        }
        return data;
    }

    private static SecurityPolicy Of(string name) => SecurityPolicy.All.First(p => p.Name == name);

    [Theory]
    [InlineData(2048, 2048)]
    [InlineData(2048, 4096)]
    [InlineData(4096, 2048)]
    [InlineData(3072, 4096)]
    public void An_open_request_of_any_length_goes_between_keys_of_any_size(int client, int server)
    {
        foreach (var policy in SecurityPolicy.All)
        {
            var (c, s) = Pair(policy, policy.IsSecure ? MessageSecurityMode.Sign : MessageSecurityMode.None, client, server);
            for (var length = 0; length < 40; length++)
            {
                var body = RandomNumberGenerator.GetBytes(length * 17);
                var w = new UaWriter();
                c.WriteOpen(w, (uint)length, body);
                Assert.Equal(w.Length, BitConverter.ToInt32(w.Written[4..]));
                Assert.Equal(ChannelFault.None, s.ReadOpen(w.Written, out var id, out var read));
                Assert.Equal((uint)length, id);
                Assert.Equal(body, read.ToArray());
            }
        }
    }

    [Theory]
    [MemberData(nameof(Secure))]
    public void A_message_of_any_length_comes_through_in_chunks(string policy, MessageSecurityMode mode)
    {
        var (c, s) = Pair(Of(policy), mode);
        Open(c, s);
        c.SendLimit = 8192;
        foreach (var length in Enumerable.Range(0, 50).Concat([8100, 8134, 8135, 8136, 8150, 8167, 8168, 8169, 20_000, 100_000]))
        {
            var body = RandomNumberGenerator.GetBytes(length);
            var w = new UaWriter();
            Assert.True(c.WriteMessage(w, "MSG"u8, 5, body));
            Assert.Equal(body, Receive(s, w.Written));
        }
    }

    private static byte[] Receive(SecureConversation end, ReadOnlySpan<byte> data)
    {
        var scanner = new ChunkScanner(8192);
        using var assembler = new MessageAssembler(1 << 24, 1000);
        while (true)
        {
            Assert.Equal(ScanStatus.Chunk, scanner.Scan(ref data, out var header, out var chunk));
            Assert.Equal(ChannelFault.None, end.ReadMessage(chunk, 0, out var id, out var body));
            Assert.True(assembler.TryAdd(id, header.Flag == ChunkHeader.Final, body, out var message));
            if (header.Flag == ChunkHeader.Final) return message.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Secure))]
    public void A_changed_byte_anywhere_is_refused(string policy, MessageSecurityMode mode)
    {
        var (c, s) = Pair(Of(policy), mode);
        Open(c, s);
        var w = new UaWriter();
        c.WriteMessage(w, "MSG"u8, 5, new byte[20]);
        for (var i = 8; i < w.Length; i++)
        {
            var forged = w.Written.ToArray();
            forged[i] ^= 0x40;
            Assert.NotEqual(ChannelFault.None, s.ReadMessage(forged, 0, out _, out _));
        }
        Assert.Equal(ChannelFault.None, s.ReadMessage(w.Written.ToArray(), 0, out _, out _));
    }

    [Theory]
    [MemberData(nameof(Secure))]
    public void A_changed_or_cut_open_answer_is_refused(string policy, MessageSecurityMode mode)
    {
        var (c, s) = Pair(Of(policy), mode);
        var w = new UaWriter();
        s.WriteOpen(w, 1, new byte[60]);
        for (var i = 12; i < w.Length; i += 13)
        {
            var forged = w.Written.ToArray();
            forged[i] ^= 1;
            Assert.NotEqual(ChannelFault.None, c.ReadOpen(forged, out _, out _));
            Assert.NotEqual(ChannelFault.None, c.ReadOpen(w.Written[..i], out _, out _));
        }
    }

    [Fact]
    public void A_repeated_chunk_is_refused()
    {
        var (c, s) = Pair(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        Open(c, s);
        var w = new UaWriter();
        c.WriteMessage(w, "MSG"u8, 5, new byte[20]);
        Assert.Equal(ChannelFault.None, s.ReadMessage(w.Written.ToArray(), 0, out _, out _));
        Assert.Equal(ChannelFault.BadSequence, s.ReadMessage(w.Written.ToArray(), 0, out _, out _));
    }

    [Fact]
    public void The_old_token_holds_until_the_new_one_is_used_or_its_time_is_over()
    {
        var (c, s) = Pair(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        Open(c, s);
        var old = Send(s);
        var older = Send(s);
        var (a, b) = (RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));
        c.Install(9, 2, a, b, previousUntil: 1000);
        Assert.Equal(ChannelFault.None, c.ReadMessage(old, 999, out _, out _));
        s.Install(9, 2, b, a, previousUntil: 1000);
        Assert.Equal(ChannelFault.UnknownToken, c.ReadMessage(older, 1000, out _, out _));
        var (d, e) = Pair(SecurityPolicy.Basic256Sha256, MessageSecurityMode.SignAndEncrypt);
        Open(d, e);
        var first = Send(e);
        var held = Send(e);
        d.Install(9, 2, a, b, previousUntil: 1000);
        e.Install(9, 2, b, a, previousUntil: 1000);
        var fresh = Send(e);
        Assert.Equal(ChannelFault.None, d.ReadMessage(first, 1, out _, out _));
        Assert.Equal(ChannelFault.BadSequence, d.ReadMessage(fresh, 1, out _, out _));
        Assert.Equal(ChannelFault.UnknownToken, d.ReadMessage(held, 1, out _, out _));

        static byte[] Send(SecureConversation end)
        {
            var w = new UaWriter();
            end.WriteMessage(w, "MSG"u8, 5, new byte[20]);
            return w.Written.ToArray();
        }
    }

    [Fact]
    public void A_receivers_limits_are_kept()
    {
        var (c, s) = Pair(SecurityPolicy.None, MessageSecurityMode.None);
        Open(c, s);
        c.SendLimit = 8192;
        c.MaxSendChunks = 2;
        var w = new UaWriter();
        Assert.True(c.WriteMessage(w, "MSG"u8, 1, new byte[2 * (8192 - 24)]));
        Assert.False(c.WriteMessage(w, "MSG"u8, 1, new byte[2 * (8192 - 24) + 1]));
        (c.MaxSendChunks, c.MaxSendMessage) = (0, 100);
        var before = w.Length;
        Assert.False(c.WriteMessage(w, "MSG"u8, 1, new byte[101]));
        Assert.Equal(before, w.Length);
    }

    [Fact]
    public void Padding_fills_the_block_and_is_checked() => Gen.Select(Gen.Int[0, 600], Gen.Int[16, 512], Gen.Bool).Sample((content, block, extra) =>
    {
        if (!extra) block = Math.Min(block, 256);
        var total = Padding.Total(content, 32, block, extra);
        var data = new byte[content + total];
        Padding.Write(data.AsSpan(content), extra);
        Assert.Equal(0, (content + total + 32) % block);
        Assert.Equal(content, Padding.Strip(data, extra));
        if (total > (extra ? 3 : 2))
        {
            data[content + 1] ^= 1;
            Assert.Equal(-1, Padding.Strip(data, extra));
        }
    });

    [Fact]
    public void Random_bytes_never_throw()
    {
        var (c, _) = Pair(SecurityPolicy.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt);
        var (d, e) = Pair(SecurityPolicy.Aes256Sha256RsaPss, MessageSecurityMode.SignAndEncrypt);
        Open(d, e);
        Gen.Byte.Array[0, 400].Sample(bytes =>
        {
            byte[] chunk = [.. "OPNF"u8, 0, 0, 0, 0, .. bytes];
            return c.ReadOpen(chunk, out _, out _) != ChannelFault.None && d.ReadMessage([.. "MSGF"u8, 0, 0, 0, 0, 9, 0, 0, 0, 1, 0, 0, 0, .. bytes], 0, out _, out _) != ChannelFault.None;
        }, iter: 2000);
    }

    // A vector in wide use for P_SHA256: the label is part of the seed.
    [Fact]
    public void Keys_are_derived_as_in_the_published_vector()
    {
        var secret = Convert.FromHexString("9bbe436ba940f017b17652849a71db35");
        byte[] seed = [.. "test label"u8, .. Convert.FromHexString("a0ba9f936cda311827a6f796ffd5198c")];
        var output = new byte[100];
        KeyDerivation.PSha256(secret, seed, output);
        Assert.Equal("e3f229ba727be17b8d122620557cd453c2aab21d07c3d495329b52d4e61edb5a6b301791e90d35c9c9a46b4e14baf9af0fa022f7077def17abfd3797c0564bab4fbc91666e9def9b97fce34f796789baa48082d122ee42c5a72e5a5110fff70187347b66", Convert.ToHexStringLower(output));
    }
}
