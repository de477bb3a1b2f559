using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;
using EdgeGateway.OpcUa.Tests.Client;

namespace EdgeGateway.OpcUa.Tests;

/// <summary>Writes what a fuzzer begins with: whole conversations and bodies as a server without faults sends them. Run by hand after a change of the format.</summary>
public sealed class CorpusSeeds : IClientListener, ICertificateJudge, ISubscriptionSink
{
    string? ICertificateJudge.Judge(ReadOnlyMemory<byte> chain, string? applicationUri) => null;

    void IClientListener.OnReady(bool newSession) { }

    void IClientListener.OnLost(ClientProblem problem) { }

    void ISubscriptionSink.OnMessage(long publishTime) { }

    void ISubscriptionSink.OnValue(int item, in DataValue value, ReadOnlySpan<byte> message) { }

    void ISubscriptionSink.OnAlive(long publishTime) { }

    void ISubscriptionSink.OnGap() { }

    void ISubscriptionSink.OnItem(int item, StatusCode status) { }

    [Fact(Explicit = true)]
    public void Write_the_seeds()
    {
        Save("client", "session", Conversation(_ => { }));
        Save("client", "values", Conversation(s => Publish(s, (1, 7), (2, 8), (3, null))));
        Save("client", "gap", Conversation(s => Publish(s, (1, 7), (5, 8))));
        Save("client", "abort", Conversation(s => s.SendChunk((byte)'A', s.Pop(ServiceIds.Publish).Id, [0, 0, 1, 0x80, 255, 255, 255, 255])));
        Save("client", "empty-answer", Conversation(s => s.Send(s.Pop(ServiceIds.Publish).Id, [])));
        Save("client", "error", Conversation(s => s.Output.Raw("ERRF"u8).UInt32(16).UInt32(0x80010000).Int32(-1)));
        Save("client", "refused", Conversation(s => s.Answer(s.Pop(ServiceIds.Publish), _ => { }, StatusCodes.BadTooManyPublishRequests)));
        var w = new UaWriter();
        w.Raw("ACKF"u8).UInt32(28).UInt32(0).UInt32(65536).UInt32(65536).UInt32(0).UInt32(0).Raw("ERRF"u8).UInt32(21).UInt32(0x80010000).Octets("words"u8).Raw("MSGF"u8).UInt32(32).UInt32(1).UInt32(1).UInt32(1).UInt32(3).UInt64(0);
        Save("chunks", "three", w.Written);
        Save("chunks", "too-large", [.. "MSGF"u8, 255, 255, 255, 127]);
        w = new UaWriter();
        w.Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(2.5));
        Save("variant", "double", w.Written);
        Save("variant", "matrix", new UaWriter().Byte(0xC7).Int32(4).UInt32(1).UInt32(2).UInt32(3).UInt32(4).Int32(2).Int32(2).Int32(2).Written);
        Save("variant", "texts", new UaWriter().Byte(0x8C).Int32(2).Text("a").Text(null).Written);
        Save("variant", "variants", new UaWriter().Byte(0x98).Int32(2).Byte(6).Int32(1).Byte(0x98).Int32(1).Byte(1).Byte(1).Written);
        Save("variant", "structure", new UaWriter().Byte(0x16).NodeId(new NodeId(0, 886)).Byte(1).Octets(new byte[16]).Written);
        Save("read", "two", new UaWriter().Byte(2).Int32(2).Byte(13).Byte(11).Double(1).Int64(1).Int64(2).Byte(2).UInt32(0x80340000).Int32(-1).Written);
        Save("browse", "one", new UaWriter().Byte(1).Int32(1).UInt32(0).ByteString([1, 2]).Int32(1).NodeId(new NodeId(0, 35)).Boolean(true).ExpandedNodeId(new ExpandedNodeId(new NodeId(2, "a"), null, 0)).QualifiedName(new QualifiedName(2, "a"))
            .LocalizedText(new LocalizedText(null, "A")).UInt32(2).ExpandedNodeId(new ExpandedNodeId(new NodeId(0, 63), "urn:x", 1)).Int32(-1).Written);
        Save("endpoints", "one", new UaWriter().Int32(1).Text("opc.tcp://h:1").Text("urn:s").Text(null).LocalizedText(new LocalizedText(null, "s")).UInt32(0).Text(null).Text(null).Int32(-1).ByteString([1]).UInt32(1)
            .Text("http://opcfoundation.org/UA/SecurityPolicy#None").Int32(1).Text("t").UInt32(0).Text(null).Text(null).Text(null).Text(null).Byte(0).Written);
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=seed", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(90));
        Save("certificate", "self-signed", certificate.RawData);
    }

    /// <summary>All that a server sends in a session with a subscription of two items, and then what <paramref name="last"/> makes it send.</summary>
    private byte[] Conversation(Action<ScriptedServer> last)
    {
        using var server = new ScriptedServer();
        server.Answers[ServiceIds.CreateSubscription] = (s, r) => s.Answer(r, b => b.UInt32(41).Double(1000).UInt32(60).UInt32(5));
        server.Answers[ServiceIds.CreateMonitoredItems] = (s, r) => s.Answer(r, b =>
        {
            b.Int32(2);
            for (var i = 0u; i < 2; i++) b.UInt32(0).UInt32(i + 1).Double(1000).UInt32(10).NodeId(default).Byte(0);
            b.Int32(-1);
        });
        using var client = new UaClient(new ClientSetup
        {
            EndpointUrl = "opc.tcp://host:4840",
            Policy = EdgeGateway.OpcUa.Security.SecurityPolicy.None,
            Mode = EdgeGateway.OpcUa.Security.MessageSecurityMode.None,
            ApplicationUri = "urn:test",
            Judge = this,
            Random = b => b.Clear(),
            Jitter = () => 0.5,
        }, this);
        client.Subscriptions.Add(this, [new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, "a"))), new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, "b")))], 1_000_000, 5);
        var all = new List<byte>();
        var now = 1_000_000L;
        client.Start(now);
        client.LineOpened(now);
        for (var i = 0; i < 20; i++)
        {
            server.Receive(client.Output.Written);
            client.Output.Clear();
            if (i == 18) last(server);
            var bytes = server.Output.Written.ToArray();
            server.Output.Clear();
            all.AddRange(bytes);
            client.Receive(bytes, now);
            now += 1000;
            client.Advance(now);
        }
        Assert.Equal(ClientPhase.Ready, client.Phase is ClientPhase.Waiting ? ClientPhase.Ready : client.Phase);
        return [.. all];
    }

    private static void Publish(ScriptedServer server, params (uint Sequence, int? Value)[] messages)
    {
        foreach (var (sequence, value) in messages)
        {
            if (server.Requests.All(r => r.Type != ServiceIds.Publish)) return;
            server.Answer(server.Pop(ServiceIds.Publish), w =>
            {
                w.UInt32(41).Int32(0).Boolean(false).UInt32(sequence).Int64(0);
                if (value is null) w.Int32(-1);
                else
                {
                    w.Int32(1);
                    var begin = w.BeginBody(ServiceIds.DataChangeNotification);
                    w.Int32(1).UInt32(0).Byte(1).Scalar(BuiltInType.Int32, (ulong)(uint)value).Int32(-1).EndBody(begin);
                }
                w.Int32(-1).Int32(-1);
            });
        }
    }

    private static void Save(string target, string name, ReadOnlySpan<byte> bytes, [CallerFilePath] string here = "")
    {
        var folder = Path.Combine(Path.GetDirectoryName(here)!, "Corpus", target);
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, name + ".bin"), bytes);
    }
}
