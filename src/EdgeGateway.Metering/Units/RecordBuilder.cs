using EdgeGateway.Metering.Gauges;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Fills the record of a unit over [first, last) of base boundaries from the tracks. The record is reused.</summary>
internal sealed class RecordBuilder(Tracks tracks)
{
    private const int CoarseSteps = 10;
    private const WindowFlags NoBound = WindowFlags.Missing | WindowFlags.ZeroedByShift | WindowFlags.Ambiguous;
    private const int HoleRoom = 64;
    private readonly WindowRecord _record = new();

    /// <summary>The record, valid until the next call.</summary>
    public WindowRecord Build(UnitLayout layout, WindowKind kind, long first, long last, Revision revision, bool clockVerified)
    {
        var record = _record;
        record.Clear();
        record.Unit = layout.Plan.Id;
        record.Kind = kind;
        record.Start = first * tracks.BaseMicros;
        record.End = last * tracks.BaseMicros;
        record.Revision = revision;
        record.CoveredMicros = Covered(layout, first, last);
        var flags = clockVerified ? WindowFlags.None : WindowFlags.ClockUnverified;
        var state = StateTime(layout, first, last);
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, state);
        foreach (var plan in layout.Inputs)
        {
            var input = Input(plan, first, last, state);
            flags |= input.Flags;
            record.Add(input);
        }
        record.Flags = flags;
        foreach (var slot in layout.Plan.Gauges) AddGauge(record, slot, first, last);
        UnitFigures.Add(record, layout, tracks.Plan, this, first, last);
        return record;
    }

    /// <summary>A counter's share in a window; edges are the window's own.</summary>
    public WindowInput Input(Plans.UnitInputPlan plan, long first, long last, in ByState state)
    {
        var track = tracks.Counters[plan.Slot]!;
        var (start, end) = (track.EdgeAt(first), track.EdgeAt(last));
        var flags = end.Flags;
        for (var b = first + 1; b < last; b++) flags |= track.EdgeAt(b).Flags;
        var basis = start.Basis.Worst(end.Basis);
        if ((flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift)) != 0) basis = basis.Worst(Basis.LowerBound);
        var counter = track.Point.Counter!;
        var delta = end.Total - start.Total;
        if (!counter.Pieces && basis != Basis.None && Math.Abs(delta) < CoarseSteps * Counters.CounterLine.One) flags |= WindowFlags.Coarse;
        return new WindowInput
        {
            Point = track.Point.Id,
            RegisterEpoch = counter.RegisterEpoch,
            Role = plan.Role,
            Carrier = plan.Carrier,
            Unit = track.Point.Unit,
            Sign = plan.Sign,
            T0 = start.Total,
            T1 = end.Total,
            Step = counter.Step,
            Ratio = counter.Ratio,
            Basis = basis,
            Flags = flags,
            Bound = (flags & NoBound) != 0 ? long.MaxValue : Sum(start.Bound, end.Bound, RegisterError(track)),
            ByState = StateSplit.Of(delta, state),
        };
    }

    /// <summary>A register says whole steps, and may be held against a habitual fall.</summary>
    private static long RegisterError(CounterTrack track) => (long)Math.Ceiling(Math.Max(track.Step, track.Point.Counter!.DipSteps) * Counters.CounterLine.One);

    private static long Sum(long a, long b, long c) => a == long.MaxValue || b == long.MaxValue ? long.MaxValue : a + b + c;

    private long Covered(UnitLayout layout, long first, long last)
    {
        if (layout.Inputs.Length == 0) return 0;
        Span<Hole> room = stackalloc Hole[HoleRoom];
        var covered = (last - first) * tracks.BaseMicros;
        for (var b = first + 1; b <= last; b++)
        {
            var holes = new HoleUnion(room);
            foreach (var input in layout.Inputs) holes.Add(tracks.Counters[input.Slot]!.EdgeAt(b).Hole);
            covered -= holes.Length();
        }
        return covered;
    }

    private ByState StateTime(UnitLayout layout, long first, long last)
    {
        var sum = default(ByState);
        if (layout.Plan.StateSlot < 0)
        {
            sum[(int)MachineState.Unknown] = (last - first) * tracks.BaseMicros;
            return sum;
        }
        var track = tracks.States[layout.Plan.StateSlot]!;
        for (var b = first + 1; b <= last; b++)
        {
            var slice = track.SliceAt(b);
            for (var i = 0; i < 4; i++) sum[i] += slice[i];
        }
        return sum;
    }

    private void AddGauge(WindowRecord record, int slot, long first, long last)
    {
        var track = tracks.Gauges[slot]!;
        var sum = default(GaugeSlice);
        for (var b = first + 1; b <= last; b++) sum.Add(track.SliceAt(b));
        if (!sum.Seen) return;
        record.Add(new WindowGauge { Point = track.Point.Id, Integral = sum.Integral, CoveredMicros = sum.Covered, Min = sum.Min, Max = sum.Max, Last = sum.Last });
    }
}
