using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>Reads what a publisher has not acknowledged yet from one stream, oldest first, and keeps its cursor.</summary>
/// <remarks>Owned by the publisher's loop; single-threaded.</remarks>
internal sealed class StreamReader
{
    private readonly IStore _store;
    private readonly IPublisher _publisher;
    private readonly PublisherHealth _health;
    private readonly ChosenData _chosen;
    private readonly AckRanges _acknowledged;
    private readonly ChosenSamples _samples;

    public StreamReader(IStore store, IPublisher publisher, RecordStream stream, PublisherHealth health)
    {
        (_store, _publisher, Stream, _health) = (store, publisher, stream, health);
        _chosen = publisher.Chosen;
        _samples = new ChosenSamples(_chosen);
        if (store.LoadCursor(publisher.Name, stream) is { } cursor)
        {
            _acknowledged = cursor;
            return;
        }
        _acknowledged = new AckRanges();
        var newest = stream switch { RecordStream.Records => store.DurableRecordId, RecordStream.Telemetry => store.DurableSeq, _ => store.DurableEventId };
        if (!_chosen.Choice.FromOldest && newest > 0) _acknowledged.Add(1, newest);
        store.PostCursor(publisher.Name, stream, _acknowledged);
    }

    public RecordStream Stream { get; }

    /// <summary>The next items not acknowledged; what needs no sending is acknowledged on the way. Empty where the stream is drained.</summary>
    public List<PublishItem> Read(int limit)
    {
        var items = new List<PublishItem>();
        var after = _acknowledged.Contiguous;
        var passed = false;
        while (items.Count == 0)
        {
            var last = Stream switch
            {
                RecordStream.Records => ReadRecords(after, limit, items, ref passed),
                RecordStream.Telemetry => ReadTelemetry(after, limit, items, ref passed),
                _ => ReadEvents(after, limit, items),
            };
            if (last == after) break;
            after = last;
        }
        if (passed) _store.PostCursor(_publisher.Name, Stream, _acknowledged);
        return items;
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

    /// <summary>Ids between two neighbours of one read never had an item for this publisher: they are acknowledged with the later one.</summary>
    private void Acknowledge(List<PublishItem> items, int index)
    {
        if (Stream == RecordStream.Telemetry) _samples.Forget(items[index].Id);
        var before = index == 0 ? _acknowledged.Contiguous : items[index - 1].Id;
        _acknowledged.Add(Math.Min(before + 1, items[index].Id), items[index].Id);
    }

    private long ReadRecords(long after, int limit, List<PublishItem> items, ref bool passed)
    {
        foreach (var stored in _store.ReadRecords(after, limit))
        {
            var before = after;
            after = stored.Id;
            if (_acknowledged.Contains(stored.Id)) continue;
            var record = new WindowRecord();
            var readable = WindowRecordCodec.TryDecode(stored.Body, record);
            if (readable && !stored.Superseded && _chosen.Wants(record)) items.Add(new RecordItem(stored.Id, record, stored.Restates));
            else Pass(before + 1, stored.Id, ref passed);
        }
        return after;
    }

    private long ReadTelemetry(long after, int limit, List<PublishItem> items, ref bool passed)
    {
        foreach (var entry in _store.ReadEntries(after, limit))
        {
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
            if (_samples.Of(entry, offset) is { Count: > 0 } rows) items.Add(new TelemetryItem(entry.Seq, rows));
            else Pass(before + 1, entry.Seq, ref passed);
        }
        return after;
    }

    private long ReadEvents(long after, int limit, List<PublishItem> items)
    {
        foreach (var stored in _store.ReadEvents(after, limit))
        {
            after = stored.Id;
            if (!_acknowledged.Contains(stored.Id)) items.Add(new EventItem(stored.Id, stored.Happening));
        }
        return after;
    }

    /// <summary>Acknowledges an id that needs no sending, and the hole before it.</summary>
    private void Pass(long lo, long hi, ref bool passed)
    {
        _acknowledged.Add(lo, hi);
        _health.CountSkipped();
        passed = true;
    }
}
