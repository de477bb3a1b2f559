using EdgeGateway.Pipeline.Ingesting;
using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>One order under way: reads the log page by page and hands out what belongs to the order, newest revisions only. Cursors and quarantine are left alone. Owned by the publisher's loop.</summary>
/// <remarks>What is chosen for the target holds here too, but for report by exception: whoever asks for a stretch wants all of it.</remarks>
internal sealed class Republishing(RepublishOrder order, IStore store, ChosenData chosen, TimeProvider time) : IResending
{
    private const int Page = 200;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    private readonly ChosenSamples _samples = new(chosen, everything: true);
    private readonly Queue<PublishItem> _waiting = new();
    private readonly (long Record, long Entry, long Event) _end = (store.DurableRecordId, store.DurableSeq, store.DurableEventId);
    private int _stream;
    private long _after;
    private long _due = time.GetTimestamp();

    public (long Sent, long Refused) Counted { get; private set; }

    public bool Done => _waiting.Count == 0 && _stream >= order.Streams.Length;

    public TimeSpan Until => time.GetTimestamp() >= _due ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), _due);

    /// <remarks>Reads at most one page of the log.</remarks>
    public List<PublishItem> Take()
    {
        if (_waiting.Count == 0 && _stream < order.Streams.Length) Fill();
        var most = Math.Max(1, (int)(order.PerSecond * Turn.TotalSeconds));
        var items = new List<PublishItem>();
        while (items.Count < most && _waiting.TryDequeue(out var item)) items.Add(item);
        // Reading on costs no bytes: only what is sent has to wait.
        if (items.Count > 0) _due = time.GetTimestamp() + (long)(time.TimestampFrequency * (double)items.Count / order.PerSecond);
        return items;
    }

    public void Apply(List<PublishItem> items, Outcome[] outcomes, long nowMicros)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.Retry) _waiting.Enqueue(items[i]);
            else Counted = outcomes[i].Kind == OutcomeKind.Accepted ? (Counted.Sent + 1, Counted.Refused) : (Counted.Sent, Counted.Refused + 1);
        }
    }

    private void Fill()
    {
        var before = _after;
        switch (order.Streams[_stream])
        {
            case RecordStream.Records:
                foreach (var stored in store.ReadRecords(_after, Page))
                {
                    if (stored.Id > _end.Record) break;
                    _after = stored.Id;
                    var record = new WindowRecord();
                    if (!stored.Superseded && WindowRecordCodec.TryDecode(stored.Body, record) && order.Wants(record) && chosen.Wants(record)) _waiting.Enqueue(new RecordItem(stored.Id, record, true));
                }
                break;
            case RecordStream.Telemetry:
                foreach (var entry in store.ReadEntries(_after, Page))
                {
                    if (entry.Seq > _end.Entry) break;
                    _after = entry.Seq;
                    if (EntryCodec.IsBootTime(entry.Codec) && store.Boot(entry.Boot).UtcOffsetMicros is null) continue;
                    var rows = _samples.Of(entry, EntryCodec.IsBootTime(entry.Codec) ? store.Boot(entry.Boot).UtcOffsetMicros!.Value : 0).Where(r => order.Wants(r.Time)).ToList();
                    if (rows.Count > 0) _waiting.Enqueue(new TelemetryItem(entry.Seq, rows));
                }
                break;
            default:
                foreach (var stored in store.ReadEvents(_after, Page))
                {
                    if (stored.Id > _end.Event) break;
                    _after = stored.Id;
                    if (order.Wants(stored.Happening.At)) _waiting.Enqueue(new EventItem(stored.Id, stored.Happening));
                }
                break;
        }
        if (_after != before) return;
        _stream++;
        _after = 0;
    }
}
