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
    private readonly long[] _held;

    public UnitTrack(MeteringPlan plan, UnitLayout layout, Tracks tracks)
    {
        (_layout, _tracks, _baseKind) = (layout, tracks, plan.BaseWindow);
        _longer = [.. plan.LongerWindows.Select(w => (w, w.FixedMicros / tracks.BaseMicros))];
        // A whole minute is kept at least: should the base window be changed, the new one goes on from a boundary that both share.
        _longest = _longer.Select(w => w.Length).Append(UtcMicros.PerMinute / tracks.BaseMicros).Max();
        _tracked = layout.Tracked;
        Stated = new long[_tracked.Length];
        Array.Fill(Stated, Unstated);
        _held = new long[_tracked.Length];
        var slowest = layout.Slots.Select(s => plan.Points[s].PollMicros).DefaultIfEmpty(0).Max();
        // A lagging counter's samples speak of a time gone by: they come that much later.
        var lag = _tracked.Select(s => plan.Points[s].Counter!.LagMicros).DefaultIfEmpty(0).Max();
        Lateness = (plan.LatenessMicros ?? Math.Max(3 * slowest, LeastLateness)) + Math.Max(0, lag);
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

    /// <summary>Oldest boundary that may still be needed, as of the newest evaluation.</summary>
    public long KeepFrom { get; private set; } = long.MinValue;

    /// <summary>Begins at the oldest window that any of its points knows of, as soon as one does.</summary>
    public void Begin()
    {
        if (Begun) return;
        var first = long.MaxValue;
        foreach (var slot in _tracked)
        {
            if (_tracks.Counters[slot]! is { Begun: true } track) first = Math.Min(first, track.Oldest);
        }
        if (_layout.Plan.StateSlot >= 0 && _tracks.States[_layout.Plan.StateSlot]! is { Begun: true } state) first = Math.Min(first, state.Slices.Count > 0 ? state.Slices.First - 1 : state.Settled);
        foreach (var slot in _layout.Plan.Gauges)
        {
            if (_tracks.Gauges[slot]! is { Begun: true } gauge) first = Math.Min(first, gauge.Slices.Count > 0 ? gauge.Slices.First - 1 : gauge.Settled);
        }
        if (first != long.MaxValue) (Begun, Next) = (true, first);
    }

    /// <summary>Closes and restates what can be; true where more is to be done than one entry's share.</summary>
    public bool Evaluate(in EntryStamp entry, long epoch, RecordBuilder builder, IMeteringOutput output, MeteringCounters counters)
    {
        var more = Begun && Close(entry, new Revision(epoch, entry.Seq), builder, output, counters);
        KeepFrom = Needed();
        return more;
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
            w.Signed(_held[i]);
        }
    }

    /// <summary>Reads a state back. Under another base window it goes on from the whole minute before. A counter that is new to the unit counts from the next window on.</summary>
    public void Load(ref ByteReader r, long savedBase, Func<int, int> slotOf)
    {
        Next = Convert(r.Signed(), savedBase);
        DirtyFrom = Convert(r.Signed(), savedBase);
        Begun = !r.Failed;
        Array.Fill(Stated, Next);
        var count = r.Count(3);
        for (var i = 0; i < count && !r.Failed; i++)
        {
            var index = Array.IndexOf(_tracked, slotOf(r.Int32()));
            var stated = Convert(r.Signed(), savedBase);
            var held = r.Signed();
            if (index >= 0) (Stated[index], _held[index]) = (stated, held);
        }
    }

    private long Convert(long boundary, long savedBase) =>
        savedBase == _tracks.BaseMicros || boundary is Clean or Unstated ? boundary : UtcMicros.Floor(boundary * savedBase, UtcMicros.PerMinute) / _tracks.BaseMicros;

    private bool Close(in EntryStamp entry, Revision revision, RecordBuilder builder, IMeteringOutput output, MeteringCounters counters)
    {
        Notice();
        if (entry.Now >= Deadline) NoticeMoved();
        var left = Budget;
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

    private long Needed()
    {
        if (!Begun) return long.MaxValue;
        var oldest = Math.Min(Next, DirtyFrom);
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (Stated[i] != Unstated) oldest = Math.Min(oldest, Stated[i]);
            else if (_tracks.Counters[_tracked[i]]! is { Begun: true } track) oldest = Math.Min(oldest, track.Oldest);
        }
        return UtcMicros.Floor(oldest, _longest);
    }

    /// <summary>A counter has settled edges that were stated provisionally: every window from there on rests on other totals now.</summary>
    private void Notice()
    {
        for (var i = 0; i < _tracked.Length; i++)
        {
            var track = _tracks.Counters[_tracked[i]]!;
            if (!track.Begun || track.Settled <= Stated[i]) continue;
            var from = Stated[i] == Unstated ? track.Oldest : Stated[i];
            if (from < Next) DirtyFrom = Math.Min(DirtyFrom, from);
            Stated[i] = track.Settled;
        }
    }

    /// <summary>Samples from before the last provisional edge came after it was stated: the next window would begin at another total than the last one ended with.</summary>
    private void NoticeMoved()
    {
        for (var i = 0; i < _tracked.Length; i++)
        {
            var track = _tracks.Counters[_tracked[i]]!;
            if (track.Begun && track.Settled < Next && track.Total != _held[i]) DirtyFrom = Math.Min(DirtyFrom, track.Settled);
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
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (_tracks.Counters[_tracked[i]]!.Settled < end) _held[i] = _tracks.Counters[_tracked[i]]!.Total;
        }
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
