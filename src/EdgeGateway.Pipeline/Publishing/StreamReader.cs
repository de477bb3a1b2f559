using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Reads what a publisher has not acknowledged yet from one stream, and keeps its cursor.</summary>
/// <remarks>
/// Oldest first. Behind an outage there are two lanes: what came since the line stands, and the backlog; a batch of the one follows a batch of the other, so that live data wait behind one batch of old data at most.
/// Where the backlog is drained, the lanes are one again. Owned by the publisher's loop; single-threaded.
/// </remarks>
internal sealed class StreamReader
{
    /// <summary>A line that stands and is so many batches behind is treated like one that was away.</summary>
    private const int FarBehind = 100;

    private readonly IStore _store;
    private readonly IPublisher _publisher;
    private readonly PublisherHealth _health;
    private readonly TimeProvider _time;
    private readonly ChosenData _chosen;
    private readonly AckRanges _acknowledged;
    private Lane _live;
    private Lane? _backlog;
    private Lane _served;
    private long _lookedTo;

    public StreamReader(IStore store, IPublisher publisher, RecordStream stream, PublisherHealth health, TimeProvider time)
    {
        (_store, _publisher, Stream, _health, _time) = (store, publisher, stream, health, time);
        _chosen = publisher.Chosen;
        _live = _served = new Lane(_chosen, 0, long.MaxValue);
        if (store.LoadCursor(publisher.Name, stream) is { } cursor)
        {
            _acknowledged = cursor;
            return;
        }
        _acknowledged = new AckRanges();
        var newest = Newest;
        if (!_chosen.Choice.FromOldest && newest > 0) _acknowledged.Add(1, newest);
        store.PostCursor(publisher.Name, stream, _acknowledged);
    }

    public RecordStream Stream { get; }

    /// <summary>Samples that are not collected leave before they are durable; the store holds their acknowledgement back until they are.</summary>
    private bool IsTapped => _chosen.Choice.IsTapped;

    private long Newest => Stream switch { RecordStream.Records => _store.DurableRecordId, RecordStream.Telemetry => IsTapped ? _store.PostedSeq : _store.DurableSeq, _ => _store.DurableEventId };

    /// <summary>The line stands: what is there now is the backlog, what comes from here on goes beside it.</summary>
    public void Begin() => Part(1);

    /// <summary>The next items not acknowledged; what needs no sending is acknowledged on the way. Empty where the stream is drained.</summary>
    public List<PublishItem> Read(int limit)
    {
        var newest = Newest;
        var items = ReadLanes(limit);
        AtEnd = _backlog is null && (items.Count == 0 || _lookedTo >= newest);
        return items;
    }

    /// <summary>True where the last read came to the end of what there was.</summary>
    public bool AtEnd { get; private set; }

    private List<PublishItem> ReadLanes(int limit)
    {
        if (_backlog is null && Stream != RecordStream.Events) Part((long)FarBehind * limit);
        if (_backlog is null) return Read(_live, limit);
        if (_backlog.Position(_acknowledged) >= _backlog.UpTo)
        {
            _backlog = null;
            return Read(_live, limit);
        }
        // In turns; where the one has nothing, the other.
        var (first, second) = _served == _live ? (_backlog, _live) : (_live, _backlog);
        var items = Read(first, limit);
        return items.Count > 0 ? items : Read(second, limit);
    }

    /// <summary>Takes over what became of items: accepted and rejected ones are acknowledged, and rejected ones quarantined.</summary>
    public void Apply(List<PublishItem> items, Outcome[] outcomes, long nowMicros)
    {
        for (var i = 0; i < items.Count; i++)
        {
            _health.Count(outcomes[i].Kind);
            if (outcomes[i].Kind == OutcomeKind.Retry) continue;
            if (outcomes[i].Kind == OutcomeKind.Rejected) _store.PostQuarantine(_publisher.Name, Stream, items[i].Id, nowMicros, outcomes[i].Reason ?? "rejected");
            Acknowledge(items, i);
        }
        _store.PostCursor(_publisher.Name, Stream, _acknowledged);
    }

    /// <summary>Parts the stream where more than <paramref name="behind"/> ids wait.</summary>
    private void Part(long behind)
    {
        var (newest, position) = (Newest, _acknowledged.Contiguous);
        if (newest - position <= behind) return;
        _backlog = new Lane(_chosen, 0, newest);
        _live = _served = new Lane(_chosen, newest, long.MaxValue);
    }

