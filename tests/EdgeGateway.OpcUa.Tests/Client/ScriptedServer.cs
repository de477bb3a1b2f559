using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Tests.Client;

/// <summary>The other end of a client, without I/O, that does what a test says: for faults that a real server never makes. Policy None.</summary>
internal sealed class ScriptedServer : IDisposable
{
    public sealed record Request(uint Type, uint Id, uint Handle, byte[] Body);

    private SecureConversation _conversation = new(SecurityPolicy.None, MessageSecurityMode.None, null, null);
    private ChunkScanner _scanner = new(1 << 20);
    private MessageAssembler _assembler = new(1 << 24, 1000);

    public UaWriter Output { get; } = new();

    public List<Request> Requests { get; } = [];

    public TransportLimits Limits { get; set; } = new(65536, 65536, 0, 0);

    public uint Lifetime { get; set; } = 3_600_000;

    public uint Token { get; private set; }

    public bool Greets { get; set; } = true;

    /// <summary>False where the client is led astray on purpose and its chunks need not fit.</summary>
    public bool Strict { get; init; } = true;

    public List<string> Namespaces { get; } = ["http://opcfoundation.org/UA/", "urn:server", "urn:peer:plc"];

    /// <summary>Answers requests by their type; without an answer they wait in <see cref="Requests"/>.</summary>
    public Dictionary<uint, Action<ScriptedServer, Request>> Answers { get; } = new()
    {
        [ServiceIds.GetEndpoints] = (s, r) => s.Answer(r, w => s.WriteEndpoints(w)),
        [ServiceIds.CreateSession] = (s, r) => s.Answer(r, w =>
        {
            w.NodeId(new NodeId(1, 7)).NodeId(new NodeId(1, ++s.Sessions + 100)).Double(60_000).Octets(new byte[32]).ByteString(null);
            s.WriteEndpoints(w);
            w.Int32(-1).Text(null).ByteString(null).UInt32(0);
        }),
        [ServiceIds.ActivateSession] = (s, r) => s.Answer(r, w => w.Octets(new byte[32]).Int32(-1).Int32(-1)),
        [ServiceIds.Read] = (s, r) => s.Answer(r, w => s.WriteFacts(w, r)),
        [ServiceIds.CloseSession] = (s, r) => s.Answer(r, _ => { }),
    };

    public uint Sessions { get; private set; }

    public UserTokenType TokenType { get; set; }

    public bool Closed { get; private set; }

    /// <summary>Another line: what was under way on the old one is gone.</summary>
    public void Accept()
    {
        Dispose();
        Output.Clear();
        Requests.Clear();
        _conversation = new SecureConversation(SecurityPolicy.None, MessageSecurityMode.None, null, null);
        _scanner = new ChunkScanner(1 << 20);
        _assembler = new MessageAssembler(1 << 24, 1000);
    }

    public void Dispose()
    {
        _conversation.Dispose();
        _assembler.Dispose();
    }

    public void Receive(ReadOnlySpan<byte> data)
    {
        while (_scanner.Scan(ref data, out var header, out var chunk) == ScanStatus.Chunk) Take(header, chunk);
    }

    public void Answer(Request request, Action<UaWriter> body, uint status = 0) => Send(request.Id, Message(request, body, status));

    public byte[] Message(Request request, Action<UaWriter> body, uint status = 0)
    {
        var w = new UaWriter();
        w.NodeId(new NodeId(0, status == 0 ? request.Type + 3 : ServiceIds.ServiceFault)).Int64(0).UInt32(request.Handle).UInt32(status).Byte(0).Int32(-1).NodeId(default).Byte(0);
        if (status == 0) body(w);
        return w.Written.ToArray();
    }

    public void Send(uint requestId, byte[] message) => _conversation.WriteMessage(Output, "MSG"u8, requestId, message);

    public void SendChunk(byte flag, uint requestId, byte[] body) => _conversation.WriteChunk(Output, "MSG"u8, flag, requestId, body);

    public Request Pop(uint type)
    {
        var index = Requests.FindIndex(r => r.Type == type);
        Assert.True(index >= 0, $"no request of type {type} among {string.Join(", ", Requests.Select(r => r.Type))}");
        var request = Requests[index];
        Requests.RemoveAt(index);
        return request;
    }

    private void Take(ChunkHeader header, Span<byte> chunk)
    {
        switch (header.Type)
        {
            case ChunkType.Hello when Greets:
                Output.Raw("ACKF"u8).UInt32(28).UInt32(0).UInt32(Limits.ReceiveBufferSize).UInt32(Limits.SendBufferSize).UInt32(Limits.MaxMessageSize).UInt32(Limits.MaxChunkCount);
                break;
            case ChunkType.Open:
                var fault = _conversation.ReadOpen(chunk, out var id, out var body);
                if (!Strict && fault != ChannelFault.None) return;
                Assert.Equal(ChannelFault.None, fault);
                Open(id, body);
                break;
            case ChunkType.Message:
                fault = _conversation.ReadMessage(chunk, 0, out id, out body);
                if (!Strict && fault != ChannelFault.None) return;
                Assert.Equal(ChannelFault.None, fault);
                Assert.True(_assembler.TryAdd(id, header.Flag == ChunkHeader.Final, body, out var message));
                if (header.Flag == ChunkHeader.Final) Serve(id, message);
                break;
            case ChunkType.Close:
                Closed = true;
                break;
        }
    }

