using EdgeGateway.OpcUa.Encoding;
using EdgeGateway.OpcUa.Services;

namespace EdgeGateway.OpcUa.Client;

// Creation of items in batches, within the server's limits; a bad node fails alone and is retried for ever.
public sealed partial class Subscription
{
    /// <summary>Wait before a failed item is tried again, microseconds.</summary>
    public long ItemRetry { get; init; } = 60_000_000;

    private readonly List<int> _asked = [];
    private long _itemsDue;

    /// <summary>One call at a time, so that a limit learned from it serves the next.</summary>
    private void AskItems(long now)
    {
        _itemsDue = long.MaxValue;
        if (_asked.Count > 0) return;
        var limit = _client.Limits[Operation.MonitoredItems];
        var unknown = false;
        for (var i = 0; i < Items.Count && _asked.Count < limit; i++)
        {
            var item = Items[i];
            if (item.State == ItemState.Failed && item.RetryAt > now) _itemsDue = Math.Min(_itemsDue, item.RetryAt);
            if (item.State is not (ItemState.New or ItemState.Failed) || item.RetryAt > now || (item.Alone && _asked.Count > 0)) continue;
            if (!_client.Namespaces.TryResolve(item.Address, out _))
            {
                Fail(i, new StatusCode(StatusCodes.BadNodeIdUnknown));
                unknown = true;
                continue;
            }
            _asked.Add(i);
            if (item.Alone) break;
        }
        if (unknown) _client.RefreshNamespaces();
        if (_asked.Count == 0) return;
        var w = _client.Begin(ServiceIds.CreateMonitoredItems);
        SubscriptionServices.WriteItemsHead(w, ServerId, TimestampsToReturn.Both, _asked.Count);
        foreach (var i in _asked)
        {
            var item = Items[i];
            item.State = ItemState.Asked;
            _client.Namespaces.TryResolve(item.Address, out var node);
            SubscriptionServices.WriteItem(w, new ReadItem(node), (uint)i, item.Sampling / 1000.0, item.Queue, item.Deadband, item.DeadbandPercent);
        }
        _client.Submit(this, TagItems);
    }

    private void TakeItems(in Reply reply, ref UaReader body)
    {
        var asked = _asked.ToArray();
        _asked.Clear();
        _itemsDue = 0;
        var revised = new RevisedItem[asked.Length];
        if (reply.Status.IsBad || !SubscriptionServices.ReadItems(ref body, revised))
        {
            var tooMuch = OperationLimits.IsTooMuch(reply.Status) && _client.Limits.Halve(Operation.MonitoredItems, asked.Length);
            foreach (var i in asked)
            {
                Items[i].State = ItemState.New;
                if (tooMuch) continue;
                // One of them breaks the call: each is asked for alone, once.
                if (asked.Length > 1) Items[i].Alone = true;
                else Fail(i, reply.Status.IsBad ? reply.Status : new StatusCode(StatusCodes.BadUnknownResponse));
            }
            return;
        }
        for (var k = 0; k < asked.Length; k++) TakeItem(asked[k], revised[k]);
    }

    private void TakeItem(int index, in RevisedItem revised)
    {
        var item = Items[index];
        if (revised.Status.IsBad)
        {
            var filter = revised.Status.Code is StatusCodes.BadFilterNotAllowed or StatusCodes.BadDeadbandFilterInvalid or StatusCodes.BadMonitoredItemFilterUnsupported;
            if (!filter || item.Deadband == 0)
            {
                Fail(index, revised.Status);
                return;
            }
            // More samples than wished for are better than none.
            item.Deadband = 0;
            item.State = ItemState.New;
            return;
        }
        item.State = ItemState.Active;
        item.Alone = false;
        item.ServerId = revised.Id;
        item.RevisedSampling = revised.SamplingMicros;
        item.Status = revised.Status;
        _sink.OnItem(index, revised.Status);
    }

    private void Fail(int index, StatusCode status)
    {
        var item = Items[index];
        item.State = ItemState.Failed;
        item.Status = status;
        item.RetryAt = _client.Now + ItemRetry;
        _itemsDue = Math.Min(_itemsDue, item.RetryAt);
        _sink.OnItem(index, status);
    }

    /// <summary>The node is gone. Its item would stay silent should the node return, so it is deleted and asked for anew.</summary>
    private void ItemVanished(MonitoredItem item)
    {
        if (item.State != ItemState.Active) return;
        var w = _client.Begin(ServiceIds.DeleteMonitoredItems).UInt32(ServerId);
        SubscriptionServices.WriteIds(w, [item.ServerId]);
        _client.Submit(this, TagIgnored);
        item.State = ItemState.Failed;
        item.RetryAt = _client.Now + ItemRetry;
        _itemsDue = Math.Min(_itemsDue, item.RetryAt);
    }
}
