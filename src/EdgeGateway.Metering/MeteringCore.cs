using System.Buffers;
using System.Globalization;
using EdgeGateway.Metering.Amendments;
using EdgeGateway.Metering.Checkpoints;
using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Plans;
using EdgeGateway.Metering.Restating;
using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Events;
using EdgeGateway.Records.Samples;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering;

/// <summary>Samples in, window records and events out: a pure function of the entries it is given. The same plan and the same entries state the same records, byte for byte.</summary>
/// <remarks>Single-threaded. In steady state it allocates nothing; events allocate. Entries come in the order of the input log, and their time never falls.</remarks>
public sealed partial class MeteringCore
{
    private long _epoch;
    private MeteringPlan _plan;
    private Tracks _tracks;
    private UnitTrack[] _units;
    private AmendmentJobs _jobs;
    private RestateJobs _restating;
    private ClosedPeriods _closed;
    private bool[] _marked;
    private Rejoining.StatedPast? _past;
    private long _nextDeadline = long.MaxValue;
    private bool _anyMarked;

    /// <summary>A core that has seen nothing.</summary>
    /// <param name="plan">The plant.</param>
    /// <param name="epoch">The store's epoch: the first half of every revision.</param>
    /// <param name="past">What records say of the time before the first entry that it will be given; null where there was none.</param>
    public MeteringCore(MeteringPlan plan, long epoch, Rejoining.StatedPast? past = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        _epoch = epoch;
        (_plan, _tracks, _units, _jobs, _restating, _closed, _marked) = Make(plan);
        _past = past;
        if (past is not null) _closed.Until = past.ClosedUntil;
        Rejoin();
    }

    /// <summary>The plan in force.</summary>
    public MeteringPlan Plan => _plan;

    /// <summary>What has been met since the start of the process.</summary>
    public MeteringCounters Counters { get; } = new();

    /// <summary>Takes the samples of an entry. The block is only read.</summary>
    public void Apply(in EntryStamp entry, SampleBlock block, IMeteringOutput output)
    {
        ArgumentNullException.ThrowIfNull(block);
        ArgumentNullException.ThrowIfNull(output);
        output = _closed.Over(output);
        // A batch or a product that begins with this block cuts the counters of the same block.
        if (_tracks.HasCodes) TakeCodes(block, output);
        var slots = block.Slots;
        var times = block.Times;
        var qualities = block.Qualities;
        for (var i = 0; i < slots.Length; i++)
        {
            if (!qualities[i].HasValue())
            {
                Counters.Bad++;
                continue;
            }
            var slot = slots[i];
            if (_tracks.Counters[slot] is { } counter) Count(entry.Seq, slot, counter, new Reading(times[i], block.Integers[i], block.Spreads[i]), qualities[i], output);
            else if (_tracks.States[slot] is { } state)
            {
                var settled = state.Settled;
                state.Accept(times[i], block.Integers[i]);
                if (state.Settled != settled) Mark(slot);
            }
            else if (_tracks.Gauges[slot] is { } gauge)
            {
                var settled = gauge.Settled;
                gauge.Accept(times[i], block.Numbers[i], qualities[i] == Quality.GoodHeartbeat);
                if (gauge.Settled != settled) Mark(slot);
            }
        }
        if (_refined.Count > 0) TellRefined(entry, output);
        Evaluate(entry, output);
    }

    /// <summary>Time has passed: closes what will not be waited for any longer.</summary>
    public void Advance(in EntryStamp entry, IMeteringOutput output)
    {
        ArgumentNullException.ThrowIfNull(output);
        output = _closed.Over(output);
        if (_refined.Count > 0) TellRefined(entry, output);
        Evaluate(entry, output);
    }

    /// <summary>True while stored records wait to be stated again: then entries of kind job tick are due.</summary>
    public bool HasWork => _jobs.Any || _restating.Any;

    /// <summary>Does a bounded share of stating stored records again.</summary>
    /// <param name="entry">The job tick.</param>
    /// <param name="history">What was stated by all entries before.</param>
    /// <param name="output">Receives what is stated.</param>
    public void Work(in EntryStamp entry, IRecordHistory history, IMeteringOutput output)
    {
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(output);
        (output, history) = (_closed.Over(output), _closed.Over(history));
        var revision = new Revision(_epoch, entry.Seq);
        _restating.Notice(_jobs, _units, _plan);
        // What was measured comes first: figures are worked out of it.
        Counters.Reissued += _jobs.Any ? _jobs.Work(revision, _plan.BaseWindow, history, _tracks, _units, output) : _restating.Work(revision, _plan, history, output);
        // What stored records know of a time at which open windows were divided.
        for (var u = 0; u < _units.Length; u++)
        {
            if (_units[u].IsDirty) (_marked[u], _anyMarked) = (true, true);
        }
    }

