using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Closes the windows of one unit, and states them again when what they rest on changes.</summary>
/// <remarks>Windows are numbered by the boundary they start at. They close in order; those stated before a counter had settled are stated again, up to the newest, as soon as it has.</remarks>
internal sealed class UnitTrack
{
    /// <summary>Nothing to state again.</summary>
    public const long Clean = long.MaxValue;

    /// <summary>Never stated.</summary>
    public const long Unstated = long.MinValue;

    /// <summary>Base windows stated for one unit and one entry: a return after a long outage is spread over entries.</summary>
    private const int Budget = 256;

    private static readonly long LeastLateness = 10 * UtcMicros.PerSecond;
    private readonly UnitLayout _layout;
    private readonly Tracks _tracks;
    private readonly (WindowKind Kind, long Length)[] _longer;
    private readonly WindowKind _baseKind;
    private readonly int[] _tracked;
    private readonly long _longest;

    public UnitTrack(MeteringPlan plan, UnitLayout layout, Tracks tracks)
    {
        (_layout, _tracks, _baseKind) = (layout, tracks, plan.BaseWindow);
        _longer = [.. plan.LongerWindows.Select(w => (w, w.FixedMicros / tracks.BaseMicros))];
        // A whole minute is kept at least: should the base window be changed, the new one goes on from a boundary that both share.
        _longest = _longer.Select(w => w.Length).Append(UtcMicros.PerMinute / tracks.BaseMicros).Max();
        _tracked = layout.Tracked;
        Stated = new long[_tracked.Length];
        Array.Fill(Stated, Unstated);
        var slowest = _tracked.Select(s => plan.Points[s].PollMicros).DefaultIfEmpty(0).Max();
        Lateness = plan.LatenessMicros ?? Math.Max(3 * slowest, LeastLateness);
    }

    public UnitLayout Layout => _layout;

    /// <summary>Slots of <see cref="Stated"/>.</summary>
    public ReadOnlySpan<int> Tracked => _tracked;

    /// <summary>How long a window waits past its end.</summary>
    public long Lateness { get; }

    /// <summary>Boundary up to which each tracked counter's settled edges have been stated.</summary>
    public long[] Stated { get; }

    public bool Begun { get; private set; }

    /// <summary>Number of the window to close next.</summary>
    public long Next { get; private set; }

    /// <summary>Number of the first window to state again, or <see cref="Clean"/>.</summary>
    public long DirtyFrom { get; private set; } = Clean;

    /// <summary>Entry time from which the next window is stated whatever is missing.</summary>
    public long Deadline => Begun ? (Next + 1) * _tracks.BaseMicros + Lateness : long.MaxValue;

    /// <summary>Oldest boundary that may still be needed.</summary>
    public long KeepFrom
    {
        get
        {
            if (!Begun) return long.MaxValue;
            var oldest = Math.Min(Next, DirtyFrom);
            for (var i = 0; i < _tracked.Length; i++)
            {
                if (Stated[i] != Unstated) oldest = Math.Min(oldest, Stated[i]);
                else if (_tracks.Counters[_tracked[i]]!.Begun) oldest = Math.Min(oldest, FirstBoundary(_tracks.Counters[_tracked[i]]!));
            }
            return UtcMicros.Floor(oldest, _longest);
        }
    }

    /// <summary>Closes and restates what can be; true where more is to be done than one entry's share.</summary>
    public bool Evaluate(in EntryStamp entry, long epoch, RecordBuilder builder, IMeteringOutput output, MeteringCounters counters)
    {
        if (_tracked.Length == 0 || (!Begun && !Begin())) return false;
        Notice();
        var left = Budget;
        var revision = new Revision(epoch, entry.Seq);
        for (; DirtyFrom < Next && left > 0; DirtyFrom++, left--) counters.Reissued += State(DirtyFrom, revision, entry, builder, output);
        if (DirtyFrom < Next) return true;
        DirtyFrom = Clean;
        for (; left > 0; left--)
        {
            var settled = IsSettled(Next + 1);
            if (!settled && entry.Now < Deadline) return false;
            if (!settled) Seal(Next + 1);
            var stated = State(Next, revision, entry, builder, output);
            counters.Closed += stated;
            if (!settled) counters.Provisional += stated;
            Next++;
        }
        return true;
    }

