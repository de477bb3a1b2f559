using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Counters;

/// <summary>The line that a register was on before its newest reset or replacement: it may return, or an operator may say what became of it.</summary>
/// <param name="Line">Its last accepted reading.</param>
/// <param name="Total">Its total there.</param>
/// <param name="Until">Until when it may return; 0 where an operator has spoken.</param>
/// <param name="First">The first reading of the line that followed.</param>
/// <param name="Counted">What has been counted of the stretch between the two, in steps.</param>
/// <param name="Doubt">What may have passed otherwise than was counted up to there, in 1/65 536 of a step.</param>
/// <param name="At">From when on what is counted is the new line's: the time at which the old meter was taken off where an operator told of it before the new one was read, or with another ratio; else that of <paramref name="First"/>.</param>
internal readonly record struct LeftLine(Reading Line, long Total, long Until, Reading First, long Counted, long Doubt, long At)
{
    /// <summary>False where there was none.</summary>
    public bool IsKnown => First.Time > Line.Time;

    public void Save(ByteWriter w)
    {
        Line.Save(w);
        w.Signed(Total);
        w.Signed(Until);
        First.Save(w);
        w.Signed(Counted);
        w.Signed(Doubt);
        w.Signed(At);
    }

    public static LeftLine Load(ref ByteReader r, byte version)
    {
        var (line, total, until, first, counted) = (Reading.Load(ref r), r.Signed(), r.Signed(), Reading.Load(ref r), r.Signed());
        return version > 5 ? new LeftLine(line, total, until, first, counted, r.Signed(), r.Signed()) : new LeftLine(line, total, until, first, counted, 0, first.Time);
    }
}
