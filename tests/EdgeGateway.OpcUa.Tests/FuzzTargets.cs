using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Tests;

/// <summary>Every decoder of the wire floor, and the whole client, as a function of bytes: it throws where a decoder breaks, or yields what was not there. A fuzzer drives them, and the tests replay their corpora.</summary>
public static class FuzzTargets
{
    /// <summary>The targets by name; a corpus lies in the folder of that name below <c>Corpus</c>.</summary>
    public static IReadOnlyDictionary<string, Action<byte[]>> All { get; } = new SortedDictionary<string, Action<byte[]>>(StringComparer.Ordinal)
    {
        ["chunks"] = OfChunks,
        ["variant"] = OfVariant,
        ["read"] = OfRead,
        ["browse"] = OfBrowse,
        ["endpoints"] = OfEndpoints,
        ["certificate"] = OfCertificate,
        ["client"] = OfClient,
    };

    private static void OfChunks(byte[] bytes)
    {
        const int limit = 8192, most = 20_000;
        var scanner = new ChunkScanner(limit);
        using var assembler = new MessageAssembler(most, 4);
        ReadOnlySpan<byte> rest = bytes;
        while (scanner.Scan(ref rest, out var header, out var chunk) == ScanStatus.Chunk)
        {
            Demand(chunk.Length == header.Size && chunk.Length <= limit);
            if (header.Type == ChunkType.Error) Demand(TransportMessages.ReadError(chunk).Code.IsBad);
            if (header.Type == ChunkType.Acknowledge && TransportMessages.TryReadAcknowledge(chunk, out var limits)) Demand(limits.ReceiveBufferSize >= TransportLimits.LeastBuffer);
            if (header.Type != ChunkType.Message || chunk.Length < 24) continue;
            if (assembler.TryAdd(BitConverter.ToUInt32(chunk[16..20]) % 8, header.Flag == ChunkHeader.Final, chunk[24..], out var message)) Demand(message.Length <= most);
            Demand(assembler.Held <= most);
        }
    }

    private static void OfVariant(byte[] bytes)
    {
        var r = new UaReader(bytes);
        var value = default(Variant);
        Variant.Read(ref r, ref value);
        if (r.Failed) return;
        Demand(value.Offset + value.Length <= bytes.Length);
        value.Text(bytes);
        value.TryDouble(out _);
        var element = default(Variant);
        // Elements of elements do not end deeper than the reader allows.
        for (var i = 0; i < Math.Min(value.Count, 16); i++)
        {
            if (value.TryElement(bytes, i, ref element)) Demand(element.Offset + element.Length <= bytes.Length);
        }
        Demand(!value.TryElement(bytes, value.Count, ref element));
    }

    private static void OfRead(byte[] bytes)
    {
        // The first byte says how many were asked for.
        if (bytes.Length == 0) return;
        var r = new UaReader(bytes.AsSpan(1));
        var values = new DataValue[bytes[0]];
        if (!AttributeServices.ReadValues(ref r, values)) return;
        foreach (var value in values) Demand(value.Value.Offset + value.Value.Length < bytes.Length);
        r = new UaReader(bytes.AsSpan(1));
        ExtensionObject.Read(ref r, out var structure);
        if (!r.Failed) structure.TypeId(bytes.AsSpan(1));
    }

    private static void OfBrowse(byte[] bytes)
    {
        if (bytes.Length == 0) return;
        var r = new UaReader(bytes.AsSpan(1));
        if (ViewServices.ReadBrowse(ref r, bytes[0]) is { } results) Demand(results.Count == bytes[0] && results.Sum(x => x.References.Count) * 20 <= bytes.Length);
        r = new UaReader(bytes.AsSpan(1));
        ViewServices.ReadTranslated(ref r);
        r = new UaReader(bytes.AsSpan(1));
        if (ViewServices.ReadRegistered(ref r, bytes[0]) is { } nodes) Demand(nodes.Length == bytes[0]);
    }

    private static void OfEndpoints(byte[] bytes)
    {
        var r = new UaReader(bytes);
        var offers = EndpointDescription.ReadArray(ref r);
        if (r.Failed) return;
        foreach (var policy in SecurityPolicy.All)
        {
            foreach (var type in new[] { UserTokenType.Anonymous, UserTokenType.UserName, UserTokenType.Certificate })
            {
                var mode = policy.IsSecure ? MessageSecurityMode.SignAndEncrypt : MessageSecurityMode.None;
                if (EndpointChoice.Choose(offers, policy, mode, type, out var endpoint, out _) is null) Demand(endpoint!.PolicyUri == policy.Uri && endpoint.Mode == mode);
            }
        }
    }

    private static void OfCertificate(byte[] bytes)
    {
        if (PeerCertificate.Read(bytes, out var peer) is not null) return;
        Demand(peer!.Leaf.Length <= bytes.Length);
        peer.Dispose();
    }

    /// <summary>A server's whole side of a conversation, from its greeting to notifications; each message is handed over alone, so that an answer finds its question.</summary>
    private static void OfClient(byte[] bytes)
    {
        var listener = new Listener();
        using var client = new UaClient(new ClientSetup
        {
            EndpointUrl = "opc.tcp://host:4840",
            Policy = SecurityPolicy.None,
            Mode = MessageSecurityMode.None,
            ApplicationUri = "urn:test",
            Judge = listener,
            Random = b => b.Clear(),
            Jitter = () => 0.5,
        }, listener);
        client.Subscriptions.Add(listener, [new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, "a"))), new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, "b")))], 1_000_000, 5);
        var now = 1_000_000L;
        client.Start(now);
        client.LineOpened(now);
        ReadOnlySpan<byte> rest = bytes;
        while (rest.Length > 0)
        {
            client.Output.Clear();
            var size = rest.Length < 8 ? rest.Length : (int)Math.Clamp(BitConverter.ToUInt32(rest[4..8]), 8, (uint)rest.Length);
            client.Receive(rest[..size], now);
            rest = rest[size..];
            now += 1000;
            client.Advance(now);
            if (client.Demand == LineDemand.Close) client.LineClosed(now);
            if (client.Phase == ClientPhase.Waiting) client.Advance(now = client.NextDeadline);
            if (client.Demand == LineDemand.Open) client.LineOpened(now);
        }
        Demand(client.Problem is null || client.Problem.Text.Length > 0);
        // Nothing makes it hold more than its limits, or wait for ever.
        Demand(client.Subscriptions.Outstanding <= 10 && client.NextDeadline < long.MaxValue);
        client.Stop(now);
        client.Advance(now + 60_000_000);
    }

    private static void Demand(bool holds)
    {
        if (!holds) throw new InvalidOperationException("The decoder yields what was not there.");
    }

    private sealed class Listener : IClientListener, ICertificateJudge, ISubscriptionSink
    {
        public string? Judge(ReadOnlyMemory<byte> chain, string? applicationUri) => null;

        public void OnReady(bool newSession)
        {
        }

        public void OnLost(ClientProblem problem)
        {
        }

        public void OnMessage(long publishTime)
        {
        }

        public void OnValue(int item, in DataValue value, ReadOnlySpan<byte> message)
        {
            Demand(item is 0 or 1);
            Demand(value.Value.Offset + value.Value.Length <= message.Length);
        }

        public void OnAlive(long publishTime)
        {
        }

        public void OnGap()
        {
        }

        public void OnItem(int item, StatusCode status) => Demand(item is 0 or 1);
    }
}
