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

    /// <summary>Finds out what is known at the boundary: a record that starts at it, of the shortest kind that is kept.</summary>
    public void LookUp(int unit, long from, WindowKind baseKind, IRecordHistory history)
    {
        if (Known.Count > 0) return;
        foreach (var kind in (WindowKind[])[baseKind, WindowKind.Minute, WindowKind.QuarterHour, WindowKind.Hour, WindowKind.Shift, WindowKind.Day, WindowKind.Month])
        {
            if (history.Read(unit, kind, from, from + 1, 1) is not [var record]) continue;
            foreach (ref readonly var input in record.InputsOf(record.Segments[0])) Known.Add((input.Point, input.T0, input.Basis, input.Bound));
            return;
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
