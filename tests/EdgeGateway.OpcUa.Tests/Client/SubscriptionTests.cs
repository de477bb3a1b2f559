using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Tests.Client;

/// <summary>Order, gaps, refusals and the reconnect ladder against a server that misbehaves as it is told.</summary>
public sealed class SubscriptionTests : ISubscriptionSink, IDisposable
{
    private readonly Wire _wire = new();
    private readonly List<string> _log = [];
    private readonly Subscription _subscription;
    private uint _created;

    public SubscriptionTests()
    {
        _subscription = _wire.Client.Subscriptions.Add(this, [new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, "a"))), new MonitoredItem(new NodeAddress("urn:gone", new NodeId(0, "b")))], 1_000_000, 5);
        Teach(_wire.Server);
        _wire.Start();
    }

    public void Dispose() => _wire.Dispose();

    void ISubscriptionSink.OnMessage(long publishTime) { }

    void ISubscriptionSink.OnValue(int item, in DataValue value, ReadOnlySpan<byte> message)
    {
        value.Value.TryInteger(out var number);
        _log.Add($"{item}={number}");
    }

    void ISubscriptionSink.OnAlive(long publishTime) => _log.Add("alive");

    private bool _doubts;

    void ISubscriptionSink.OnGap()
    {
        _log.Add("gap");
        if (_doubts) _subscription.RecreateSoon();
    }


    void ISubscriptionSink.OnItem(int item, StatusCode status) => _log.Add($"item {item} {status}");

    private void Teach(ScriptedServer server)
    {
        server.Answers[ServiceIds.CreateSubscription] = (s, r) => s.Answer(r, w => w.UInt32(++_created + 40).Double(1000).UInt32(60).UInt32(5));
        server.Answers[ServiceIds.DeleteSubscriptions] = (s, r) => s.Answer(r, w => w.Int32(1).UInt32(0).Int32(-1));
        server.Answers[ServiceIds.CreateMonitoredItems] = (s, r) => s.Answer(r, w =>
        {
            var count = BitConverter.ToInt32(r.Body.AsSpan(8));
            w.Int32(count);
            for (var i = 0; i < count; i++) w.UInt32(0).UInt32((uint)i + 1).Double(1000).UInt32(10).NodeId(default).Byte(0);
            w.Int32(-1);
        });
    }

    private static void Message(UaWriter w, uint sequence, int? value)
    {
        w.UInt32(sequence).Int64(0);
        if (value is null)
        {
            w.Int32(-1);
            return;
        }
        w.Int32(1);
        var begin = w.BeginBody(ServiceIds.DataChangeNotification);
        w.Int32(1).UInt32(0).Byte(1).Scalar(BuiltInType.Int32, (ulong)(uint)value).Int32(-1).EndBody(begin);
    }

    private void Publish(uint sequence, int? value, bool more = false, uint id = 0)
    {
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), w =>
        {
            w.UInt32(id == 0 ? _created + 40 : id).Int32(0).Boolean(more);
            Message(w, sequence, value);
            w.Int32(-1).Int32(-1);
        });
        _wire.Run();
    }

    private int Publishes => _wire.Server.Requests.Count(r => r.Type == ServiceIds.Publish);

    [Fact]
    public void Items_are_created_and_an_unknown_namespace_fails_alone()
    {
        Assert.Equal(["item 1 BadNodeIdUnknown", "item 0 Good"], _log.Order(StringComparer.Ordinal).Reverse());
        Assert.Equal(2, Publishes);
    }

    [Fact]
    public void Values_are_delivered_and_acknowledged_and_keepalives_are_not()
    {
        _log.Clear();
        Publish(1, 11);
        Publish(2, null);
        Publish(2, 12, more: true);
        Publish(3, 13);
        Assert.Equal(["0=11", "alive", "alive", "0=12", "0=13", "alive"], _log);
        // Subscription id and number of the one message that the last Publish acknowledges.
        Assert.Equal([1, 0, 0, 0, 41, 0, 0, 0, 3, 0, 0, 0], _wire.Server.Requests[^1].Body);
    }

    [Fact]
    public void A_message_told_twice_is_delivered_once()
    {
        _log.Clear();
        Publish(1, 11);
        Publish(1, 11);
        Assert.Equal(["0=11", "alive"], _log);
    }

    [Fact]
    public void A_missing_message_is_fetched_and_order_is_kept()
    {
        _log.Clear();
        Publish(1, 1);
        Publish(3, 3);
        Publish(4, 4);
        Assert.Equal(["0=1", "alive"], _log);
        var republish = _wire.Server.Pop(ServiceIds.Republish);
        Assert.Equal(2u, BitConverter.ToUInt32(republish.Body.AsSpan(4)));
        _wire.Server.Answer(republish, w => Message(w, 2, 2));
        _wire.Run();
        Assert.Equal(["0=1", "0=2", "0=3", "0=4"], _log.Where(l => l.StartsWith('0')));
        Assert.Equal((0, 1), (_subscription.Gaps, _subscription.Republished));
    }

    [Fact]
    public void A_message_that_cannot_be_fetched_is_said_to_be_lost()
    {
        _log.Clear();
        Publish(1, 1);
        Publish(3, 3);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), _ => { }, StatusCodes.BadMessageNotAvailable);
        _wire.Run();
        Assert.Equal(["0=1", "alive", "gap", "0=3", "alive"], _log);
        Publish(4, 4);
        Assert.Equal("0=4", _log[^2]);
        Assert.Equal(1, _subscription.Gaps);
    }

    [Fact]
    public void A_consumer_that_doubts_has_everything_told_anew()
    {
        _doubts = true;
        Publish(1, 1);
        Publish(3, 3);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), _ => { }, StatusCodes.BadMessageNotAvailable);
        _wire.Run();
        Assert.Equal(2, _subscription.Creations);
        Assert.True(_subscription.Items[0].IsActive);
        Publish(1, 9);
        Assert.Contains("0=9", _log);
    }

    [Fact]
    public void A_subscription_that_the_server_ended_is_made_anew()
    {
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), w =>
        {
            w.UInt32(41).Int32(0).Boolean(false).UInt32(1).Int64(0).Int32(1);
            var begin = w.BeginBody(ServiceIds.StatusChangeNotification);
            w.UInt32(StatusCodes.BadTimeout).Byte(0).EndBody(begin);
            w.Int32(-1).Int32(-1);
        });
        _wire.Run();
        Assert.Equal(2, _subscription.Creations);
        Assert.True(_subscription.Items[0].IsActive);
    }

    [Fact]
    public void A_notification_that_cannot_be_read_is_said_to_be_lost()
    {
        _log.Clear();
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), w =>
        {
            w.UInt32(41).Int32(0).Boolean(false).UInt32(1).Int64(0).Int32(1);
            var begin = w.BeginBody(ServiceIds.DataChangeNotification);
            w.Int32(1000).UInt32(0).Byte(1).EndBody(begin);
            w.Int32(-1).Int32(-1);
        });
        _wire.Run();
        Assert.Contains("gap", _log);
        Publish(2, 2);
        Assert.Contains("0=2", _log);
    }

    [Fact]
    public void A_keepalive_gives_a_gap_away()
    {
        Publish(1, 1);
        Publish(3, null);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), w => Message(w, 2, 2));
        _wire.Run();
        Assert.Contains("0=2", _log);
        Assert.DoesNotContain("gap", _log);
    }

    [Fact]
    public void Numbers_skip_zero_when_they_wrap() => Assert.Equal((1u, 5u), (Subscription.Following(uint.MaxValue), Subscription.Following(4)));

    [Fact]
    public void Too_many_publish_requests_lower_the_number_and_are_not_repeated_at_once()
    {
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), _ => { }, StatusCodes.BadTooManyPublishRequests);
        _wire.Run();
        Assert.Equal(1, Publishes);
        _wire.Pass(1_500_000);
        Assert.Equal(1, Publishes);
    }

    [Fact]
    public void A_refused_publish_is_no_loop()
    {
        for (var i = 0; i < 2; i++) _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), _ => { }, StatusCodes.BadInternalError);
        _wire.Run();
        Assert.Equal(0, Publishes);
        _wire.Pass(1_100_000);
        Assert.Equal(2, Publishes);
    }

    [Fact]
    public void No_subscription_means_making_it_anew()
    {
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Publish), _ => { }, StatusCodes.BadNoSubscription);
        _wire.Run().Pass(1_500_000);
        Assert.Equal(2, _subscription.Creations);
        Assert.True(_subscription.Items[0].IsActive);
    }

    [Fact]
    public void The_old_session_is_taken_up_and_missed_messages_are_fetched()
    {
        Publish(1, 1);
        _log.Clear();
        _wire.Client.LineClosed(_wire.Now, "broken");
        Renew(sessions: true);
        _wire.Pass(1_000_000);
        Assert.Equal("ready same", _wire.Log[^1]);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), w => Message(w, 2, 2));
        _wire.Run();
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), _ => { }, StatusCodes.BadMessageNotAvailable);
        _wire.Run();
        Publish(3, 3);
        Assert.Equal(["0=2", "0=3", "alive"], _log);
        Assert.Equal(1, _subscription.Creations);
    }

    [Fact]
    public void A_new_session_takes_the_subscription_over()
    {
        Publish(1, 1);
        _wire.Client.LineClosed(_wire.Now, "broken");
        Renew(sessions: false);
        _wire.Pass(1_000_000);
        Assert.Equal("ready new", _wire.Log[^1]);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.TransferSubscriptions), w => w.Int32(1).UInt32(0).Int32(0).Int32(-1));
        _wire.Run();
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.Republish), _ => { }, StatusCodes.BadMessageNotAvailable);
        _wire.Run();
        Publish(2, 2);
        Assert.Contains("0=2", _log);
        Assert.Equal((1, 1), (_subscription.Creations, _wire.Client.Subscriptions.Transfers));
    }

    [Fact]
    public void A_restarted_server_gets_everything_anew_in_its_new_namespaces()
    {
        Publish(1, 1);
        _wire.Client.LineClosed(_wire.Now, "broken");
        Renew(sessions: false);
        _wire.Server.Namespaces.Insert(1, "urn:gone");
        _wire.Pass(1_000_000);
        _wire.Server.Answer(_wire.Server.Pop(ServiceIds.TransferSubscriptions), w => w.Int32(1).UInt32(StatusCodes.BadSubscriptionIdInvalid).Int32(0).Int32(-1));
        _wire.Run();
        Assert.Equal(2, _subscription.Creations);
        Assert.All(_subscription.Items, i => Assert.True(i.IsActive));
    }

    [Fact]
    public void Silence_beyond_the_keepalives_breaks_the_line()
    {
        _wire.Server.Answers[ServiceIds.Read] = (s, r) => s.Answer(r, w => w.Int32(1).Byte(0).Int32(-1));
        _wire.Pass(20_000_000);
        Assert.Contains("lost Silence", _wire.Log);
    }

    [Fact]
    public void Too_many_items_in_a_call_are_halved_and_the_limit_is_remembered()
    {
        using var wire = new Wire();
        Teach(wire.Server);
        var calls = new List<int>();
        var create = wire.Server.Answers[ServiceIds.CreateMonitoredItems];
        wire.Server.Answers[ServiceIds.CreateMonitoredItems] = (s, r) =>
        {
            var count = BitConverter.ToInt32(r.Body.AsSpan(8));
            calls.Add(count);
            if (count > 20) s.Answer(r, _ => { }, StatusCodes.BadTooManyOperations);
            else create(s, r);
        };
        var items = Enumerable.Range(0, 70).Select(i => new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, (uint)i)))).ToArray();
        wire.Client.Subscriptions.Add(this, items, 1_000_000, 5);
        wire.Start();
        Assert.Equal([70, 35, 17, 17, 17, 17, 2], calls);
        Assert.All(items, i => Assert.True(i.IsActive));
        Assert.Equal(17, wire.Client.Limits[Operation.MonitoredItems]);
    }

    [Fact]
    public void One_item_that_breaks_the_call_fails_alone()
    {
        using var wire = new Wire();
        Teach(wire.Server);
        var create = wire.Server.Answers[ServiceIds.CreateMonitoredItems];
        wire.Server.Answers[ServiceIds.CreateMonitoredItems] = (s, r) =>
        {
            if (r.Body.AsSpan().IndexOf("poison"u8) >= 0) s.Answer(r, _ => { }, StatusCodes.BadDecodingError);
            else create(s, r);
        };
        var items = new[] { "a", "poison", "b" }.Select(n => new MonitoredItem(new NodeAddress("urn:peer:plc", new NodeId(0, n)))).ToArray();
        wire.Client.Subscriptions.Add(this, items, 1_000_000, 5);
        wire.Start();
        Assert.Equal([true, false, true], items.Select(i => i.IsActive));
        Assert.Equal(StatusCodes.BadDecodingError, items[1].Status.Code);
    }

    private void Renew(bool sessions)
    {
        _wire.Server = new ScriptedServer();
        Teach(_wire.Server);
        if (sessions) return;
        var activate = _wire.Server.Answers[ServiceIds.ActivateSession];
        _wire.Server.Answers[ServiceIds.ActivateSession] = (s, r) =>
        {
            if (s.Sessions == 0) s.Answer(r, _ => { }, StatusCodes.BadSessionIdInvalid);
            else activate(s, r);
        };
    }
}
