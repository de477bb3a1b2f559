namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>What faults do to one register: instants and stretches of plant time, ascending. Built once, then read by any thread.</summary>
internal sealed class RegisterFaults
{
    private readonly List<long> _resets = [];
    private readonly List<Stretch> _zeros = [];
    private readonly List<Stretch> _frozen = [];

    public void AddReset(long at) => Insert(_resets, at, static r => r);

    public void AddZero(long start, long end) => Insert(_zeros, new Stretch(start, end), static s => s.Start);

    public void AddFreeze(long start, long end) => Insert(_frozen, new Stretch(start, end), static s => s.Start);

    /// <summary>The instant whose value stands in the register at <paramref name="now"/>: that of a freeze's start while it lasts.</summary>
    public long Thaw(long now)
    {
        // From the last freeze to the first: a freeze that began inside another one holds what that one held.
        for (var i = _frozen.Count - 1; i >= 0; i--)
        {
            if (_frozen[i].Holds(now)) now = _frozen[i].Start;
        }

        return now;
    }

    public bool ReadsZero(long now)
    {
        foreach (var zero in _zeros)
        {
            if (zero.Holds(now)) return true;
        }

        return false;
    }

    /// <summary>The last reset at or before <paramref name="now"/>, or null.</summary>
    public long? LastReset(long now)
    {
        for (var i = _resets.Count - 1; i >= 0; i--)
        {
            if (_resets[i] <= now) return _resets[i];
        }

        return null;
    }

    private static void Insert<T>(List<T> items, T item, Func<T, long> timeOf)
    {
        var at = items.FindLastIndex(i => timeOf(i) <= timeOf(item)) + 1;
        items.Insert(at, item);
    }

    private readonly record struct Stretch(long Start, long End)
    {
        public bool Holds(long now) => now >= Start && now < End;
    }
}