    /// <summary>Another plan is in force. Totals and lines go on by point id, open windows by unit id; a counter whose step, ratio, modulus, unit or epoch changed begins a new line, and what lies between is flagged missing.</summary>
    public void ChangePlan(in EntryStamp entry, MeteringPlan plan, IMeteringOutput output)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var state = new ArrayBufferWriter<byte>();
        WriteCheckpoint(state);
        (_plan, _tracks, _units, _jobs, _restating, _closed, _marked) = Make(plan);
        if (!CheckpointReader.TryRead(state.WrittenSpan, _plan, _tracks, _units, _jobs, _restating, _closed)) throw new InvalidOperationException("A checkpoint just written cannot be read.");
        Rejoin();
        AllMarked();
        RememberRefined();
        Evaluate(entry, _closed.Over(output));
    }

    /// <summary>Appends the whole state: lines, suspects, open edges back to the oldest open window, units.</summary>
    public void WriteCheckpoint(IBufferWriter<byte> output) => CheckpointWriter.Write(_plan, _tracks, _units, _jobs, _restating, _closed, output);

    /// <summary>Reads a state back; false where it is damaged or of another make, and the caller rebuilds from the log.</summary>
    public static bool TryRestore(MeteringPlan plan, long epoch, ReadOnlySpan<byte> checkpoint, out MeteringCore? core)
    {
        core = new MeteringCore(plan, epoch);
        if (!CheckpointReader.TryRead(checkpoint, plan, core._tracks, core._units, core._jobs, core._restating, core._closed))
        {
            core = null;
            return false;
        }
        core.AllMarked();
        core.RememberRefined();
        return true;
    }

    /// <summary>The lifetime total of a counter, in 1/65 536 of a step.</summary>
    internal long TotalOf(int slot) => _tracks.Counters[slot]!.Line.Total;

    private static (MeteringPlan, Tracks, UnitTrack[], AmendmentJobs, RestateJobs, ClosedPeriods, bool[]) Make(MeteringPlan plan)
    {
        if (plan.BaseWindow.FixedMicros is <= 0 or > UtcMicros.PerMinute) throw new ArgumentException("The base window is 1m or a divisor of it.", nameof(plan));
        foreach (var window in plan.LongerWindows)
        {
            if (window == WindowKind.Day || window == WindowKind.Month || window == WindowKind.Shift) continue;
            if (window.FixedMicros <= plan.BaseWindow.FixedMicros || window.FixedMicros % plan.BaseWindow.FixedMicros != 0) throw new ArgumentException($"Window {window} is not made of base windows.", nameof(plan));
        }
        var layouts = UnitLayout.Of(plan);
        var tracks = new Tracks(plan, layouts);
        var (builder, jobs) = (new RecordBuilder(tracks), new AmendmentJobs());
        return (plan, tracks, [.. layouts.Select(l => new UnitTrack(plan, l, tracks, builder, jobs))], jobs, new RestateJobs(), new ClosedPeriods(plan.BaseWindow, plan.LongerWindows.Length > 0), new bool[layouts.Length]);
    }

    /// <summary>What has not begun yet goes on where records say that it stood.</summary>
    private void Rejoin()
    {
        if (_past is not { } past) return;
        var edges = new Rejoining.StatedEdges(past.History, _plan, [.. _units.Select(u => u.Layout)]);
        foreach (var (_, track) in _tracks.Counters.All()) track.Rejoin(past, edges);
        foreach (var unit in _units) unit.Rejoin(new Rejoining.StatedPieces(edges, unit.Layout, _tracks));
    }

    private void Count(long seq, int slot, CounterTrack track, in Reading reading, Quality quality, IMeteringOutput output)
    {
        var (begun, settled) = (track.Begun, track.Settled);
        var listener = new LineListener(track, output, Counters);
        if (!track.Line.Take(reading, quality, ref listener, Counters) && !TakeLate(slot, track, reading, quality, output)) return;
        if (track.TakeReplacement() is { } replaced)
        {
            // Units may cut it at other times that they keep, or not at all.
            if (replaced % _tracks.BaseMicros != 0) track.Cut(replaced);
            var change = track.Line.IsExchanged(replaced) ? new Amendments.RatioChange(track.Line.RatioAt(replaced), replaced, track.Line.NextRatio(replaced)) : null;
            foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Exchange(slot, replaced, change, track.Epoch, seq);
        }
        if (track.TakeWithdrawal() is { } kept)
        {
            foreach (var unit in _tracks.UnitsOf(slot)) _units[unit].Restate(slot, kept);
        }
        else if (begun == track.Begun && settled == track.Settled) return;
        if (_tracks.UnitsOf(slot).Length == 0) track.DropBefore(track.Settled);
        else Mark(slot);
    }

    private void TakeCodes(SampleBlock block, IMeteringOutput output)
    {
        for (var i = 0; i < block.Count; i++)
        {
            if (_tracks.CodesOf[block.Slots[i]] is not { } units || !block.Qualities[i].HasValue()) continue;
            foreach (var unit in units)
            {
                if (!_units[unit].Code(block.Slots[i], block.Times[i], block.Text(i), block.Integers[i], output)) continue;
                (_marked[unit], _anyMarked) = (true, true);
            }
        }
    }

    private void Mark(int slot)
    {
        foreach (var unit in _tracks.UnitsOf(slot)) _marked[unit] = true;
        _anyMarked = true;
    }

    private void AllMarked()
    {
        Array.Fill(_marked, true);
        _anyMarked = true;
    }

    private void Evaluate(in EntryStamp entry, IMeteringOutput output)
    {
        if (!_anyMarked && entry.Now < _nextDeadline) return;
        _anyMarked = false;
        _nextDeadline = long.MaxValue;
        // All begin, and take notice, before one of them drops what another one needs.
        for (var u = 0; u < _units.Length; u++)
        {
            if (!_marked[u]) continue;
            _units[u].Begin();
            _units[u].Notice(entry.Seq);
        }
        for (var u = 0; u < _units.Length; u++)
        {
            var unit = _units[u];
            if (_marked[u] || entry.Now >= unit.WakeAt)
            {
                _marked[u] = unit.Evaluate(entry, _epoch, output, Counters);
                _anyMarked |= _marked[u];
                Forget(unit);
            }
            _nextDeadline = Math.Min(_nextDeadline, unit.WakeAt);
        }
    }

    /// <summary>Drops what no unit needs any more of this unit's points.</summary>
    private void Forget(UnitTrack unit)
    {
        foreach (var slot in unit.Tracked) _tracks.Counters[slot]!.DropBefore(OldestNeeded(slot));
        if (unit.Layout.Plan.StateSlot is var state and >= 0) _tracks.States[state]!.DropBefore(OldestNeeded(state));
        foreach (var slot in unit.Layout.Plan.Gauges) _tracks.Gauges[slot]!.DropBefore(OldestNeeded(slot));
    }

    private long OldestNeeded(int slot)
    {
        var oldest = long.MaxValue;
        foreach (var unit in _tracks.UnitsOf(slot)) oldest = Math.Min(oldest, _units[unit].KeepFrom);
        return oldest;
    }

    /// <summary>Carries a line's totals into its track, and what happened into events.</summary>
    private readonly ref struct LineListener(CounterTrack track, IMeteringOutput output, MeteringCounters counters) : ILineListener
    {
        public void Accept(long time, int spread, long total, long value, long depth, long doubt, WindowFlags flags)
        {
            var from = track.Time;
            if (!track.Accept(time, spread, total, value, depth, doubt, flags)) return;
            counters.Gaps++;
            output.Event(new GatewayEvent(EventKind.Gap, time, track.Point.Path, [new("from", UtcMicros.Format(from)), new("to", UtcMicros.Format(time))]));
        }

        public void Withdraw(in Reading line, long total, long doubt) => track.Withdraw(line, total, doubt);

        public void Happened(EventKind kind, in Reading from, in Reading to)
        {
            if (kind == EventKind.MeterReplaced) track.Replaced();
            List<KeyValuePair<string, string>> details =
            [
                new("line", from.Value.ToString(CultureInfo.InvariantCulture)), new("line_time", UtcMicros.Format(from.Time)),
                new("value", to.Value.ToString(CultureInfo.InvariantCulture)),
            ];
            if (kind == EventKind.Rollover && track.Line.Physics.MoreWraps(from, to) is > 0 and var more) details.Add(new("more_wraps_at_most", more.ToString(CultureInfo.InvariantCulture)));
            output.Event(new GatewayEvent(kind, to.Time, track.Point.Path, details));
        }
    }
}