    private void Open(uint id, ReadOnlySpan<byte> body)
    {
        var r = new UaReader(body);
        ReadHeader(ref r, out var type, out var handle);
        _conversation.Install(9, ++Token, [], [], long.MaxValue);
        var w = new UaWriter().Raw(Message(new Request(type, id, handle, []), b => b.UInt32(0).UInt32(9).UInt32(Token).Int64(0).UInt32(Lifetime).ByteString(null)));
        _conversation.WriteOpen(Output, id, w.Written);
    }

    private void Serve(uint id, ReadOnlySpan<byte> message)
    {
        var r = new UaReader(message);
        ReadHeader(ref r, out var type, out var handle);
        var request = new Request(type, id, handle, message[r.Position..].ToArray());
        if (Answers.TryGetValue(type, out var answer)) answer(this, request);
        else Requests.Add(request);
    }

    private static void ReadHeader(ref UaReader r, out uint type, out uint handle)
    {
        type = r.NodeId().Number;
        r.NodeId();
        r.Skip(8);
        handle = r.UInt32();
        r.Skip(4);
        r.Octets();
        r.Skip(4);
        r.SkipValue(BuiltInType.ExtensionObject);
        Assert.False(r.Failed);
    }

    private void WriteEndpoints(UaWriter w) => w.Int32(1).Text("opc.tcp://unreachable:1").Text("urn:server").Text(null).LocalizedText(new LocalizedText(null, "server")).UInt32(0).Text(null).Text(null).Int32(-1)
        .ByteString(null).UInt32(1).Text(SecurityPolicy.None.Uri).Int32(1).Text("token").UInt32((uint)TokenType).Text(null).Text(null).Text(null).Text(null).Byte(0);

    private void WriteFacts(UaWriter w, Request request)
    {
        var r = new UaReader(request.Body);
        r.Skip(12);
        var count = r.Int32();
        w.Int32(count).Byte(1).Byte(0x8C).Int32(Namespaces.Count);
        foreach (var uri in Namespaces) w.Text(uri);
        for (var i = 1; i < count; i++) w.Byte(2).UInt32(StatusCodes.BadNodeIdUnknown);
        w.Int32(-1);
    }
}

/// <summary>A client and a scripted server joined by nothing but method calls, on a clock that a test moves.</summary>
internal sealed class Wire : IClientListener, IDisposable
{
    public Wire(Func<ClientSetup, ClientSetup>? change = null)
    {
        var setup = new ClientSetup
        {
            EndpointUrl = "opc.tcp://host:4840",
            Policy = SecurityPolicy.None,
            Mode = MessageSecurityMode.None,
            ApplicationUri = "urn:test",
            Judge = new NoJudge(),
            Random = b => b.Clear(),
            Jitter = () => 0.5,
        };
        Client = new UaClient(change?.Invoke(setup) ?? setup, this);
    }

    public UaClient Client { get; }

    public ScriptedServer Server { get; set; } = new();

    public long Now { get; set; } = 1_000_000;

    public List<string> Log { get; } = [];

    public int Lines { get; private set; }

    public bool Plugged { get; set; } = true;

    public void OnReady(bool newSession) => Log.Add(newSession ? "ready new" : "ready same");

    public void OnLost(ClientProblem problem) => Log.Add("lost " + problem.Kind);

    public Wire Start()
    {
        Client.Start(Now);
        return Run();
    }

    /// <summary>Lets bytes flow until nothing moves any more.</summary>
    public Wire Run()
    {
        for (var i = 0; i < 1000; i++)
        {
            var moved = false;
            if (Client.Output.Length > 0)
            {
                var bytes = Client.Output.Written.ToArray();
                Client.Output.Clear();
                if (Plugged) Server.Receive(bytes);
                moved = true;
            }
            if (Client.Demand == LineDemand.Open && Plugged)
            {
                Lines++;
                Server.Accept();
                Client.LineOpened(Now);
                moved = true;
            }
            else if (Client.Demand == LineDemand.Close)
            {
                Client.LineClosed(Now);
                moved = true;
            }
            if (Server.Output.Length > 0 && Plugged)
            {
                var bytes = Server.Output.Written.ToArray();
                Server.Output.Clear();
                Client.Receive(bytes, Now);
                moved = true;
            }
            if (!moved)
            {
                if (Client.NextDeadline > Now) return this;
                Client.Advance(Now);
            }
        }
        throw new InvalidOperationException("The wire never comes to rest: a loop.");
    }

    /// <summary>Moves the clock from deadline to deadline.</summary>
    public Wire Pass(long micros)
    {
        var end = Now + micros;
        while (Client.NextDeadline <= end)
        {
            Now = Math.Max(Now, Client.NextDeadline);
            Client.Advance(Now);
            Run();
        }
        Now = end;
        Client.Advance(Now);
        return Run();
    }

    public void Dispose()
    {
        Client.Dispose();
        Server.Dispose();
    }

    private sealed class NoJudge : ICertificateJudge
    {
        public string? Judge(ReadOnlyMemory<byte> chain, string? applicationUri) => null;
    }
}
