using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Closes the windows of one unit, and states them again when what they rest on changes.</summary>
/// <remarks>Windows are numbered by the boundary they start at. They close in order; those stated before a counter had settled are stated again, up to the newest, as soon as it has.</remarks>
internal sealed partial class UnitTrack
{
    /// <summary>Nothing to state again.</summary>
    public const long Clean = long.MaxValue;

    /// <summary>Never stated.</summary>
    public const long Unstated = long.MinValue;

    /// <summary>Base windows stated for one unit and one entry: a return after a long outage is spread over entries.</summary>
    private const int Budget = 256;

    /// <summary>How long a unit keeps its base windows ready for a counter that is silent; a longer silence is mended from what was stated.</summary>
    private const long Patience = UtcMicros.PerHour;

    private static readonly long LeastLateness = 10 * UtcMicros.PerSecond;
    private readonly UnitLayout _layout;
    private readonly Tracks _tracks;
    private readonly AmendmentJobs _jobs;
    private readonly UnitWindows _windows;
    private readonly int[] _tracked;
    private readonly long _minute, _disorder;
    private readonly long[] _held, _heldFrom;
    private readonly bool[] _moved;
    private long _leapTo = Clean;

    public UnitTrack(MeteringPlan plan, UnitLayout layout, Tracks tracks, RecordBuilder builder, AmendmentJobs jobs)
    {
        (_layout, _tracks, _jobs) = (layout, tracks, jobs);
        if (layout.Plan.BatchSlot is >= 0 and var code) _codes = new BatchCodes(plan.Points[code].EffectiveMaxGapMicros, layout.Plan.BatchMaxMicros);
        if (layout.Plan.ProductSlot is >= 0 and var product) _product = new ProductTrack(layout.Plan.Output, plan.Points[product].EffectiveMaxGapMicros, tracks.BaseMicros);
        _windows = new UnitWindows(plan, layout, builder, tracks, _product);
        // Whole minutes are kept: should the base window be changed, the new one goes on from a boundary that both share.
        _minute = UtcMicros.PerMinute / tracks.BaseMicros;
        _tracked = layout.Tracked;
        Stated = new long[_tracked.Length];
        Array.Fill(Stated, Unstated);
        (_held, _heldFrom) = (new long[_tracked.Length], new long[_tracked.Length]);
        _moved = new bool[_tracked.Length];
        var slowest = layout.Slots.Select(s => plan.Points[s].PollMicros).DefaultIfEmpty(0).Max();
        _disorder = (2 * slowest + tracks.BaseMicros - 1) / tracks.BaseMicros;
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

    /// <summary>True where windows are to be stated again.</summary>
    public bool IsDirty => DirtyFrom < Next;

    /// <summary>Number of the first window to state again, or <see cref="Clean"/>.</summary>
    public long DirtyFrom { get; private set; } = Clean;

    /// <summary>Entry time from which the next window is stated whatever is missing.</summary>
    public long Deadline => Begun ? (Next + 1) * _tracks.BaseMicros + Lateness : long.MaxValue;

    /// <summary>Oldest boundary that may still be needed, as of the newest evaluation.</summary>
    public long KeepFrom => Begun ? _windows.FirmTo : long.MaxValue;

    /// <summary>Windows that began before its first sample are made of what was stated.</summary>
    public void Rejoin(Rejoining.StatedPieces pieces) => _windows.Stated = pieces;

    /// <summary>Begins at the oldest window that any of its points knows of, as soon as one does.</summary>
    public void Begin()
    {
        if (Begun) return;
        var first = long.MaxValue;
        foreach (var slot in _tracked)
        {
            if (_tracks.Counters[slot]! is { Begun: true } track) first = Math.Min(first, track.Oldest);
        }
        if (_layout.Plan.StateSlot >= 0 && _tracks.States[_layout.Plan.StateSlot]! is { Begun: true } state) first = Math.Min(first, state.Oldest);
        foreach (var slot in _layout.Plan.Gauges)
        {
            if (_tracks.Gauges[slot]! is { Begun: true } gauge) first = Math.Min(first, gauge.Oldest);
        }
        if (_codes is { SettledTo: > long.MinValue }) first = Math.Min(first, UtcMicros.Floor(_codes.SettledTo, _tracks.BaseMicros) / _tracks.BaseMicros);
        if (first == long.MaxValue) return;
        (Begun, Next) = (true, first);
        _windows.Begin(UtcMicros.Floor(first, _minute));
    }

    /// <summary>What was accepted of a counter from a boundary on has become another line.</summary>
    public void Restate(int slot, long from)
    {
        var index = Array.IndexOf(_tracked, slot);
        if (Stated[index] == Unstated) return;
        // What was stated up to here was not held: it is to be stated again, however long the gap that it has become.
        if (!_moved[index]) _heldFrom[index] = Stated[index];
        Stated[index] = Math.Min(Stated[index], from);
        _moved[index] = true;
    }

    /// <summary>More has become known of a counter's past: what is held takes it at once, what is stated and over is a job.</summary>
    public void Lift(int slot, Amendment told)
    {
        if (!Begun) return;
        var track = _tracks.Counters[slot]!;
        _windows.Lift(slot, track, told);
        if (told.Ratio is { } change) _windows.Divide(change.From, SegmentCut.Epoch, (slot, told.EdgeAt(change.From, track.Cutting)!.Value));
        _jobs.Add(_layout.Plan.Id, told.Until(_windows.FirmTo * _tracks.BaseMicros));
        DirtyFrom = Math.Min(DirtyFrom, Math.Max(UtcMicros.Floor(told.From, _tracks.BaseMicros) / _tracks.BaseMicros, _windows.FirmTo));
        var index = Array.IndexOf(_tracked, slot);
        _held[index] = track.Total;
    }

    /// <summary>Closes and restates what can be; true where more is to be done than one entry's share.</summary>
    public bool Evaluate(in EntryStamp entry, long epoch, IMeteringOutput output, MeteringCounters counters)
    {
        if (!Begun) return false;
        Expire(entry.Now, output);
        _windows.Moved();
        var revision = new Revision(epoch, entry.Seq);
        var more = Close(entry, revision, output, counters);
        counters.Closed += _windows.StateEnded(Next, revision, entry.ClockVerified, output);
        if (_leapTo == Clean) _windows.Fold(Needed());
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
        w.Signed(_leapTo);
        _windows.Save(w, plan);
        SaveBatches(w);
    }

    /// <summary>Reads a state back. Under another base window it goes on from the whole minute before. A counter that is new to the unit counts from the next window on.</summary>
    public void Load(ref ByteReader r, long savedBase, byte version, Func<int, int> slotOf)
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
        if (version < 2)
        {
            _windows.Begin(Needed());
            return;
        }
        _leapTo = Convert(r.Signed(), savedBase);
        _windows.Load(ref r, version, savedBase, _tracks, slotOf);
        if (version > 3) LoadBatches(ref r);
    }

