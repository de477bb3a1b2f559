using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Units;

/// <summary>Cuts a unit's base windows from the tracks, and fills records from stretches of them. The record is reused.</summary>
internal sealed class RecordBuilder(Tracks tracks)
{
    public const int CoarseSteps = 10;
    private const WindowFlags NoBound = WindowFlags.Missing | WindowFlags.ZeroedByShift;
    private const int HoleRoom = 64;
    private readonly WindowRecord _record = new();

    /// <summary>The base window that ends at a boundary.</summary>
    public void Slice(UnitLayout layout, long end, UnitSlice slice)
    {
        slice.Begin((end - 1) * tracks.BaseMicros);
        slice.End = end * tracks.BaseMicros;
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

    /// <summary>The part of the base window that ends at a boundary which lies between two cuts. What happened in the base window is said of each part.</summary>
    public void Piece(UnitLayout layout, long end, long from, long to, UnitSlice slice)
    {
        slice.Begin(from);
        slice.End = to;
        var start = (end - 1) * tracks.BaseMicros;
        slice.Covered = Covered(layout, end, new Hole((int)(from - start), (int)(to - start)));
        if (layout.Plan.StateSlot >= 0) slice.State = tracks.States[layout.Plan.StateSlot]!.Within(from, to);
        else slice.State[(int)MachineState.Unknown] = to - from;
        for (var i = 0; i < layout.Sliced.Length; i++)
        {
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            slice.Inputs[i] = InputSlice.Between(track.EdgeAtTime(from), track.EdgeAtTime(to), track.EdgeAt(end).Flags, slice.State);
        }
        for (var i = 0; i < slice.Gauges.Length; i++) slice.Gauges[i] = tracks.Gauges[layout.Plan.Gauges[i]]!.PieceAt(from, to);
    }

    /// <summary>A stretch of which nothing was observed but its edges.</summary>
    public void Hollow(UnitLayout layout, long from, long to, UnitSlice slice)
    {
        slice.Begin(from);
        slice.End = to;
        slice.State[(int)MachineState.Unknown] = to - from;
        for (var i = 0; i < layout.Sliced.Length; i++)
        {
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            slice.Inputs[i] = InputSlice.Between(track.EdgeAtTime(from), track.EdgeAtTime(to), track.EdgeAt(tracks.BoundaryBehind(to)).Flags, slice.State);
        }
    }

    /// <summary>Gives a stretch the counters that it did not have yet: they are known of by its edges only.</summary>
    public void Complete(UnitLayout layout, UnitSlice slice, bool[] found)
    {
        for (var i = 0; i < found.Length; i++)
        {
            if (found[i]) continue;
            var track = tracks.Counters[layout.Sliced[i].Slot]!;
            slice.Inputs[i] = InputSlice.Between(track.EdgeAtTime(slice.Start), track.EdgeAtTime(slice.End), track.EdgeAt(tracks.BoundaryBehind(slice.End)).Flags, slice.State);
        }
    }

    /// <summary>The record of a window in pieces, valid until the next call.</summary>
    public WindowRecord Fill(UnitLayout layout, WindowKind kind, string id, ReadOnlySpan<UnitSlice> pieces, Revision revision, bool clockVerified)
    {
        var record = _record;
        record.Clear();
        record.Unit = layout.Plan.Id;
        record.Kind = kind;
        record.WindowId = id;
        record.Start = pieces[0].Start;
        record.End = pieces[^1].End;
        record.Revision = revision;
        record.Flags = clockVerified ? WindowFlags.None : WindowFlags.ClockUnverified;
        foreach (var piece in pieces) Fill(record, layout, piece);
        UnitFigures.Add(record, layout, tracks.Plan, this, pieces);
        return record;
    }

    private void Fill(WindowRecord record, UnitLayout layout, UnitSlice piece)
    {
        record.CoveredMicros += piece.Covered;
        record.BeginSegment(piece.Start, piece.End, piece.Cut, piece.Batch, piece.State, piece.Product);
        for (var i = 0; i < layout.Inputs.Length; i++)
        {
            var input = Input(layout.Inputs[i], piece, i);
            if (StaleRegister.Is(tracks, layout, layout.Inputs[i], input, piece)) input.Flags |= WindowFlags.Stale;
            record.Flags |= input.Flags;
            record.Add(input);
        }
        for (var i = 0; i < piece.Gauges.Length; i++)
        {
            ref readonly var sum = ref piece.Gauges[i];
            if (!sum.Seen) continue;
            record.Add(new WindowGauge { Point = tracks.Gauges[layout.Plan.Gauges[i]]!.Point.Id, Integral = sum.Integral, CoveredMicros = sum.Covered, Min = sum.Min, Max = sum.Max, Last = sum.Last });
        }
    }

    /// <summary>A counter's share in a piece, by its index in the layout's sliced inputs.</summary>
    public WindowInput Input(Plans.UnitInputPlan plan, UnitSlice piece, int index) => Input(tracks.Counters[plan.Slot]!, plan, piece.Inputs[index], piece.Start, piece.End);

    /// <summary>A counter's share in a stretch between two times.</summary>
    public static WindowInput Input(CounterTrack track, in Plans.UnitInputPlan plan, in InputSlice slice, long start, long end)
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
            RegisterEpoch = track.EpochAt(end),
            Role = plan.Role,
            Carrier = plan.Carrier,
            Unit = track.Point.Unit,
            Sign = plan.Sign,
            T0 = slice.T0,
            T1 = slice.T1,
            Step = counter.Step,
            Ratio = track.Line.RatioAt(start),
            Basis = basis,
            Flags = flags,
            Bound = (flags & NoBound) != 0 ? long.MaxValue : Bounded(track, slice, flags, start, end),
            ByState = slice.ByState,
        };
    }

    /// <summary>A register says whole steps, and may be held against a habitual fall.</summary>
    public static long RegisterError(CounterTrack track) => (long)Math.Ceiling(Math.Max(track.Step, track.Point.Counter!.DipSteps) * Counters.CounterLine.One);

    /// <summary>The bound of an amount between two edges. What may have passed otherwise than was counted is allowed for; where more than one count is possible, an amount bears no more than was possible in its time.</summary>
    private static long Bounded(CounterTrack track, in InputSlice slice, WindowFlags flags, long start, long end)
    {
        var bound = slice.Bound0 == long.MaxValue || slice.Bound1 == long.MaxValue ? long.MaxValue : slice.Bound0 + slice.Bound1 + RegisterError(track) + slice.Allowance;
        return (flags & WindowFlags.Ambiguous) != 0 || slice.Allowance > 0 ? Math.Min(bound, track.Cutting.MostError(slice.T1 - slice.T0, start, end)) : bound;
    }

    private long Covered(UnitLayout layout, long end) => Covered(layout, end, new Hole(0, (int)tracks.BaseMicros));

    private long Covered(UnitLayout layout, long end, Hole piece)
    {
        if (layout.Inputs.Length == 0) return 0;
        Span<Hole> room = stackalloc Hole[HoleRoom];
        var holes = new HoleUnion(room);
        foreach (var input in layout.Inputs)
        {
            var hole = tracks.Counters[input.Slot]!.EdgeAt(end).Hole;
            holes.Add(new Hole(Math.Max(hole.Start, piece.Start), Math.Min(hole.End, piece.End)));
        }
        return piece.End - piece.Start - holes.Length();
    }
}
