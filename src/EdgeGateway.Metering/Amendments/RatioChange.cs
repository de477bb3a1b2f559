using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Time;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>That another ratio holds of a counter from a time on, and what stored records know of the inputs there: windows that hold the time are divided at it.</summary>
/// <param name="Ratio">The ratio.</param>
/// <param name="From">From when on it holds, UTC microseconds. A corrected ratio's is a boundary; a new meter's may lie within a base window.</param>
/// <param name="Until">Until when it holds, UTC microseconds.</param>
/// <param name="Widening">How many times more steps a second the new meter can count than was thought, at least 1: bounds of error stated of it are that much too small.</param>
internal sealed record RatioChange(ExactDecimal Ratio, long From, long Until, double Widening = 1)
{
    /// <summary>The counter that another meter goes on with, whose total there is told: <see cref="Known"/> begins with it. -1 where a ratio was corrected, and records are to be asked.</summary>
    public int NewMeterOf { get; private init; } = -1;

    /// <summary>Why windows are divided there.</summary>
    public SegmentCut Cut => NewMeterOf < 0 ? SegmentCut.Ratio : SegmentCut.Epoch;

    /// <summary>Totals at that time by point, as a record that starts there says them, or in proportion where none does.</summary>
    public List<(int Point, long Total, Basis Basis, long Bound)> Known { get; private init; } = [];

    /// <summary>Finds out what is known at the boundary: a record that starts at it, of the shortest kind that is kept. Of a counter for which a gap record stands, base windows only hold what had been read before: longer ones say more, or else the gap record.</summary>
    public void LookUp(int unit, WindowKind baseKind, IRecordHistory history, GapRecords gaps)
    {
        var from = From;
        if (Known.Count > (NewMeterOf < 0 ? 0 : 1)) return;
        if (from % baseKind.FixedMicros != 0)
        {
            LookWithin(unit, baseKind, history, gaps);
            return;
        }
        foreach (var kind in (WindowKind[])[baseKind, WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Shift, WindowKind.Day, WindowKind.Month])
        {
            if (history.Read(unit, kind, from, from + 1, 1) is not [var record]) continue;
            var held = false;
            foreach (ref readonly var input in record.InputsOf(record.Segments[0]))
            {
                var point = input.Point;
                if (GapRecords.StandFor(kind) && gaps.Holds(point, from, from + 1)) held = true;
                else if (!Known.Exists(k => k.Point == point)) Known.Add((point, input.T0, input.Basis, input.Bound));
            }
            if (!held) return;
        }
        foreach (var (point, total) in gaps.TotalsAt(from))
        {
            if (!Known.Exists(k => k.Point == point)) Known.Add((point, total, Basis.Estimated, long.MaxValue));
        }
    }

    /// <summary>The same with the total at which a new meter goes on.</summary>
    public RatioChange Told(int point, Windows.Edge edge) => this with { NewMeterOf = point, Known = [(point, edge.Total, edge.Basis, edge.Bound)] };

    /// <summary>The same, for another unit, whose records know of other counters.</summary>
    public RatioChange Again() => this with { Known = [.. Known] };

    /// <summary>The bound of an amount or edge of the new meter that was stated by what the old one could do.</summary>
    public long Widened(long bound) => Widening <= 1 || bound == long.MaxValue ? bound : bound * Widening >= long.MaxValue / 4.0 ? long.MaxValue : (long)Math.Ceiling(bound * Widening);

    /// <summary>Inside a base window nothing starts: every input has the share of the shortest stored window's amount that is that of the time, so that all windows are divided at the same total.</summary>
    private void LookWithin(int unit, WindowKind baseKind, IRecordHistory history, GapRecords gaps)
    {
        if (history.Read(unit, baseKind, UtcMicros.Floor(From, baseKind.FixedMicros), From + 1, 1) is [var record])
        {
            foreach (ref readonly var segment in record.Segments)
            {
                if (segment.Start > From || segment.End <= From) continue;
                foreach (ref readonly var input in record.InputsOf(segment))
                {
                    var point = input.Point;
                    if (Known.Exists(k => k.Point == point) || gaps.Holds(point, record.Start, record.End)) continue;
                    var isEdge = segment.Start == From;
                    var share = (long)((Int128)(input.T1 - input.T0) * (From - segment.Start) / (segment.End - segment.Start));
                    Known.Add((point, input.T0 + share, isEdge ? input.Basis : input.Basis.Worst(Basis.Estimated), isEdge ? input.Bound : long.MaxValue));
                }
            }
        }
        foreach (var (point, total) in gaps.TotalsAt(From))
        {
            if (!Known.Exists(k => k.Point == point)) Known.Add((point, total, Basis.Estimated, long.MaxValue));
        }
    }

    public void Save(ByteWriter w)
    {
        w.Signed(Ratio.Mantissa);
        w.Signed(Ratio.Exponent);
        w.Signed(From);
        w.Signed(Until);
        w.Double(Widening);
        w.Signed(NewMeterOf);
        w.Unsigned((ulong)Known.Count);
        foreach (var (point, total, basis, bound) in Known)
        {
            w.Signed(point);
            w.Signed(total);
            w.Byte((byte)basis);
            w.Signed(bound);
        }
    }

    /// <param name="from">From when on it holds, where that was not saved: up to version 5.</param>
    /// <param name="version">Version of the section.</param>
    /// <param name="r">Reads what was saved.</param>
    public static RatioChange Load(long from, byte version, ref ByteReader r)
    {
        var ratio = new ExactDecimal(r.Signed(), (sbyte)r.Signed());
        var change = version > 5 ? new RatioChange(ratio, r.Signed(), r.Signed(), r.Double()) { NewMeterOf = r.Int32() } : new RatioChange(ratio, from, r.Signed());
        for (var left = r.Count(4); left > 0 && !r.Failed; left--) change.Known.Add((r.Int32(), r.Signed(), (Basis)r.Byte(), r.Signed()));
        return change;
    }
}