    private long Convert(long boundary, long savedBase) =>
        savedBase == _tracks.BaseMicros || boundary is Clean or Unstated ? boundary : UtcMicros.Floor(boundary * savedBase, UtcMicros.PerMinute) / _tracks.BaseMicros;

    private bool Close(in EntryStamp entry, Revision revision, IMeteringOutput output, MeteringCounters counters)
    {
        if (entry.Now >= Deadline) NoticeMoved(entry.Seq);
        var left = Budget;
        for (; DirtyFrom < Next && left > 0; DirtyFrom++, left--) counters.Reissued += State(DirtyFrom, revision, entry, output);
        if (DirtyFrom < Next) return true;
        DirtyFrom = Clean;
        while (left > 0)
        {
            if (Leaps(revision, entry, output))
            {
                var leapt = _windows.Leap(_leapTo, revision, entry.ClockVerified, output);
                counters.Closed += leapt;
                left -= Math.Max(1, leapt);
                Next = _windows.FirmTo;
                if (Next == _leapTo) _leapTo = Clean;
                continue;
            }
            var settled = IsSettled(Next + 1);
            if (!settled && entry.Now < Deadline) return false;
            if (!settled) Seal(Next + 1);
            var stated = State(Next, revision, entry, output);
            counters.Closed += stated;
            if (!settled) counters.Provisional += stated;
            Next++;
            left--;
        }
        return true;
    }

    /// <summary>True where the next window lies in a gap over more than a day of every counter: base windows of it share one record, which is stated first.</summary>
    private bool Leaps(Revision revision, in EntryStamp entry, IMeteringOutput output)
    {
        if (_leapTo != Clean) return true;
        var until = Clean;
        foreach (var slot in _tracked)
        {
            var track = _tracks.Counters[slot]!;
            if (!track.Begun) return false;
            var end = track.GapEnd(Next, GapRecords.LongGap);
            if (end == Next) return false;
            until = Math.Min(until, end);
        }
        // A batch begins or ends within a base window that is stated by itself.
        until = Math.Min(until, Math.Min(_windows.FirstCut(Next), _codes?.Candidate is { } code ? UtcMicros.Floor(code, _tracks.BaseMicros) / _tracks.BaseMicros : Clean));
        until = Math.Min(until, OldestProduct());
        // From a whole minute to a whole minute, so that everything firm lies on one.
        until = UtcMicros.Floor(until, _minute);
        if (until == Clean || UtcMicros.Floor(Next, _minute) != Next) return false;
        // Less than a day of a longer gap is left where its first part was stated while it lasted.
        if ((until - Next) * _tracks.BaseMicros <= GapRecords.LongGap) return false;
        _windows.Fold(Next);
        _windows.StateGap(Next, until, revision, entry.ClockVerified, output);
        _leapTo = until;
        return true;
    }

