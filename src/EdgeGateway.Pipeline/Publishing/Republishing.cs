using EdgeGateway.Pipeline.Publishing.Choosing;
using EdgeGateway.Pipeline.Storing;

namespace EdgeGateway.Pipeline.Publishing;

/// <summary>One order under way: hands out what belongs to it as its rate allows. Cursors and quarantine are left alone. Owned by the publisher's loop.</summary>
internal sealed class Republishing(RepublishOrder order, IStore store, ChosenData chosen, TimeProvider time) : IResending
{
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(200);

    private readonly LogStretch _stretch = new(order.Range, store, chosen, LogEnd.Of(store));
    private readonly Queue<PublishItem> _waiting = new();
    private long _due = time.GetTimestamp();

    public (long Sent, long Refused) Counted { get; private set; }

    public bool Done => _waiting.Count == 0 && _stretch.Done;

    public TimeSpan Until => time.GetTimestamp() >= _due ? TimeSpan.Zero : time.GetElapsedTime(time.GetTimestamp(), _due);

    /// <remarks>Reads at most one page of the log.</remarks>
    public List<PublishItem> Take()
    {
        if (_waiting.Count == 0)
        {
            // Whatever the target holds of a key is to be overwritten whole.
            foreach (var item in _stretch.Next()) _waiting.Enqueue(item is RecordItem record ? record with { Restates = true } : item);
        }
        var most = Math.Max(1, (int)(order.PerSecond * Turn.TotalSeconds));
        var items = new List<PublishItem>();
        while (items.Count < most && _waiting.TryDequeue(out var item))
        {
            // While it waited, a newer revision may have gone out with the live data: a target that merges would be set back by this one.
            if (item is not RecordItem record || IsNewest(record)) items.Add(item);
        }
        // Reading on costs no bytes: only what is sent has to wait.
        if (items.Count > 0) _due = time.GetTimestamp() + (long)(time.TimestampFrequency * (double)items.Count / order.PerSecond);
        return items;
    }

    private bool IsNewest(RecordItem item) =>
        store.ReadWindows(item.Record.Unit, item.Record.Kind.Code, item.Record.Start, item.Record.Start + 1, int.MaxValue).Any(newest => newest.Id == item.Id);

    public void Apply(List<PublishItem> items, Outcome[] outcomes, long nowMicros)
    {
        for (var i = 0; i < items.Count; i++)
        {
            if (outcomes[i].Kind == OutcomeKind.Retry) _waiting.Enqueue(items[i]);
            else Counted = outcomes[i].Kind == OutcomeKind.Accepted ? (Counted.Sent + 1, Counted.Refused) : (Counted.Sent, Counted.Refused + 1);
        }
    }
}
