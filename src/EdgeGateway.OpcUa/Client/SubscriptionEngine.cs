using System.Runtime.InteropServices;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>All subscriptions of a client, and the Publish requests that carry their messages (OPC 10000-4, 5.14.5). Belongs to its client's thread.</summary>
public sealed class SubscriptionEngine : IReplyHandler
{
    private const int TagPublish = 1, TagTransfer = 2;
    private const int LeastPublishes = 2, MostPublishes = 10;
    private const long AfterRefusal = 1_000_000;
    private const long PublishMargin = 10_000_000;

    private readonly UaClient _client;
    private readonly List<Subscription> _all = [];
    private readonly List<Acknowledgement> _acknowledgements = [];
    private readonly List<Subscription> _transferring = [];
    private int _outstanding, _cap = MostPublishes;
    private long _notBefore;

    internal SubscriptionEngine(UaClient client) => _client = client;

    /// <summary>The subscriptions.</summary>
    public IReadOnlyList<Subscription> All => _all;

    /// <summary>Publish requests without an answer.</summary>
    public int Outstanding => _outstanding;

    /// <summary>Subscriptions taken over by a new session.</summary>
    public int Transfers { get; private set; }

    /// <summary>Adds a subscription; it is created as soon as there is a session.</summary>
    /// <param name="sink">Receives its values.</param>
    /// <param name="items">Its items.</param>
    /// <param name="interval">Publishing interval, microseconds.</param>
    /// <param name="keepAlive">Intervals without data until an empty message.</param>
    /// <param name="itemRetry">Wait before a failed item is tried again, microseconds.</param>
    public Subscription Add(ISubscriptionSink sink, IReadOnlyList<MonitoredItem> items, long interval, uint keepAlive, long itemRetry = 60_000_000)
    {
        var subscription = new Subscription(_client, sink, items) { ItemRetry = itemRetry };
        subscription.Change(interval, keepAlive);
        _all.Add(subscription);
        return subscription;
    }

    /// <summary>Deletes a subscription, here and at the server.</summary>
    public void Remove(Subscription subscription)
    {
        if (_all.Remove(subscription)) subscription.Delete();
    }

    internal long NextDeadline
    {
        get
        {
            var next = long.MaxValue;
            foreach (var s in _all) next = Math.Min(next, s.NextDeadline);
            return _outstanding < Wanted() ? Math.Min(next, _notBefore) : next;
        }
    }

    internal void Acknowledge(uint subscription, uint sequence) => _acknowledgements.Add(new Acknowledgement(subscription, sequence));

    internal void OnReady(bool newSession)
    {
        _outstanding = 0;
        _notBefore = 0;
        _acknowledgements.Clear();
        _transferring.Clear();
        foreach (var s in _all)
        {
            if (s.ServerId == 0) continue;
            if (!newSession) s.Resume();
            else
            {
                s.BeginTransfer();
                _transferring.Add(s);
            }
        }
        if (_transferring.Count == 0) return;
        var ids = _transferring.Select(s => s.ServerId).ToArray();
        var w = _client.Begin(ServiceIds.TransferSubscriptions);
        SubscriptionServices.WriteIds(w, ids);
        // The values as they are now: what changed while nobody listened may be lost.
        w.Boolean(true);
        _client.Submit(this, TagTransfer);
    }

    internal void OnLost()
    {
        _outstanding = 0;
        foreach (var s in _all) s.OnLost();
    }

    internal void Advance()
    {
        var now = _client.Now;
        for (var i = 0; i < _all.Count && _client.Phase == ClientPhase.Ready; i++) _all[i].Advance(now);
        if (_client.Phase != ClientPhase.Ready || now < _notBefore) return;
        for (var wanted = Wanted(); _outstanding < wanted; _outstanding++)
        {
            var w = _client.Begin(ServiceIds.Publish, PublishTimeout(wanted));
            SubscriptionServices.WritePublish(w, CollectionsMarshal.AsSpan(_acknowledgements));
            _acknowledgements.Clear();
            _client.Submit(this, TagPublish, PublishTimeout(wanted));
        }
    }

    /// <inheritdoc/>
    void IReplyHandler.OnReply(in Reply reply, ref UaReader body)
    {
        if (_client.Phase != ClientPhase.Ready) return;
        if (reply.Tag == TagTransfer) TakeTransferred(reply, ref body);
        else TakePublished(reply, ref body);
    }

    private int Wanted()
    {
        var delivering = 0;
        foreach (var s in _all) delivering += s.TakesPublish ? 1 : 0;
        return delivering == 0 ? 0 : Math.Min(_cap, Math.Clamp(delivering + 1, LeastPublishes, MostPublishes));
    }

    /// <summary>An unanswered Publish is no failure while the ones before it wait as well; silence is the watchdog's business.</summary>
    private long PublishTimeout(int wanted)
    {
        var longest = 0L;
        foreach (var s in _all) longest = Math.Max(longest, s.Patience);
        return longest * (wanted + 1) + PublishMargin;
    }

    private void TakeTransferred(in Reply reply, ref UaReader body)
    {
        if (_client.NoteStatus(reply.Status)) return;
        var count = reply.Status.IsBad ? 0 : Math.Max(0, body.Count(8));
        for (var i = 0; i < _transferring.Count; i++)
        {
            var status = i < count ? new StatusCode(body.UInt32()) : new StatusCode(StatusCodes.BadSubscriptionIdInvalid);
            if (i < count) body.SkipArray(BuiltInType.UInt32);
            if (status.IsBad || body.Failed) _transferring[i].Recreate();
            else
            {
                Transfers++;
                _transferring[i].Resume();
            }
        }
        _transferring.Clear();
    }

    private void TakePublished(in Reply reply, ref UaReader body)
    {
        _outstanding = Math.Max(0, _outstanding - 1);
        if (reply.Status.IsBad)
        {
            if (_client.NoteStatus(reply.Status)) return;
            // Never at once again: a server that refuses would be asked in a loop.
            _notBefore = _client.Now + AfterRefusal;
            if (reply.Status.Code == StatusCodes.BadTooManyPublishRequests) _cap = Math.Max(1, _outstanding);
            else if (reply.Status.Code == StatusCodes.BadNoSubscription)
            {
                for (var i = 0; i < _all.Count; i++) _all[i].Recreate();
            }
            return;
        }
        if (!SubscriptionServices.ReadPublished(ref body, out var id, out var more, out var head)) return;
        for (var i = 0; i < _all.Count; i++)
        {
            if (_all[i].ServerId != id || !_all[i].TakesPublish) continue;
            _all[i].OnMessage(head, more, ref body);
            return;
        }
    }
}