    /// <summary>Boundary up to which nothing that was stated will be stated again from the tracks.</summary>
    private long Needed()
    {
        // Samples that come up to two polls late still move edges.
        var oldest = Math.Min(Next - _disorder, DirtyFrom);
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (Stated[i] != Unstated) oldest = Math.Min(oldest, Stated[i]);
            else if (_tracks.Counters[_tracked[i]]! is { Begun: true } track) oldest = Math.Min(oldest, track.Oldest);
        }
        if (_codes?.Candidate is { } code) oldest = Math.Min(oldest, UtcMicros.Floor(code, _tracks.BaseMicros) / _tracks.BaseMicros);
        oldest = Math.Min(oldest, OldestProduct());
        return UtcMicros.Floor(Math.Max(oldest, Math.Min(DirtyFrom, Next - Patience / _tracks.BaseMicros)), _minute);
    }

    /// <summary>A counter has settled edges that were stated provisionally: every window from there on rests on other totals now.</summary>
    public void Notice(long seq)
    {
        if (!Begun) return;
        for (var i = 0; i < _tracked.Length; i++)
        {
            var track = _tracks.Counters[_tracked[i]]!;
            if (!track.Begun || (track.Settled <= Stated[i] && !_moved[i])) continue;
            var from = Stated[i] == Unstated ? track.Oldest : Stated[i];
            var held = _moved[i] ? _heldFrom[i] : from;
            (_moved[i], Stated[i]) = (false, track.Settled);
            if (from >= Next) continue;
            if (from < _windows.FirmTo)
            {
                Mend(_tracked[i], track, from, held, seq);
                _held[i] = track.Total;
            }
            DirtyFrom = Math.Min(DirtyFrom, Math.Max(from, _windows.FirmTo));
        }
    }

    /// <summary>Samples from before the last provisional edge came after it was stated: the next window would begin at another total than the last one ended with.</summary>
    private void NoticeMoved(long seq)
    {
        for (var i = 0; i < _tracked.Length; i++)
        {
            var track = _tracks.Counters[_tracked[i]]!;
            if (!track.Begun || track.Settled >= Next || track.Total == _held[i]) continue;
            // It is far behind: what is firm rests on the total held, too.
            if (track.Settled < _windows.FirmTo)
            {
                _held[i] = track.Total;
                Mend(_tracked[i], track, track.Settled, track.Settled, seq);
            }
            DirtyFrom = Math.Min(DirtyFrom, Math.Max(track.Settled, _windows.FirmTo));
        }
    }

    /// <summary>A counter's edges have moved further back than the unit holds: open windows take them at once, what is stated and over is a job.</summary>
    private void Mend(int slot, CounterTrack track, long from, long held, long seq)
    {
        _windows.Repair(slot, track, from, track.Withdrawn);
        _jobs.Add(_layout.Plan.Id, track.Tell(seq, from, _windows.FirmTo, held, track.Withdrawn));
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
        if (_product is { } product && product.SettledTo < boundary * _tracks.BaseMicros) return false;
        return _codes is null || _codes.SettledTo >= boundary * _tracks.BaseMicros;
    }

    private void Seal(long boundary)
    {
        if (_layout.Plan.StateSlot >= 0) _tracks.States[_layout.Plan.StateSlot]!.Seal(boundary);
        foreach (var slot in _layout.Plan.Gauges) _tracks.Gauges[slot]!.Seal(boundary);
        SealProduct(boundary);
    }

    /// <summary>States the base window and every longer one that ends with it.</summary>
    private int State(long window, Revision revision, in EntryStamp entry, IMeteringOutput output)
    {
        var end = window + 1;
        for (var i = 0; i < _tracked.Length; i++)
        {
            if (_tracks.Counters[_tracked[i]]!.Settled < end) _held[i] = _tracks.Counters[_tracked[i]]!.Total;
        }
        return _windows.State(end, revision, entry.ClockVerified, output);
    }
}
