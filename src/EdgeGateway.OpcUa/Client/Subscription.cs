using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

/// <summary>Where a subscription stands.</summary>
public enum SubscriptionState : byte
{
    /// <summary>The server does not have it.</summary>
    New = 0,
    /// <summary>Asked for.</summary>
    Creating,
    /// <summary>Being taken over by a new session.</summary>
    Transferring,
    /// <summary>Missing messages are being fetched; what arrives meanwhile is held back, so that order is kept.</summary>
    Republishing,
    /// <summary>Delivering.</summary>
    Active,
}

/// <summary>A subscription and its items, through all reconnects (OPC 10000-4, 5.14.1). Belongs to its client's thread.</summary>
public sealed partial class Subscription : IReplyHandler
{
    private const int TagCreate = 1, TagModify = 2, TagRepublish = 3, TagItems = 4, TagIgnored = 5;
    private const int MaxHeld = 100;
    private const long CreateRetry = 10_000_000;
    private const long SilenceMargin = 5_000_000;

    private readonly UaClient _client;
    private readonly ISubscriptionSink _sink;
    private readonly List<Held> _held = [];
    private DataValue _value;
    private uint _expected, _gapTo;
    private long _heardAt, _createAt;
    private int _silences;
    private bool _dirty, _doubted;

    internal Subscription(UaClient client, ISubscriptionSink sink, IReadOnlyList<MonitoredItem> items) => (_client, _sink, Items) = (client, sink, items);

    /// <summary>Its items; an item's index is its client handle.</summary>
    public IReadOnlyList<MonitoredItem> Items { get; }

    /// <summary>Publishing interval to ask for, microseconds.</summary>
    public long Interval { get; private set; } = 1_000_000;

    /// <summary>Intervals without data until the server sends an empty message.</summary>
    public uint KeepAlive { get; private set; } = 5;

    /// <summary>What the server granted.</summary>
    public RevisedSubscription Revised { get; private set; }

    /// <summary>Where it stands.</summary>
    public SubscriptionState State { get; private set; }

    /// <summary>Messages delivered.</summary>
    public long Messages { get; private set; }

    /// <summary>Messages fetched once more.</summary>
    public long Republished { get; private set; }

    /// <summary>Stretches of messages lost for good.</summary>
    public long Gaps { get; private set; }

    /// <summary>Times the server had to be asked for it from scratch.</summary>
    public int Creations { get; private set; }

    /// <summary>The server's id, or 0.</summary>
    public uint ServerId => Revised.Id;

    internal long Patience => Revised.IntervalMicros * (Revised.KeepAlive + 1) + SilenceMargin;

    internal bool TakesPublish => State is SubscriptionState.Active or SubscriptionState.Republishing;

    internal long NextDeadline => State switch
    {
        SubscriptionState.New => _createAt,
        SubscriptionState.Active or SubscriptionState.Republishing => Math.Min(_heardAt + Patience, _itemsDue),
        _ => long.MaxValue,
    };

    /// <summary>Lifetime of at least three keepalives and two minutes, so that it outlives a reconnect.</summary>
    private uint Lifetime => (uint)Math.Max(KeepAlive * 3, 120_000_000 / Math.Max(1, Interval) + 1);

    /// <summary>Asks for another interval and keepalive, now or when it is created.</summary>
    public void Change(long interval, uint keepAlive)
    {
        (Interval, KeepAlive) = (interval, Math.Max(1, keepAlive));
        if (!TakesPublish || _client.Phase != ClientPhase.Ready) return;
        SubscriptionServices.WriteModify(_client.Begin(ServiceIds.ModifySubscription), ServerId, Interval / 1000.0, Lifetime, KeepAlive, MaxNotifications, 0);
        _client.Submit(this, TagModify);
    }

    private const uint MaxNotifications = 5000;

