using EdgeGateway.Metering.Counters;
using EdgeGateway.Metering.Units;
using EdgeGateway.Metering.Windows;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>States a stored record again by what has become known since.</summary>
internal static class Amending
{
    private const WindowFlags AtLeast = WindowFlags.Missing | WindowFlags.ZeroedByShift;
    private const WindowFlags OfRecord = WindowFlags.Void | WindowFlags.ClockUnverified;

    /// <summary>Applies an amendment; false where the record says nothing else by it.</summary>
    public static bool Apply(WindowRecord record, Amendment amendment, CounterTrack track)
    {
        var changed = false;
        foreach (ref readonly var segment in record.Segments)
        {
            for (var i = segment.FirstInput; i < segment.FirstInput + segment.InputCount; i++)
            {
                var input = record.Inputs[i];
                if (input.Point != amendment.Point || !Apply(ref input, segment, amendment, track)) continue;
                record.Replace(i, input);
                changed = true;
            }
        }
        if (!changed) return false;
        record.Flags &= OfRecord;
        foreach (ref readonly var input in record.Inputs) record.Flags |= input.Flags;
        return true;
    }

    /// <summary>Figures of a record that was changed; what children used is not in it, so that the unmetered rest stays unsaid.</summary>
    public static void Refigure(WindowRecord record, UnitLayout layout, Plans.MeteringPlan plan)
    {
        record.ClearFigures();
        UnitFigures.Add(record, layout, plan, null, []);
    }

    private static bool Apply(ref WindowInput input, in Segment segment, Amendment amendment, CounterTrack track)
    {
        var before = (input.T0, input.T1, input.Flags, input.Ratio, input.Basis, input.RegisterEpoch);
        var widened = amendment.Ratio is { Widening: > 1 } wider && segment.Start >= wider.From && input.Bound != long.MaxValue;
        if (widened) input.Bound = amendment.Ratio!.Widened(input.Bound);
        var clear = track.Cleared(amendment.Clear, segment.Start, segment.End);
        var (start, end) = (Moved(input.T0, segment.Start, amendment, track), Moved(input.T1, segment.End, amendment, track));
        var within = amendment.FlagsOf(segment.Start, segment.End, track.BaseMicros);
        if (start is not null || end is not null || within != WindowFlags.None || (input.Flags & clear) != 0)
        {
            var flags = (input.Flags & ~(clear | WindowFlags.Coarse)) | within;
            var taken = input.Flags & clear;
            var bound = Bound(input, start, end, taken, segment, amendment, track);
            input.Basis = BasisOf(input, start, end, taken, segment, amendment, track);
            if ((flags & AtLeast) != 0) input.Basis = input.Basis.Worst(Basis.LowerBound);
            if ((flags & WindowFlags.Ambiguous) != 0) input.Basis = input.Basis.Worst(Basis.Estimated);
            var (delta, doubtful) = (input.T1 - input.T0, input.Flags & WindowFlags.Ambiguous);
            (input.T0, input.T1) = (start?.Total ?? input.T0, end?.Total ?? input.T1);
            if (amendment.DoubtShift != 0 && Known(start) is null && Known(end) is null && segment.Start <= amendment.From && segment.End > amendment.From) bound = Settled(input, delta, segment, amendment, track);
            else if ((flags & WindowFlags.Ambiguous) != 0) bound = Doubted(input, bound, doubtful, Known(start), Known(end), segment, amendment, track);
            input.Bound = (flags & AtLeast) != 0 ? long.MaxValue : bound;
            var split = input.ByState;
            StateSplit.Lift(ref split, input.T1 - input.T0 - delta);
            input.ByState = split;
            if (!track.Point.Counter!.Pieces && Math.Abs(input.T1 - input.T0) < RecordBuilder.CoarseSteps * CounterLine.One) flags |= WindowFlags.Coarse;
            input.Flags = flags;
        }
        if (amendment.Ratio is { } change && segment.Start >= change.From && segment.Start < change.Until) input.Ratio = change.Ratio;
        if (amendment.Epoch >= 0 && (amendment.Ratio is { } other ? segment.Start >= other.From : segment.End >= amendment.ShiftFrom)) input.RegisterEpoch = amendment.Epoch;
        return widened || before != (input.T0, input.T1, input.Flags, input.Ratio, input.Basis, input.RegisterEpoch);
    }

    /// <summary>The edge that a total has moved to, or null.</summary>
    private static Edge? Moved(long total, long time, Amendment amendment, CounterTrack track)
    {
        if (amendment.EdgeAt(time, track.Cutting) is { } edge) return edge;
        return time >= amendment.ShiftFrom && amendment.Shift != 0 ? new Edge(total + amendment.Shift, long.MinValue, Basis.Exact, WindowFlags.None, default) : null;
    }

