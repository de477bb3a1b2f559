using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Cuts a unit's base windows from the tracks, and fills records from stretches of them. The record is reused.</summary>
internal sealed class RecordBuilder(Tracks tracks)
{
    public const int CoarseSteps = 10;
    private const WindowFlags NoBound = WindowFlags.Missing | WindowFlags.ZeroedByShift | WindowFlags.Ambiguous;
    private const int HoleRoom = 64;
    private readonly WindowRecord _record = new();

    /// <summary>The base window that ends at a boundary.</summary>
    public void Slice(UnitLayout layout, long end, UnitSlice slice)
    {
        slice.Begin(end - 1);
        slice.Last = end;
        slice.Covered = Covered(layout, end);
        if (layout.Plan.StateSlot >= 0) slice.State = tracks.States[layout.Plan.StateSlot]!.SliceAt(end);
        else slice.State[(int)MachineState.Unknown] = tracks.BaseMicros;
        for (var i = 0; i < layout.Sliced.Length; i++)
        {
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            var edge = track.EdgeAt(end);
            slice.Inputs[i] = InputSlice.Between(track.EdgeAt(end - 1), edge, edge.Flags, slice.State);
        }
        for (var i = 0; i < slice.Gauges.Length; i++) slice.Gauges[i] = tracks.Gauges[layout.Plan.Gauges[i]]!.SliceAt(end);
    }

    /// <summary>A stretch of which nothing was observed but its edges.</summary>
    public void Hollow(UnitLayout layout, long first, long last, UnitSlice slice)
    {
        slice.Begin(first);
        slice.Last = last;
        slice.State[(int)MachineState.Unknown] = (last - first) * tracks.BaseMicros;
        for (var i = 0; i < layout.Sliced.Length; i++)
        {
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            var edge = track.EdgeAt(last);
            slice.Inputs[i] = InputSlice.Between(track.EdgeAt(first), edge, edge.Flags, slice.State);
        }
    }

    /// <summary>Gives a stretch the counters that it did not have yet: they are known of by its edges only.</summary>
    public void Complete(UnitLayout layout, UnitSlice slice, bool[] found)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i]) continue;
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            var edge = track.EdgeAt(slice.Last);
            slice.Inputs[i] = InputSlice.Between(track.EdgeAt(slice.First), edge, edge.Flags, slice.State);
        }
    }

    /// <summary>The record of a stretch, valid until the next call.</summary>
    public WindowRecord Fill(UnitLayout layout, WindowKind kind, string id, UnitSlice slice, Revision revision, bool clockVerified)
    {
        var record = _record;
        record.Clear();
        record.Unit = layout.Plan.Id;
        record.Kind = kind;
        record.WindowId = id;
        record.Start = slice.First * tracks.BaseMicros;
        record.End = slice.Last * tracks.BaseMicros;
        record.Revision = revision;
        record.CoveredMicros = slice.Covered;
        var flags = clockVerified ? WindowFlags.None : WindowFlags.ClockUnverified;
        record.BeginSegment(record.Start, record.End, SegmentCut.WindowEnd, null, slice.State);
        for (var i = 0; i < layout.Inputs.Length; i++)
        {
            var input = Input(layout.Inputs[i], slice.Inputs[i]);
            flags |= input.Flags;
            record.Add(input);
        }
        record.Flags = flags;
        for (var i = 0; i < slice.Gauges.Length; i++)
        {
            ref readonly var sum = ref slice.Gauges[i];
            if (!sum.Seen) continue;
            record.Add(new WindowGauge { Point = tracks.Gauges[layout.Plan.Gauges[i]]!.Point.Id, Integral = sum.Integral, CoveredMicros = sum.Covered, Min = sum.Min, Max = sum.Max, Last = sum.Last });
        }
        UnitFigures.Add(record, layout, tracks.Plan, this, slice);
        return record;
    }

    /// <summary>A counter's share in a stretch.</summary>
    public WindowInput Input(Plans.UnitInputPlan plan, in InputSlice slice) => Input(tracks.Counters[plan.Slot]!, plan, slice);

    /// <summary>A counter's share in a stretch.</summary>
    public static WindowInput Input(CounterTrack track, in Plans.UnitInputPlan plan, in InputSlice slice)
    {
        var flags = slice.Flags;
        var basis = slice.Basis0.Worst(slice.Basis1);
        if ((flags & (WindowFlags.Missing | WindowFlags.ZeroedByShift)) != 0) basis = basis.Worst(Basis.LowerBound);
        if ((flags & WindowFlags.Ambiguous) != 0) basis = basis.Worst(Basis.Estimated);
        var counter = track.Point.Counter!;
        var delta = slice.T1 - slice.T0;
        if (!counter.Pieces && basis != Basis.None && Math.Abs(delta) < CoarseSteps * Counters.CounterLine.One) flags |= WindowFlags.Coarse;
        return new WindowInput
        {
            Point = track.Point.Id,
            RegisterEpoch = track.Epoch,
            Role = plan.Role,
            Carrier = plan.Carrier,
            Unit = track.Point.Unit,
            Sign = plan.Sign,
            T0 = slice.T0,
            T1 = slice.T1,
            Step = counter.Step,
            Ratio = counter.Ratio,
            Basis = basis,
            Flags = flags,
            Bound = (flags & NoBound) != 0 ? long.MaxValue : Sum(slice.Bound0, slice.Bound1, RegisterError(track)),
            ByState = slice.ByState,
        };
    }

    /// <summary>A register says whole steps, and may be held against a habitual fall.</summary>
    public static long RegisterError(CounterTrack track) => (long)Math.Ceiling(Math.Max(track.Step, track.Point.Counter!.DipSteps) * Counters.CounterLine.One);

    private static long Sum(long a, long b, long c) => a == long.MaxValue || b == long.MaxValue ? long.MaxValue : a + b + c;

    private long Covered(UnitLayout layout, long end)
    {
        if (layout.Inputs.Length == 0) return 0;
        Span<Hole> room = stackalloc Hole[HoleRoom];
        var holes = new HoleUnion(room);
        foreach (var input in layout.Inputs) holes.Add(tracks.Counters[input.Slot]!.EdgeAt(end).Hole);
        return tracks.BaseMicros - holes.Length();
    }
}
