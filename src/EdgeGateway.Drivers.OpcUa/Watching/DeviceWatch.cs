using EdgeGateway.Drivers.OpcUa.Options;
using EdgeGateway.Drivers.OpcUa.Points;
using EdgeGateway.OpcUa.Client;
using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.Records.Samples;

namespace EdgeGateway.Drivers.OpcUa.Watching;

/// <summary>Watches a device's points by a subscription: changes as samples, unchanged values as heartbeats, silence as bad samples.</summary>
internal sealed class DeviceWatch : DeviceWork, ISubscriptionSink
{
    private const uint MostKeepAlive = 20;
    private const long LeastRefresh = 30_000_000;

    private readonly long _publishing, _sampling, _period, _retry;
    private readonly uint _queue;
    private Subscription? _subscription;
    private long _due, _arrived, _readyAt, _refreshedAt = long.MinValue;

    public DeviceWatch(DeviceContext context)
        : base(context)
    {
        var options = context.Device.Map.Options;
        _publishing = (long)options.Get(OpcUaOptions.Publishing).TotalMicroseconds;
        _sampling = options.Has(OpcUaOptions.Sampling) ? (long)options.Get(OpcUaOptions.Sampling).TotalMicroseconds : _publishing;
        _retry = (long)options.Get(OpcUaOptions.Retry).TotalMicroseconds;
        _queue = (uint)options.Get(OpcUaOptions.Queue);
        _period = Tracks.Length == 0 ? 1_000_000 : Tracks.Min(t => t.Period);
    }

    /// <summary>The subscription, or null before the first session.</summary>
    public Subscription? Subscription => _subscription;

    public override long NextDeadline => _due;

    /// <summary>A change may have waited for its sampling and for the message.</summary>
    private int SpreadOf(int item) => (int)Math.Min(int.MaxValue, (_subscription?.Revised.IntervalMicros ?? _publishing) + SamplingOf(item));

    /// <summary>What the server granted, where it is slower than asked for.</summary>
    private long SamplingOf(int item) => Math.Max(_sampling, _subscription?.Items[item].RevisedSampling ?? 0);

    /// <summary>Once a period: points that nothing was heard of get a bad sample.</summary>
    public override void Advance(long now)
    {
        if (now < _due) return;
        _due = now + _period;
        for (var i = 0; i < Tracks.Length && WasTold; i++)
        {
            var track = Tracks[i];
            if (!InSession) track.Miss(Quality.BadDisconnected, now, Writer);
            else if (_subscription is { } s && s.Items[i].Status is { IsBad: true, Code: not StatusCodes.BadWaitingForInitialData } && !s.Items[i].IsActive) track.Miss(PointDecoder.QualityOf(s.Items[i].Status), now, Writer);
            // Alive but silent for longer than its keepalives explain.
            else if (now - Math.Max(track.LastAdded, _readyAt) > track.Period + Patience) track.Miss(Quality.BadTimeout, now, Writer);
        }
        Writer.Post();
    }

    private long Patience => (_subscription?.Revised is { Id: not 0 } revised ? revised.IntervalMicros * (revised.KeepAlive + 2) : _publishing) + _sampling + 1_000_000;

    public override void OnReady(bool newSession)
    {
        base.OnReady(newSession);
        _due = 0;
        _readyAt = Context.Line.Now;
        if (_subscription is not null) return;
        var items = Tracks.Select(t =>
        {
            var options = t.Point.Map.Options;
            var item = new MonitoredItem(NodeOf(t)) { Sampling = _sampling, Queue = _queue };
            return options.Has(OpcUaOptions.Deadband) ? item.With(options.Get(OpcUaOptions.Deadband).ToDouble()) : item;
        }).ToArray();
        // Keepalives come at least once a period, so that heartbeats do.
        var keepAlive = (uint)Math.Clamp(_period / Math.Max(1, _publishing), 1, MostKeepAlive);
        _subscription = Client.Subscriptions.Add(this, items, _publishing, keepAlive, _retry);
    }

    protected override void LayoutKnown(int index)
    {
        if (Tracks[index].LastAdded != long.MinValue) _subscription?.RecreateSoon();
    }

    public void OnMessage(long publishTime) => Arrive(publishTime);

    public void OnValue(int item, in DataValue value, ReadOnlySpan<byte> message)
    {
        var spread = SpreadOf(item);
        var quality = Tracks[item].Add(value, message, Clock, _arrived, _arrived - spread / 2, spread, polled: false, Writer);
        Say(item, quality, value.Status);
    }

    public void OnAlive(long publishTime)
    {
        Arrive(publishTime);
        var now = _arrived;
        Context.BusHealth.CountResponse();
        Context.Health.CountGood(now + Context.Services.Stamps.SystemOffset, 0);
        var byDevice = Clock.Origin != TimeOrigin.Gateway && Clock.IsUsable && publishTime != UaTime.None;
        for (var i = 0; i < Tracks.Length; i++)
        {
            if (!_subscription!.Items[i].IsActive) continue;
            // A change that is sampled later may still be on its way: up to here the last value stood for certain.
            if (byDevice) Tracks[i].Beat(Math.Min(Clock.BootOf(publishTime) - SamplingOf(i), now), 0, now, Writer);
            else Tracks[i].Beat(now - SpreadOf(i) / 2, SpreadOf(i), now, Writer);
        }
        Writer.Post();
    }

    public void OnGap()
    {
        Context.Log.Gap(Context.Bus, Context.Device.Map.Name);
        Context.Health.CountError();
        var now = Context.Line.Now;
        foreach (var track in Tracks)
        {
            track.Doubt();
            track.Miss(Quality.Bad, now, Writer, always: true);
        }
        Writer.Post();
        // Made anew, the subscription tells every value as it is; a server that loses messages all the time is not asked for that all the time.
        if (_refreshedAt != long.MinValue && now - _refreshedAt < LeastRefresh) return;
        _refreshedAt = now;
        _subscription!.RecreateSoon();
    }

    public void OnItem(int item, StatusCode status)
    {
        if (!status.IsBad) return;
        var quality = PointDecoder.QualityOf(status);
        Tracks[item].Miss(quality, Context.Line.Now, Writer);
        Say(item, quality, status);
    }

    public override void OnLost(ClientProblem problem)
    {
        base.OnLost(problem);
        Writer.Post();
    }

    private void Arrive(long serverUtc)
    {
        _arrived = Context.Line.Now;
        Clock.Note(serverUtc, _arrived);
        SayClock();
    }
}
