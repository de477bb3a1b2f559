namespace EdgeGateway.FirmwareSim.Registers;

/// <summary>What faults do to one register: instants and stretches of plant time, ascending. Built once, then read by any thread.</summary>
internal sealed class RegisterFaults
{
    private readonly List<Origin> _origins = [];
    private readonly List<Stretch> _zeros = [];
    private readonly List<Stretch> _frozen = [];
    private readonly List<Stretch> _dips = [];
    private readonly List<Stretch> _torn = [];
    private readonly List<Stretch> _sentinels = [];

    /// <summary>The counter counts on from <paramref name="initial"/>: reset, or another meter's.</summary>
    public void AddOrigin(long at, long initial) => Insert(_origins, new Origin(at, initial), static o => o.At);

    public void AddZero(long start, long end) => Insert(_zeros, new Stretch(start, end));

    public void AddFreeze(long start, long end) => Insert(_frozen, new Stretch(start, end));

    /// <summary>The counter shows so many steps less.</summary>
    public void AddDip(long start, long end, long steps) => Insert(_dips, new Stretch(start, end, steps));

    /// <summary>One half of the value is that of an instant <paramref name="by"/> microseconds ago.</summary>
    public void AddTorn(long start, long end, long by) => Insert(_torn, new Stretch(start, end, by));

    /// <summary>The value is a mark of "no value" with this high word.</summary>
    public void AddSentinel(long start, long end, long high) => Insert(_sentinels, new Stretch(start, end, high));

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

    public bool ReadsZero(long now) => At(_zeros, now) is not null;

    /// <summary>Steps that are missing from the value.</summary>
    public long Dip(long now) => At(_dips, now) ?? 0;

    /// <summary>How much older one half of the value is, or null.</summary>
    public long? Torn(long now) => At(_torn, now);

    /// <summary>The high word of a mark in the value's place, or null.</summary>
    public long? Sentinel(long now) => At(_sentinels, now);

    /// <summary>From where the counter counts at <paramref name="now"/>, or null where it still counts from its beginning.</summary>
    public Origin? OriginAt(long now)
    {
        for (var i = _origins.Count - 1; i >= 0; i--)
        {
            if (_origins[i].At <= now) return _origins[i];
        }

        return null;
    }

    private static long? At(List<Stretch> stretches, long now)
    {
        foreach (var stretch in stretches)
        {
            if (stretch.Holds(now)) return stretch.Number;
        }

        return null;
    }

    private static void Insert(List<Stretch> items, Stretch item) => Insert(items, item, static s => s.Start);

    private static void Insert<T>(List<T> items, T item, Func<T, long> timeOf)
    {
        var at = items.FindLastIndex(i => timeOf(i) <= timeOf(item)) + 1;
        items.Insert(at, item);
    }

    /// <summary>A counter's beginning: reset, or another meter.</summary>
    /// <param name="At">UTC microseconds.</param>
    /// <param name="Initial">Steps that it shows then.</param>
    public readonly record struct Origin(long At, long Initial);

    private readonly record struct Stretch(long Start, long End, long Number = 0)
    {
        public bool Holds(long now) => now >= Start && now < End;
    }
}