    /// <summary>Appends the state; counters are named by point id.</summary>
    public void Save(ByteWriter w, MeteringPlan plan)
    {
        w.Signed(Next);
        w.Signed(DirtyFrom);
        w.Unsigned((ulong)_tracked.Length);
        for (var i = 0; i < _tracked.Length; i++)
        {
            w.Signed(plan.Points[_tracked[i]].Id);
            w.Signed(Stated[i]);
        }
    }

    /// <summary>Reads a state back. Under another base window it goes on from the whole minute before. A counter that is new to the unit counts from the next window on.</summary>
    public void Load(ref ByteReader r, long savedBase, Func<int, int> slotOf)
    {
        Next = Convert(r.Signed(), savedBase);
        DirtyFrom = Convert(r.Signed(), savedBase);
        Begun = !r.Failed;
        Array.Fill(Stated, Next);
        var count = r.Count(2);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var index = Array.IndexOf(_tracked, slotOf(r.Int32()));
            var stated = Convert(r.Signed(), savedBase);
            if (index >= 0) Stated[index] = stated;
        }
    }

    private long Convert(long boundary, long savedBase) =>
        savedBase == _tracks.BaseMicros || boundary is Clean or Unstated ? boundary : UtcMicros.Floor(boundary * savedBase, UtcMicros.PerMinute) / _tracks.BaseMicros;

    private bool Begin()
    {
        var first = long.MaxValue;
        foreach (var slot in _tracked)
        {
            var track = _tracks.Counters[slot]!;
            if (track.Begun) first = Math.Min(first, FirstBoundary(track));
        }
        if (first == long.MaxValue) return false;
        (Begun, Next) = (true, first);
        return true;
    }

    private long FirstBoundary(CounterTrack track) => UtcMicros.Floor(track.FirstTime, _tracks.BaseMicros) / _tracks.BaseMicros;

    /// <summary>A counter has settled edges that were stated provisionally: every window from there on rests on other totals now.</summary>
    private void Notice()
    {
        for (var i = 0; i < _tracked.Length; i++)
        {
            var track = _tracks.Counters[_tracked[i]]!;
            if (!track.Begun || track.Settled <= Stated[i]) continue;
            var from = Stated[i] == Unstated ? FirstBoundary(track) : Stated[i];
            if (from < Next) DirtyFrom = Math.Min(DirtyFrom, from);
            Stated[i] = track.Settled;
        }
    }

    private bool IsSettled(long boundary)
    {
        foreach (var slot in _tracked)
        {
            var track = _tracks.Counters[slot]!;
            if (!track.Begun || track.Settled < boundary) return false;
        }
        if (_layout.Plan.StateSlot >= 0 && (!_tracks.States[_layout.Plan.StateSlot]!.Begun || _tracks.States[_layout.Plan.StateSlot]!.Settled < boundary)) return false;
        foreach (var slot in _layout.Plan.Gauges)
        {
            if (!_tracks.Gauges[slot]!.Begun || _tracks.Gauges[slot]!.Settled < boundary) return false;
        }
        return true;
    }

    private void Seal(long boundary)
    {
        if (_layout.Plan.StateSlot >= 0) _tracks.States[_layout.Plan.StateSlot]!.Seal(boundary);
        foreach (var slot in _layout.Plan.Gauges) _tracks.Gauges[slot]!.Seal(boundary);
    }

    /// <summary>States the base window and every longer one that ends with it.</summary>
    private int State(long window, Revision revision, in EntryStamp entry, RecordBuilder builder, IMeteringOutput output)
    {
        var end = window + 1;
        output.Record(builder.Build(_layout, _baseKind, window, end, revision, entry.ClockVerified));
        var stated = 1;
        foreach (var (kind, length) in _longer)
        {
            if (UtcMicros.Floor(end, length) != end) continue;
            output.Record(builder.Build(_layout, kind, end - length, end, revision, entry.ClockVerified));
            stated++;
        }
        return stated;
    }
}