    private List<PublishItem> Read(Lane lane, int limit)
    {
        _served = lane;
        var items = new List<PublishItem>();
        var after = lane.Position(_acknowledged);
        var passed = false;
        while (items.Count == 0 && after < lane.UpTo)
        {
            var last = Stream switch
            {
                RecordStream.Records => ReadRecords(lane, after, limit, items, ref passed),
                RecordStream.Telemetry => ReadTelemetry(lane, after, limit, items, ref passed),
                _ => ReadEvents(lane, after, limit, items, ref passed),
            };
            if (last == after) break;
            _lookedTo = after = last;
        }
        if (passed) _store.PostCursor(_publisher.Name, Stream, _acknowledged);
        return items;
    }

    /// <summary>Ids between two neighbours of one read never had an item for this publisher: they are acknowledged with the later one.</summary>
    private void Acknowledge(List<PublishItem> items, int index)
    {
        if (Stream == RecordStream.Telemetry) _served.Samples.Forget(items[index].Id);
        var before = index == 0 ? _served.Position(_acknowledged) : items[index - 1].Id;
        _acknowledged.Add(Math.Min(before + 1, items[index].Id), items[index].Id);
    }

    private long ReadRecords(Lane lane, long after, int limit, List<PublishItem> items, ref bool passed)
    {
        foreach (var stored in _store.ReadRecords(after, limit))
        {
            if (stored.Id > lane.UpTo) return EndOf(lane, after, ref passed);
            var before = after;
            after = stored.Id;
            if (_acknowledged.Contains(stored.Id)) continue;
            var record = new WindowRecord();
            if (stored.Superseded) Pass(before + 1, stored.Id, ref passed);
            else if (!WindowRecordCodec.TryDecode(stored.Body, record)) SetAside(before + 1, stored.Id, ref passed);
            else if (_chosen.Wants(record)) items.Add(new RecordItem(stored.Id, record, stored.Restates));
            else Pass(before + 1, stored.Id, ref passed);
        }
        return after;
    }

    private long ReadTelemetry(Lane lane, long after, int limit, List<PublishItem> items, ref bool passed)
    {
        foreach (var entry in IsTapped ? _store.ReadPosted(after, limit) : _store.ReadEntries(after, limit))
        {
            if (entry.Seq > lane.UpTo) return EndOf(lane, after, ref passed);
            var offset = 0L;
            if (EntryCodec.IsBootTime(entry.Codec))
            {
                // Not timed yet: wait for this boot's offset. An older boot never gets one.
                if (_store.Boot(entry.Boot).UtcOffsetMicros is { } known) offset = known;
                else if (entry.Boot == _store.CurrentBoot) return after;
                else
                {
                    Pass(after + 1, entry.Seq, ref passed);
                    after = entry.Seq;
                    continue;
                }
            }
            var before = after;
            after = entry.Seq;
            if (_acknowledged.Contains(entry.Seq)) continue;
            if (lane.Samples.Of(entry, offset) is { Count: > 0 } rows) items.Add(new TelemetryItem(entry.Seq, rows));
            else Pass(before + 1, entry.Seq, ref passed);
        }
        return after;
    }

    private long ReadEvents(Lane lane, long after, int limit, List<PublishItem> items, ref bool passed)
    {
        foreach (var stored in _store.ReadEvents(after, limit))
        {
            if (stored.Id > lane.UpTo) return EndOf(lane, after, ref passed);
            after = stored.Id;
            if (!_acknowledged.Contains(stored.Id)) items.Add(new EventItem(stored.Id, stored.Happening));
        }
        return after;
    }

    /// <summary>The rest of a lane never had an item, or has it no more.</summary>
    private long EndOf(Lane lane, long after, ref bool passed)
    {
        if (after < lane.UpTo && after == lane.Position(_acknowledged)) Pass(after + 1, lane.UpTo, ref passed);
        return lane.UpTo;
    }

    /// <summary>Nobody can send it now, and it is not given up: it waits in the quarantine for a program that can read it.</summary>
    private void SetAside(long lo, long id, ref bool passed)
    {
        _store.PostQuarantine(_publisher.Name, Stream, id, UtcMicros.From(_time.GetUtcNow()), QuarantineReplay.Unreadable);
        _health.Count(OutcomeKind.Rejected);
        _acknowledged.Add(lo, id);
        passed = true;
    }

    /// <summary>Acknowledges an id that needs no sending, and the hole before it.</summary>
    private void Pass(long lo, long hi, ref bool passed)
    {
        _acknowledged.Add(lo, hi);
        _health.CountSkipped();
        passed = true;
    }
}
