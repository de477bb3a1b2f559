using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Items of the quarantine on their way to the target once more. What it takes, and what has no use any more, leaves the quarantine; what it refuses stays, with the new reason. A crash in between leaves them all where they were.</summary>
/// <remarks>Cursors are left alone: they passed these items when they were refused.</remarks>
internal sealed class QuarantineReplay : IResending
{
    /// <summary>Reason of a record that this program cannot read.</summary>
    public const string Unreadable = "this version cannot read the record: it is damaged, or a newer version wrote it; replay it with that version";

    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    private readonly Queue<QuarantinedItem> _waiting;
    private readonly IStore _store;
    private readonly string _publisher;
    private readonly ChosenSamples _samples;
    private readonly TimeProvider _time;
    private readonly Dictionary<PublishItem, QuarantinedItem> _underWay = new(ReferenceEqualityComparer.Instance);
    private long _due;

    public QuarantineReplay(IReadOnlyList<QuarantinedItem> items, IStore store, string publisher, ChosenData chosen, TimeProvider time)
    {
        // Oldest first, like everything else.
        _waiting = new Queue<QuarantinedItem>(items.OrderBy(i => i.Stream).ThenBy(i => i.Id));
        (_store, _publisher, _samples, _time, _due) = (store, publisher, new ChosenSamples(chosen, everything: true), time, time.GetTimestamp());
    }

    public (long Sent, long Refused) Counted { get; private set; }

    public bool Done => _waiting.Count == 0 && _underWay.Count == 0;

    public TimeSpan Until => _time.GetTimestamp() >= _due ? TimeSpan.Zero : _time.GetElapsedTime(_time.GetTimestamp(), _due);

    public List<PublishItem> Take()
    {
        var items = new List<PublishItem>();
        var most = Math.Max(1, (int)(RepublishOrder.UsualRate * Turn.TotalSeconds));
        // One batch is of one stream: a publisher gets no other.
        while (items.Count < most && _waiting.TryPeek(out var next) && (items.Count == 0 || next.Stream == _underWay[items[0]].Stream))
        {
            _waiting.Dequeue();
            if (Read(next, out var readable) is { } item)
            {
                items.Add(item);
                _underWay.Add(item, next);
            }
            else if (!readable) Refuse(next, UtcMicros.From(_time.GetUtcNow()), Unreadable);
            else _store.ReleaseQuarantine(_publisher, next.Stream, next.Id);
        }
        if (items.Count > 0) _due = _time.GetTimestamp() + (long)(_time.TimestampFrequency * (double)items.Count / RepublishOrder.UsualRate);
        return items;
    }

    public void Apply(List<PublishItem> items, Outcome[] outcomes, long nowMicros)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _underWay.Remove(items[i], out var q);
            if (outcomes[i].Kind == OutcomeKind.Retry) _waiting.Enqueue(q!);
            else if (outcomes[i].Kind == OutcomeKind.Accepted)
            {
                _store.ReleaseQuarantine(_publisher, q!.Stream, q.Id);
                Counted = (Counted.Sent + 1, Counted.Refused);
            }
            else Refuse(q!, nowMicros, outcomes[i].Reason ?? "rejected");
        }
    }

    private void Refuse(QuarantinedItem q, long nowMicros, string reason)
    {
        _store.PostQuarantine(_publisher, q.Stream, q.Id, nowMicros, reason);
        Counted = (Counted.Sent, Counted.Refused + 1);
    }

    /// <summary>The item out of the log; null where it has left it, a newer revision has taken its place, or <paramref name="readable"/> is false.</summary>
    private PublishItem? Read(QuarantinedItem q, out bool readable)
    {
        readable = true;
        switch (q.Stream)
        {
            case RecordStream.Records:
                if (_store.ReadRecords(q.Id - 1, 1) is not [var stored] || stored.Id != q.Id || stored.Superseded) return null;
                var record = new WindowRecord();
                readable = WindowRecordCodec.TryDecode(stored.Body, record);
                return readable ? new RecordItem(q.Id, record, true) : null;
            case RecordStream.Telemetry:
                if (_store.ReadEntries(q.Id - 1, 1) is not [var entry] || entry.Seq != q.Id) return null;
                var offset = EntryCodec.IsBootTime(entry.Codec) ? _store.Boot(entry.Boot).UtcOffsetMicros : 0;
                return offset is { } known && _samples.Of(entry, known) is { Count: > 0 } rows ? new TelemetryItem(q.Id, rows) : null;
            default:
                return _store.ReadEvents(q.Id - 1, 1) is [var happening] && happening.Id == q.Id ? new EventItem(q.Id, happening.Happening) : null;
        }
    }
}
