using EdgeGateway.OpcUa.Encoding;

namespace EdgeGateway.OpcUa.Services;

/// <summary>What the server makes of a subscription's wishes.</summary>
/// <param name="Id">The server's id.</param>
/// <param name="IntervalMicros">Publishing interval.</param>
/// <param name="Lifetime">Intervals without a Publish until it dies.</param>
/// <param name="KeepAlive">Intervals without data until an empty message comes.</param>
public readonly record struct RevisedSubscription(uint Id, long IntervalMicros, uint Lifetime, uint KeepAlive);

/// <summary>What the server makes of a monitored item.</summary>
/// <param name="Status">Outcome.</param>
/// <param name="Id">The server's id.</param>
/// <param name="SamplingMicros">Sampling interval.</param>
/// <param name="Queue">Length of the queue.</param>
public readonly record struct RevisedItem(StatusCode Status, uint Id, long SamplingMicros, uint Queue);

/// <summary>An acknowledgement.</summary>
/// <param name="Subscription">The server's id.</param>
/// <param name="Sequence">The message's number.</param>
public readonly record struct Acknowledgement(uint Subscription, uint Sequence);

/// <summary>Head of a notification message; its data follow in the reader.</summary>
/// <param name="Sequence">Number; of a keepalive, that of the next message.</param>
/// <param name="PublishTime">When the server made it, UTC microseconds.</param>
/// <param name="Count">Number of notifications; 0 for a keepalive.</param>
public readonly record struct NotificationHead(uint Sequence, long PublishTime, int Count);

/// <summary>Bodies of the subscription and monitored item services (OPC 10000-4, 5.13 and 5.14).</summary>
internal static class SubscriptionServices
{
    public static void WriteCreate(UaWriter w, double intervalMilliseconds, uint lifetime, uint keepAlive, uint maxNotifications, byte priority) =>
        w.Double(intervalMilliseconds).UInt32(lifetime).UInt32(keepAlive).UInt32(maxNotifications).Boolean(true).Byte(priority);

    public static bool ReadCreated(ref UaReader r, out RevisedSubscription revised)
    {
        var id = r.UInt32();
        return ReadModified(ref r, id, out revised) && id != 0;
    }

    public static void WriteModify(UaWriter w, uint id, double intervalMilliseconds, uint lifetime, uint keepAlive, uint maxNotifications, byte priority) =>
        w.UInt32(id).Double(intervalMilliseconds).UInt32(lifetime).UInt32(keepAlive).UInt32(maxNotifications).Byte(priority);

    public static bool ReadModified(ref UaReader r, uint id, out RevisedSubscription revised)
    {
        var interval = r.Double();
        revised = new RevisedSubscription(id, Micros(interval), r.UInt32(), r.UInt32());
        return !r.Failed && double.IsFinite(interval) && interval > 0 && revised.KeepAlive > 0;
    }

    public static void WriteItemsHead(UaWriter w, uint subscription, TimestampsToReturn timestamps, int count) =>
        w.UInt32(subscription).UInt32((uint)timestamps).Int32(count);

    public static void WriteItem(UaWriter w, in ReadItem item, uint handle, double samplingMilliseconds, uint queue, double deadband, bool percent)
    {
        const uint reporting = 2;
        AttributeServices.WriteItem(w, item);
        w.UInt32(reporting).UInt32(handle).Double(samplingMilliseconds);
        if (deadband > 0)
        {
            const uint statusAndValue = 1;
            var begin = w.BeginBody(ServiceIds.DataChangeFilter);
            w.UInt32(statusAndValue).UInt32(percent ? 2u : 1u).Double(deadband).EndBody(begin);
        }
        else w.NodeId(default).Byte(0);
        w.UInt32(queue).Boolean(true);
    }

    public static bool ReadItems(ref UaReader r, Span<RevisedItem> items)
    {
        if (r.Count(23) != items.Length) return false;
        foreach (ref var item in items)
        {
            var status = new StatusCode(r.UInt32());
            var id = r.UInt32();
            var sampling = r.Double();
            item = new RevisedItem(status, id, double.IsFinite(sampling) ? Micros(Math.Max(0, sampling)) : 0, r.UInt32());
            r.SkipValue(BuiltInType.ExtensionObject);
        }
        return !r.Failed;
    }

    public static void WriteIds(UaWriter w, ReadOnlySpan<uint> ids)
    {
        w.Int32(ids.Length);
        foreach (var id in ids) w.UInt32(id);
    }

    public static void WritePublish(UaWriter w, ReadOnlySpan<Acknowledgement> acknowledgements)
    {
        w.Int32(acknowledgements.Length);
        foreach (var a in acknowledgements) w.UInt32(a.Subscription).UInt32(a.Sequence);
    }

    /// <summary>Reads the head of a Publish answer; the notification data follow.</summary>
    public static bool ReadPublished(ref UaReader r, out uint subscription, out bool more, out NotificationHead head)
    {
        subscription = r.UInt32();
        r.SkipArray(BuiltInType.UInt32);
        more = r.Boolean();
        return ReadHead(ref r, out head);
    }

    public static bool ReadHead(ref UaReader r, out NotificationHead head)
    {
        var sequence = r.UInt32();
        var time = r.Time();
        head = new NotificationHead(sequence, time, Math.Max(0, r.Count(3)));
        return !r.Failed;
    }

    private static long Micros(double milliseconds) => (long)Math.Min(milliseconds * 1000, 86_400_000_000_000);
}
