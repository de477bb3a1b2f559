using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

// The order of messages: none is delivered twice, none out of order, and a lost one is either fetched again or said to be lost (OPC 10000-4, 5.14.1.1).
public sealed partial class Subscription
{
    /// <summary>The number behind <paramref name="sequence"/>: 0 is skipped.</summary>
    internal static uint Following(uint sequence) => sequence == uint.MaxValue ? 1 : sequence + 1;

    /// <summary>Takes a message of a Publish answer.</summary>
    internal void OnMessage(in NotificationHead head, bool more, ref UaReader body, bool live = true)
    {
        _heardAt = _client.Now;
        _silences = 0;
        if (State == SubscriptionState.Republishing)
        {
            Hold(head, more, ref body);
            return;
        }
        var ahead = (int)(head.Sequence - _expected);
        if (head.Count == 0)
        {
            // A keepalive carries the number of the next message and is not acknowledged.
            if (ahead > 0) Fetch(head.Sequence);
            else if (!more) _sink.OnAlive(head.PublishTime);
            return;
        }
        if (ahead < 0)
        {
            _client.Subscriptions.Acknowledge(ServerId, head.Sequence);
            return;
        }
        if (ahead > 0)
        {
            Hold(head, more, ref body);
            Fetch(head.Sequence);
            return;
        }
        Deliver(head, more, ref body, live);
    }

    private void Hold(in NotificationHead head, bool more, ref UaReader body)
    {
        if (head.Count == 0) return;
        if (_held.Count == MaxHeld)
        {
            // The server answers messages but no Republish: give up what is missing.
            CloseGap();
            if (State == SubscriptionState.Republishing) State = SubscriptionState.Active;
        }
        _held.Add(new Held(head, more, body.Data[body.Position..].ToArray()));
    }

    private void Fetch(uint upTo)
    {
        _gapTo = upTo;
        AskRepublish();
    }

    private void AskRepublish()
    {
        State = SubscriptionState.Republishing;
        _client.Begin(ServiceIds.Republish).UInt32(ServerId).UInt32(_expected);
        _client.Submit(this, TagRepublish);
    }

    private void TakeRepublished(in Reply reply, ref UaReader body)
    {
        if (State != SubscriptionState.Republishing) return;
        if (!reply.Status.IsBad && SubscriptionServices.ReadHead(ref body, out var head) && head.Sequence == _expected)
        {
            Republished++;
            Deliver(head, more: true, ref body, live: false);
            if (State != SubscriptionState.Republishing) return;
            if (_gapTo == 0 || (int)(_gapTo - _expected) > 0)
            {
                AskRepublish();
                return;
            }
        }
        State = SubscriptionState.Active;
        CloseGap();
    }

    /// <summary>Nothing more can be fetched: what is still missing is lost; what was held back follows.</summary>
    private void CloseGap()
    {
        if (_held.Count > 0 && _gapTo == 0) _gapTo = _held[0].Head.Sequence;
        if (_gapTo != 0 && (int)(_gapTo - _expected) > 0)
        {
            Gaps++;
            _expected = _gapTo;
            _sink.OnGap();
        }
        _gapTo = 0;
        var held = _held.ToArray();
        _held.Clear();
        foreach (var message in held)
        {
            var r = new UaReader(message.Data);
            if (State == SubscriptionState.Active || (State == SubscriptionState.Republishing && message.Head.Count > 0)) OnMessage(message.Head, message.More, ref r, live: false);
        }
    }

    private void Deliver(in NotificationHead head, bool more, ref UaReader body, bool live)
    {
        _expected = Following(head.Sequence);
        Messages++;
        _client.Subscriptions.Acknowledge(ServerId, head.Sequence);
        _sink.OnMessage(live ? head.PublishTime : UaTime.None);
        var gone = false;
        for (var i = 0; i < head.Count && !body.Failed; i++)
        {
            ExtensionObject.Read(ref body, out var notification);
            if (body.Failed || !notification.IsBinary) continue;
            var type = notification.TypeId(body.Data);
            if (type.Namespace != 0) continue;
            var content = new UaReader(notification.Body(body.Data));
            if (type.Number == ServiceIds.DataChangeNotification) DeliverValues(ref content);
            // Its lifetime is over, or another session took it.
            else if (type.Number == ServiceIds.StatusChangeNotification) gone = true;
        }
        // A message that cannot be read is as good as lost, and is said to be.
        if (body.Failed) Damage();
        if (gone) Recreate();
        else if (!more) _sink.OnAlive(head.PublishTime);
    }

    private void DeliverValues(ref UaReader r)
    {
        var count = r.Count(5);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var handle = r.UInt32();
            DataValue.Read(ref r, ref _value);
            if (r.Failed || handle >= (uint)Items.Count) continue;
            _sink.OnValue((int)handle, _value, r.Data);
            if (_value.Status.Code is StatusCodes.BadNodeIdUnknown or StatusCodes.BadNodeIdInvalid) ItemVanished(Items[(int)handle]);
        }
        if (r.Failed) Damage();
    }

    private void Damage()
    {
        Gaps++;
        _sink.OnGap();
    }
}
