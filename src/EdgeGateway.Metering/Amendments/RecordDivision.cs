using EdgeGateway.Metering.Units;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>Divides a stored record's segment at a time. Totals there are those that other records say; what nobody kept is shared out by time, and is an estimate.</summary>
internal static class RecordDivision
{
    /// <summary>The record with one segment more, or itself where no segment holds the time.</summary>
    public static WindowRecord At(WindowRecord record, RatioChange known)
    {
        var time = known.From;
        var found = false;
        foreach (ref readonly var segment in record.Segments) found |= segment.Start < time && segment.End > time;
        if (!found) return record;
        var divided = Headed(record);
        foreach (ref readonly var segment in record.Segments)
        {
            if (segment.Start < time && segment.End > time) Divide(divided, record, segment, time, known);
            else Copy(divided, record, segment);
        }
        foreach (ref readonly var figure in record.Figures) divided.Add(figure);
        return divided;
    }

    /// <summary>A record that was stated while it was divided by shares of time only: its parts share what is known since. False where they do already.</summary>
    /// <param name="record">The record.</param>
    /// <param name="time">Where it was divided.</param>
    /// <param name="totalOf">What is known of a point there; null where nothing is.</param>
    public static bool Align(WindowRecord record, long time, Func<int, long?> totalOf)
    {
        var aligned = false;
        var segments = record.Segments;
        for (var s = 1; s < segments.Length; s++)
        {
            if (segments[s].Start != time) continue;
            for (var i = 0; i < Math.Min(segments[s - 1].InputCount, segments[s].InputCount); i++)
            {
                var (first, second) = (segments[s - 1].FirstInput + i, segments[s].FirstInput + i);
                var (one, two) = (record.Inputs[first], record.Inputs[second]);
                if (one.Point != two.Point || one.Bound != long.MaxValue || two.Bound != long.MaxValue || totalOf(one.Point) is not { } total || total == one.T1) continue;
                if (total < Math.Min(one.T0, two.T1) || total > Math.Max(one.T0, two.T1)) continue;
                Move(ref one, one.T0, total);
                Move(ref two, total, two.T1);
                record.Replace(first, one);
                record.Replace(second, two);
                aligned = true;
            }
        }
        return aligned;
    }

    private static void Move(ref WindowInput input, long start, long end)
    {
        var (before, split) = (input.T1 - input.T0, input.ByState);
        (input.T0, input.T1) = (start, end);
        StateSplit.Lift(ref split, end - start - before);
        input.ByState = split;
    }

    /// <summary>A record of the same key with nothing in it.</summary>
    public static WindowRecord Headed(WindowRecord record) => new()
    {
        Unit = record.Unit, Kind = record.Kind, WindowId = record.WindowId, Start = record.Start, End = record.End, Revision = record.Revision, CoveredMicros = record.CoveredMicros,
        Flags = record.Flags, Coefficients = record.Coefficients, Factors = record.Factors, Footprint = record.Footprint,
    };

    private static void Copy(WindowRecord to, WindowRecord from, in Segment segment)
    {
        to.BeginSegment(segment.Start, segment.End, segment.Cut, segment.Batch, segment.StateMicros, segment.Product);
        foreach (ref readonly var input in from.InputsOf(segment)) to.Add(input);
        foreach (ref readonly var gauge in from.GaugesOf(segment)) to.Add(gauge);
    }

    private static void Divide(WindowRecord to, WindowRecord from, in Segment segment, long time, RatioChange known)
    {
        var (whole, part) = (segment.End - segment.Start, time - segment.Start);
        var before = StateSplit.Of(part, segment.StateMicros);
        var behind = segment.StateMicros;
        for (var i = 0; i < 4; i++) behind[i] -= before[i];
        var inputs = from.InputsOf(segment);
        var second = new WindowInput[inputs.Length];
        to.BeginSegment(segment.Start, time, known.Cut, segment.Batch, before, segment.Product);
        for (var i = 0; i < inputs.Length; i++)
        {
            var (one, two) = (inputs[i], inputs[i]);
            var (point, least, most) = (one.Point, Math.Min(one.T0, one.T1), Math.Max(one.T0, one.T1));
            var at = known.Known.FindIndex(k => k.Point == point && ((k.Total >= least && k.Total <= most) || point == known.NewMeterOf));
            var total = at >= 0 ? known.Known[at].Total : one.T0 + (long)((Int128)(one.T1 - one.T0) * part / whole);
            // A record's bound is that of both its edges: more than that of the one that is shared.
            var bound = at < 0 || one.Bound == long.MaxValue || known.Known[at].Bound == long.MaxValue ? long.MaxValue : one.Bound + known.Known[at].Bound;
            var basis = one.Basis.Worst(at >= 0 ? known.Known[at].Basis : Basis.Estimated);
            // Where another meter goes on, the amendment moves both parts to the total that it tells: what is known of the other edges stays.
            if (point == known.NewMeterOf) (total, bound, basis) = (Math.Clamp(total, least, most), one.Bound, one.Basis);
            (one.T1, two.T0) = (total, total);
            (one.Bound, two.Bound, one.Basis, two.Basis) = (bound, bound, basis, basis);
            var sizes = default(ByState);
            for (var s = 0; s < 4; s++) sizes[s] = Math.Abs(one.ByState[s]);
            one.ByState = StateSplit.Of(one.T1 - one.T0, sizes);
            var rest = two.ByState;
            for (var s = 0; s < 4; s++) rest[s] -= one.ByState[s];
            two.ByState = rest;
            to.Add(one);
            second[i] = two;
        }
        to.BeginSegment(time, segment.End, segment.Cut, segment.Batch, behind, segment.Product);
        foreach (var input in second) to.Add(input);
        // What a gauge did is known of the whole only.
        foreach (ref readonly var gauge in from.GaugesOf(segment)) to.Add(gauge);
    }
}