    /// <summary>Of an edge that stays only the whole record's basis is known: it is at worst that. Where that was awaited, or lost what is taken back now, it is as good as the readings about it.</summary>
    private static Basis BasisOf(in WindowInput input, Edge? start, Edge? end, WindowFlags taken, in Segment segment, Amendment amendment, CounterTrack track)
    {
        if (Known(start) is null && Known(end) is null && taken == WindowFlags.None) return input.Basis;
        var unsaid = input.Basis >= Basis.Provisional || taken != WindowFlags.None;
        var (first, last) = (Known(start)?.Basis ?? Stays(input, segment.Start), Known(end)?.Basis ?? Stays(input, segment.End));
        // A total of zero at the start is that of the first sample ever, or from before it.
        if (input.T0 == 0 && start is null && (unsaid || amendment.Reaches == long.MaxValue)) first = Basis.LowerBound;
        return first.Worst(last);

        // Behind what is told now it is as awaited as it was.
        Basis Stays(in WindowInput input, long time)
        {
            if (!unsaid || time > amendment.Reaches || (time >= amendment.ShiftFrom && input.Basis >= Basis.Provisional)) return input.Basis;
            return time > track.Time ? Basis.Provisional : (input.Flags & WindowFlags.Gap) != 0 && !track.IsBracketed(time) ? Basis.Estimated : Basis.Exact;
        }
    }

    private static long Bound(in WindowInput input, Edge? start, Edge? end, WindowFlags taken, in Segment segment, Amendment amendment, CounterTrack track)
    {
        var (first, last) = (Known(start), Known(end));
        // What passed before the first sample ever was not seen, whatever is known of the rest.
        var unseen = first is null ? track.UnseenBound(segment.Start) : 0;
        // Nor is one that is awaited, or lies in a gap, known as well as others.
        var stays = (first is not null || IsNear(input, segment.Start, track)) && (last is not null || IsNear(input, segment.End, track));
        if (!stays && (taken & AtLeast) != 0 && input.Bound == long.MaxValue) return long.MaxValue;
        if (first is null && last is null)
        {
            // Both edges stay, and what lay between them is known now.
            var exact = track.Cutting.ExactBound(track.Point.EffectiveMaxGapMicros, track.Newest, segment.Start, segment.End);
            return (taken & AtLeast) != 0 && input.Bound == long.MaxValue ? exact + exact + unseen + RecordBuilder.RegisterError(track) : input.Bound;
        }
        if (first is { } a && last is { } b) return a.Bound == long.MaxValue || b.Bound == long.MaxValue ? long.MaxValue : a.Bound + b.Bound + RecordBuilder.RegisterError(track);
        var moved = (first ?? last)!.Value.Bound;
        if (moved == long.MaxValue) return long.MaxValue;
        // None was stated for what is taken back now: the edge that stays is known as well as any within the greatest allowed gap.
        if ((taken & AtLeast) != 0) return track.Cutting.ExactBound(track.Point.EffectiveMaxGapMicros, amendment.Stretches.Count > 0 ? amendment.Stretches[0].From : track.Newest, segment.Start, segment.End) + unseen + moved + RecordBuilder.RegisterError(track);
        if (input.Bound == long.MaxValue) return long.MaxValue;
        // What was held at the end is known: it goes, and the edge's own bound comes. Else both are allowed for.
        var held = input.Basis == Basis.Provisional && last is not null && amendment.Stretches.Count > 0 ? track.Cutting.HeldBound(amendment.Stretches[0].From, segment.End) : 0;
        return held > input.Bound ? long.MaxValue : input.Bound - held + moved;
    }

    private static bool IsNear(in WindowInput input, long time, CounterTrack track) => time <= track.Time && ((input.Flags & WindowFlags.Gap) == 0 || track.IsBracketed(time));

    /// <summary>The bound of a window of which more than one count is possible: what the stretches in it may be off by is allowed for, and no more than is possible in it.</summary>
    private static long Doubted(in WindowInput input, long bound, WindowFlags doubtful, Edge? start, Edge? end, in Segment segment, Amendment amendment, CounterTrack track)
    {
        var most = track.Cutting.MostError(input.T1 - input.T0, segment.Start, segment.End);
        if (bound == long.MaxValue || amendment.Doubt is not { } before) return most;
        if (start is { } first && end is { } last) return Math.Min(bound + last.Doubt.Behind - first.Doubt.Before, most);
        // What was allowed for was limited by the amount stated before, and cannot be told from the rest.
        return doubtful != WindowFlags.None ? most : Math.Min(bound + (end is { } moved ? Math.Max(0, moved.Doubt.Behind - before) : 0), most);
    }

    /// <summary>The bound of a window that holds the whole of a stretch whose count is certain now: it bore all the doubt of it, unless no more than was possible in it.</summary>
    private static long Settled(in WindowInput input, long counted, in Segment segment, Amendment amendment, CounterTrack track)
    {
        if (input.Bound == long.MaxValue) return input.Bound;
        return input.Bound < track.Cutting.MostError(counted, segment.Start, segment.End) ? input.Bound + amendment.DoubtShift : track.Cutting.MostError(input.T1 - input.T0, segment.Start, segment.End);
    }

    /// <summary>An edge that was merely lifted is known as well as before.</summary>
    private static Edge? Known(Edge? edge) => edge is { Bound: long.MinValue } ? null : edge;
}
