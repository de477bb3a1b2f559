namespace EdgeGateway.OpcUa.Client;

/// <summary>A request without an answer.</summary>
internal readonly record struct PendingRequest(uint Id, uint Handle, IReplyHandler Handler, int Tag, long SentAt, long Deadline, uint Failure);

/// <summary>Requests without an answer. Few at a time (tens), so a list is searched; no allocation in steady state.</summary>
internal sealed class PendingRequests
{
    private readonly List<PendingRequest> _items = [];

    public int Count => _items.Count;

    public long NextDeadline { get; private set; } = long.MaxValue;

    public void Add(uint id, uint handle, IReplyHandler handler, int tag, long sentAt, long deadline, uint failure)
    {
        _items.Add(new PendingRequest(id, handle, handler, tag, sentAt, deadline, failure));
        NextDeadline = Math.Min(NextDeadline, deadline);
    }

    public bool Contains(uint id) => IndexOf(id) >= 0;

    public bool TryTake(uint id, out PendingRequest request) => TakeAt(IndexOf(id), out request);

    public bool TryTakeAny(out PendingRequest request) => TakeAt(_items.Count - 1, out request);

    public bool TryTakeOverdue(long now, out PendingRequest request)
    {
        request = default;
        if (now < NextDeadline) return false;
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].Deadline <= now) return TakeAt(i, out request);
        }
        return false;
    }

    private int IndexOf(uint id)
    {
        for (var i = 0; i < _items.Count; i++)
        {
            if (_items[i].Id == id) return i;
        }
        return -1;
    }

    private bool TakeAt(int index, out PendingRequest request)
    {
        request = index < 0 ? default : _items[index];
        if (index < 0) return false;
        _items.RemoveAt(index);
        NextDeadline = long.MaxValue;
        foreach (var item in _items) NextDeadline = Math.Min(NextDeadline, item.Deadline);
        return true;
    }
}
