using CsCheck;
using EdgeGateway.OpcUa.Chunks;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Security;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Tests.Client;

public sealed class ChannelTests : IReplyHandler
{
    private readonly List<(int Tag, StatusCode Status)> _replies = [];

    void IReplyHandler.OnReply(in Reply reply, ref UaReader body) => _replies.Add((reply.Tag, reply.Status));

    private void Ask(Wire wire, int tag, long timeout = 0, int bytes = 0)
    {
        wire.Client.Begin(ServiceIds.Browse, timeout).Raw(new byte[bytes]);
        wire.Client.Submit(this, tag, timeout);
        wire.Run();
    }

    [Fact]
    public void A_session_comes_up_and_goes_down_in_order()
    {
        using var wire = new Wire().Start();
        Assert.Equal(["ready new"], wire.Log);
        Assert.Equal(500, wire.Client.Limits[Operation.Read]);
        wire.Client.Stop(wire.Now);
        wire.Run();
        Assert.Equal(ClientPhase.Stopped, wire.Client.Phase);
        Assert.True(wire.Server.Closed);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_password_goes_in_clear_text_only_where_that_is_allowed(bool allowed)
    {
        using var wire = new Wire(s => s with { User = UserIdentity.Of("operator", "s3cret-word"), AllowClearPassword = allowed });
        wire.Server.TokenType = UserTokenType.UserName;
        var seen = new List<byte[]>();
        var activate = wire.Server.Answers[ServiceIds.ActivateSession];
        wire.Server.Answers[ServiceIds.ActivateSession] = (s, r) =>
        {
            seen.Add(r.Body);
            activate(s, r);
        };
        wire.Start();
        Assert.Equal(allowed ? "ready new" : "lost User", wire.Log[0]);
        Assert.Equal(allowed, seen.Any(b => b.AsSpan().IndexOf("s3cret-word"u8) >= 0));
        Assert.DoesNotContain("s3cret-word", UserIdentity.Of("operator", "s3cret-word").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_lost_session_is_made_anew()
    {
        using var wire = new Wire().Start();
        wire.Client.NoteStatus(new StatusCode(StatusCodes.BadSessionIdInvalid));
        wire.Run().Pass(2_000_000);
        Assert.Equal(["ready new", "lost Session", "ready new"], wire.Log);
        Assert.Equal(2, wire.Client.SessionsCreated);
    }

    [Fact]
    public void Answers_may_come_in_any_order()
    {
        using var wire = new Wire().Start();
        for (var i = 0; i < 3; i++) Ask(wire, i);
        foreach (var request in Enumerable.Reverse(wire.Server.Requests).ToArray()) wire.Server.Answer(request, _ => { });
        wire.Run();
        Assert.Equal([2, 1, 0], _replies.Select(r => r.Tag));
        Assert.All(_replies, r => Assert.True(r.Status.IsGood));
    }

    [Fact]
    public void An_abort_chunk_ends_its_request_alone()
    {
        using var wire = new Wire().Start();
        Ask(wire, 1);
        Ask(wire, 2);
        var (first, second) = (wire.Server.Requests[0], wire.Server.Requests[1]);
        wire.Server.SendChunk(ChunkHeader.Continued, first.Id, new byte[100]);
        wire.Server.SendChunk(ChunkHeader.Aborted, first.Id, new UaWriter().UInt32(StatusCodes.BadResponseTooLarge).Text("too large").Written.ToArray());
        wire.Server.Answer(second, _ => { });
        wire.Run();
        Assert.Equal([(1, new StatusCode(StatusCodes.BadResponseTooLarge)), (2, default)], _replies);
        Assert.Equal(ClientPhase.Ready, wire.Client.Phase);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void An_abort_chunk_of_any_length_is_taken(int length)
    {
        using var wire = new Wire().Start();
        Ask(wire, 1);
        wire.Server.SendChunk(ChunkHeader.Aborted, wire.Server.Requests[0].Id, new byte[length]);
        wire.Run();
        Assert.True(Assert.Single(_replies).Status.IsBad);
        Assert.Equal(ClientPhase.Ready, wire.Client.Phase);
    }

    [Fact]
    public void An_empty_answer_is_a_bad_answer_and_nothing_more()
    {
        using var wire = new Wire().Start();
        Ask(wire, 1);
        wire.Server.Send(wire.Server.Requests[0].Id, []);
        wire.Run();
        Assert.Equal(StatusCodes.BadDecodingError, Assert.Single(_replies).Status.Code);
        Assert.Equal(ClientPhase.Ready, wire.Client.Phase);
    }

    [Fact]
    public void A_late_answer_is_dropped_and_its_request_cancelled()
    {
        using var wire = new Wire().Start();
        Ask(wire, 1, timeout: 1_000_000);
        wire.Pass(1_500_000);
        Assert.Equal(StatusCodes.BadTimeout, Assert.Single(_replies).Status.Code);
        var late = wire.Server.Pop(ServiceIds.Browse);
        var cancel = wire.Server.Pop(ServiceIds.Cancel);
        Assert.Equal(late.Handle, BitConverter.ToUInt32(cancel.Body));
        wire.Server.Answer(late, _ => { });
        wire.Run();
        Assert.Single(_replies);
        Assert.Equal(ClientPhase.Ready, wire.Client.Phase);
    }

    [Fact]
    public void A_request_beyond_the_servers_limits_fails_alone()
    {
        using var wire = new Wire();
        wire.Server.Limits = new TransportLimits(8192, 8192, 10_000, 2);
        wire.Start();
        Ask(wire, 1, bytes: 20_000);
        Ask(wire, 2, bytes: 9_000);
        Assert.Equal([(1, new StatusCode(StatusCodes.BadRequestTooLarge))], _replies);
        Assert.Equal(9_000, wire.Server.Pop(ServiceIds.Browse).Body.Length);
        Assert.Equal(ClientPhase.Ready, wire.Client.Phase);
    }

    [Fact]
    public void An_answer_beyond_our_limits_ends_the_channel()
    {
        using var wire = new Wire(s => s with { Limits = new TransportLimits(8192, 8192, 20_000, 10) }).Start();
        Ask(wire, 1);
        var id = wire.Server.Requests[0].Id;
        for (var i = 0; i < 5; i++) wire.Server.SendChunk(ChunkHeader.Continued, id, new byte[5000]);
        wire.Run();
        Assert.Equal(StatusCodes.BadSecureChannelClosed, Assert.Single(_replies).Status.Code);
        Assert.Contains("lost Protocol", wire.Log);
    }

    [Fact]
    public void Renewal_comes_at_three_quarters_while_requests_flow()
    {
        using var wire = new Wire();
        wire.Server.Lifetime = 4000;
        wire.Start();
        Ask(wire, 1, timeout: 60_000_000);
        wire.Pass(2_900_000);
        Assert.Equal(1, wire.Client.Channel!.Tokens);
        wire.Pass(200_000);
        Assert.Equal(2, wire.Client.Channel!.Tokens);
        wire.Server.Answer(wire.Server.Pop(ServiceIds.Browse), _ => { });
        wire.Run();
        Assert.True(Assert.Single(_replies).Status.IsGood);
        wire.Pass(60_000_000);
        Assert.InRange(wire.Client.Channel!.Tokens, 20, 23);
        Assert.Equal(1, wire.Client.SessionsCreated);
    }

    [Fact]
    public void A_server_that_says_nothing_is_given_up_and_tried_again()
    {
        using var wire = new Wire();
        wire.Server.Greets = false;
        wire.Start().Pass(11_000_000);
        Assert.Equal("lost Silence", wire.Log[0]);
        wire.Server = new ScriptedServer();
        wire.Pass(15_000_000);
        Assert.Equal("ready new", wire.Log[^1]);
    }

    [Fact]
    public void A_frozen_server_is_found_out_by_two_silences()
    {
        using var wire = new Wire().Start();
        wire.Server.Answers.Remove(ServiceIds.Read);
        wire.Pass(25_000_000);
        Assert.Contains("lost Silence", wire.Log);
    }

    [Fact]
    public void Attempts_grow_apart_and_never_end()
    {
        using var wire = new Wire();
        wire.Client.Start(wire.Now);
        var times = new List<long>();
        for (var i = 0; i < 40; i++)
        {
            wire.Client.LineClosed(wire.Now, "refused");
            times.Add(wire.Client.NextDeadline - wire.Now);
            wire.Now = wire.Client.NextDeadline;
            wire.Client.Advance(wire.Now);
            Assert.Equal(LineDemand.Open, wire.Client.Demand);
        }
        Assert.InRange(times[0], 250_000, 500_000);
        Assert.InRange(times[^1], 15_000_000, 30_000_000);
    }

    [Fact]
    public void Any_bytes_at_any_stage_end_in_words_and_never_in_an_exception() => Gen.Select(Gen.Int[0, 6], Gen.Byte.Array[1, 300]).Sample((stage, bytes) =>
    {
        using var wire = new Wire();
        wire.Client.Start(wire.Now);
        wire.Client.LineOpened(wire.Now);
        wire.Client.Output.Clear();
        if (stage > 0) wire.Run();
        ReadOnlySpan<byte> head = stage switch { 1 => "ERRF"u8, 2 => "OPNF"u8, 3 => "MSGF"u8, 4 => "MSGC"u8, 5 => "ACKF"u8, 6 => "MSGA"u8, _ => default };
        byte[] all = head.IsEmpty ? bytes : [.. head, .. BitConverter.GetBytes(8 + bytes.Length), .. bytes];
        wire.Client.Receive(all, wire.Now);
        wire.Client.Receive(all, wire.Now);
        wire.Run();
        return wire.Client.Problem is null || wire.Client.Problem.Text.Length > 0;
    }, iter: 2000);

    [Fact]
    public void A_hostile_server_that_changes_its_answers_never_breaks_the_client() => Gen.Select(Gen.Int[0, 4000], Gen.Byte, Gen.Int[0, 3]).Sample((position, value, times) =>
    {
        using var wire = new Wire();
        var at = 0;
        wire.Client.Start(wire.Now);
        for (var i = 0; i < 40; i++)
        {
            if (wire.Client.Demand == LineDemand.Open)
            {
                wire.Server = new ScriptedServer { Strict = false };
                wire.Client.LineOpened(wire.Now);
            }
            if (wire.Client.Demand == LineDemand.Close) wire.Client.LineClosed(wire.Now);
            wire.Server.Receive(wire.Client.Output.Written);
            wire.Client.Output.Clear();
            var bytes = wire.Server.Output.Written.ToArray();
            wire.Server.Output.Clear();
            for (var k = 0; k < times; k++)
            {
                var index = position + k * 7 - at;
                if (index >= 0 && index < bytes.Length) bytes[index] = value;
            }
            at += bytes.Length;
            wire.Client.Receive(bytes, wire.Now);
            wire.Now += 100_000;
            wire.Client.Advance(wire.Now);
        }
        return true;
    }, iter: 1500);

    [Fact]
    public void Reading_over_the_channel_allocates_nothing_in_steady_state()
    {
        using var wire = new Wire().Start();
        var answers = new List<byte[]>();
        var reader = new CountingReader();
        var items = new UaWriter();
        for (var i = 0; i < 200; i++) AttributeServices.WriteItem(items, new ReadItem(new NodeId(2, (uint)i)));
        wire.Server.Answers.Remove(ServiceIds.Read);
        for (var round = 0; round < 30; round++)
        {
            Send();
            wire.Server.Receive(wire.Client.Output.Written);
            wire.Client.Output.Clear();
            wire.Server.Answer(wire.Server.Pop(ServiceIds.Read), WriteValues);
            answers.Add(wire.Server.Output.Written.ToArray());
            wire.Server.Output.Clear();
            if (round < 10) wire.Client.Receive(answers[round], wire.Now);
        }
        Assert.Equal(10 * 200, reader.Values);
        var next = 10;
        Assert.Equal(0, LeastAllocated(() => { for (var i = 0; i < 5; i++) wire.Client.Receive(answers[next++], wire.Now); }));
        Assert.Equal(30 * 200, reader.Values);
        Assert.Equal(0, LeastAllocated(() =>
        {
            for (var i = 0; i < 5; i++)
            {
                Send();
                wire.Client.Output.Clear();
            }
        }));

        // The least of four: a collection on another test's thread can count the unused rest of this thread's allocation buffer.
        static long LeastAllocated(Action action) => Enumerable.Range(0, 4).Min(_ =>
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            action();
            return GC.GetAllocatedBytesForCurrentThread() - before;
        });

        void Send()
        {
            AttributeServices.WriteRead(wire.Client.Begin(AttributeServices.Read), TimestampsToReturn.Both, 200, items.Written);
            wire.Client.Submit(reader, 0, 60_000_000);
        }

        static void WriteValues(UaWriter w)
        {
            w.Int32(200);
            for (var i = 0; i < 200; i++) w.Byte(0x0D).Scalar(BuiltInType.Double, BitConverter.DoubleToUInt64Bits(i)).Time(i).Time(i);
            w.Int32(-1);
        }
    }

    private sealed class CountingReader : IReplyHandler
    {
        private readonly DataValue[] _values = new DataValue[200];

        public int Values { get; private set; }

        public void OnReply(in Reply reply, ref UaReader body)
        {
            if (AttributeServices.ReadValues(ref body, _values)) Values += _values.Length;
        }
    }
}