    internal void Create()
    {
        State = SubscriptionState.Creating;
        SubscriptionServices.WriteCreate(_client.Begin(ServiceIds.CreateSubscription), Interval / 1000.0, Lifetime, KeepAlive, MaxNotifications, 0);
        _client.Submit(this, TagCreate);
    }

    /// <summary>The server no longer has it: make it anew.</summary>
    internal void Recreate()
    {
        if (State is SubscriptionState.New or SubscriptionState.Creating) return;
        var old = ServerId;
        Forget();
        if (_client.Phase != ClientPhase.Ready) return;
        if (old != 0)
        {
            // It may linger on the server and take its place among the few allowed.
            SubscriptionServices.WriteIds(_client.Begin(ServiceIds.DeleteSubscriptions), [old]);
            _client.Submit(this, TagIgnored);
        }
        Create();
    }

    /// <summary>Has it made anew at the next chance: the server then tells every value as it is. For a consumer that doubts what it was told; callable from its sink.</summary>
    public void RecreateSoon() => _doubted = true;

    internal void Delete()
    {
        if (ServerId != 0 && _client.Phase == ClientPhase.Ready)
        {
            SubscriptionServices.WriteIds(_client.Begin(ServiceIds.DeleteSubscriptions), [ServerId]);
            _client.Submit(this, TagIgnored);
        }
        Forget();
    }

    internal void BeginTransfer() => State = SubscriptionState.Transferring;

    internal void Resume()
    {
        if (_dirty)
        {
            State = SubscriptionState.Active;
            Recreate();
            return;
        }
        _heardAt = _client.Now;
        AskRepublish();
    }

    internal void OnLost()
    {
        // Whether a call under way created its items is not known: the whole subscription is then made anew.
        _dirty |= _asked.Count > 0;
        _asked.Clear();
        _held.Clear();
        if (State == SubscriptionState.Creating) Forget();
    }

    internal void Advance(long now)
    {
        if (State == SubscriptionState.New && now >= _createAt) Create();
        if (!TakesPublish) return;
        if (now >= _heardAt + Patience)
        {
            // Once the line is suspected; twice in a row the subscription itself.
            if (++_silences >= 2) _dirty = true;
            _client.Lose(ProblemKind.Silence, "the subscription fell silent");
            return;
        }
        if (_doubted && State == SubscriptionState.Active)
        {
            Recreate();
            return;
        }
        if (now >= _itemsDue) AskItems(now);
    }

    /// <inheritdoc/>
    void IReplyHandler.OnReply(in Reply reply, ref UaReader body)
    {
        if (_client.Phase != ClientPhase.Ready || reply.Tag == TagIgnored) return;
        if (_client.NoteStatus(reply.Status)) return;
        if (reply.Status.Code == StatusCodes.BadSubscriptionIdInvalid)
        {
            Recreate();
            return;
        }
        switch (reply.Tag)
        {
            case TagCreate:
                TakeCreated(reply, ref body);
                break;
            case TagModify:
                if (!reply.Status.IsBad && SubscriptionServices.ReadModified(ref body, ServerId, out var revised)) Revised = revised;
                break;
            case TagRepublish:
                TakeRepublished(reply, ref body);
                break;
            case TagItems:
                TakeItems(reply, ref body);
                break;
        }
    }

    private void TakeCreated(in Reply reply, ref UaReader body)
    {
        if (reply.Status.IsBad || !SubscriptionServices.ReadCreated(ref body, out var revised))
        {
            Forget();
            _createAt = _client.Now + CreateRetry;
            return;
        }
        Revised = revised;
        Creations++;
        State = SubscriptionState.Active;
        _expected = 1;
        _heardAt = _client.Now;
        _itemsDue = 0;
    }

    private void Forget()
    {
        State = SubscriptionState.New;
        Revised = default;
        _dirty = _doubted = false;
        _createAt = _gapTo = 0;
        _held.Clear();
        _asked.Clear();
        foreach (var item in Items) item.Reset();
    }

    private readonly record struct Held(NotificationHead Head, bool More, byte[] Data);
}
