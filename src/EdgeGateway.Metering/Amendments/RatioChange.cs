using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;
using EdgeGateway.Records.Windows;

namespace EdgeGateway.Metering.Amendments;

/// <summary>That another ratio holds of a counter from a boundary on, and what stored records know of the inputs there: windows that hold the boundary are divided at it.</summary>
/// <param name="Ratio">The ratio.</param>
/// <param name="Until">Until when it holds, UTC microseconds.</param>
internal sealed record RatioChange(ExactDecimal Ratio, long Until)
{
    /// <summary>Totals at the boundary by point, as a record that starts there says them.</summary>
    public List<(int Point, long Total, Basis Basis, long Bound)> Known { get; } = [];

    /// <summary>Finds out what is known at the boundary: a record that starts at it, of the shortest kind that is kept. Of a counter for which a gap record stands, base windows only hold what had been read before: longer ones say more, or else the gap record.</summary>
    public void LookUp(int unit, long from, WindowKind baseKind, IRecordHistory history, GapRecords gaps)
    {
        if (Known.Count > 0) return;
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

    public void Save(ByteWriter w)
    {
        w.Signed(Ratio.Mantissa);
        w.Signed(Ratio.Exponent);
        w.Signed(Until);
        w.Unsigned((ulong)Known.Count);
        foreach (var (point, total, basis, bound) in Known)
        {
            w.Signed(point);
            w.Signed(total);
            w.Byte((byte)basis);
            w.Signed(bound);
        }
    }

    public static RatioChange Load(ref ByteReader r)
    {
        var change = new RatioChange(new ExactDecimal(r.Signed(), (sbyte)r.Signed()), r.Signed());
        for (var left = r.Count(4); left > 0 && !r.Failed; left--) change.Known.Add((r.Int32(), r.Signed(), (Basis)r.Byte(), r.Signed()));
        return change;
    }
}
