namespace EdgeGateway.Drivers.Modbus.Polling;

/// <summary>The requests under way, in no order; a fixed number of them at most. Owned by the bus machine; allocates only when it is made.</summary>
internal sealed class OpenRequests
{
    private readonly OpenRequest[] _all;

    public OpenRequests(int most)
    {
        _all = new OpenRequest[most];
        for (var i = 0; i < most; i++) _all[i] = new OpenRequest();
    }

    public int Count { get; private set; }

    public bool IsFull => Count == _all.Length;

    /// <summary>The one at a place, from 0.</summary>
    public OpenRequest this[int at] => _all[at];

    /// <summary>When the first of them is given up.</summary>
    public long AnswerBy
    {
        get
        {
            var earliest = long.MaxValue;
            for (var i = 0; i < Count; i++) earliest = Math.Min(earliest, _all[i].AnswerBy);
            return earliest;
        }
    }

    /// <summary>One more; there must be room.</summary>
    public OpenRequest Add() => _all[Count++];

    /// <summary>The request of a number, or null.</summary>
    public OpenRequest? Find(ushort transaction)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_all[i].Transaction == transaction) return _all[i];
        }
        return null;
    }

    /// <summary>One that is given up by now, or null.</summary>
    public OpenRequest? FindUnanswered(long now)
    {
        for (var i = 0; i < Count; i++)
        {
            if (_all[i].AnswerBy <= now) return _all[i];
        }
        return null;
    }

    /// <summary>It is over.</summary>
    public void Remove(OpenRequest request)
    {
        var at = Array.IndexOf(_all, request, 0, Count);
        (_all[at], _all[Count - 1]) = (_all[Count - 1], request);
        Count--;
    }

    /// <summary>None is under way.</summary>
    public void Clear() => Count = 0;
}
