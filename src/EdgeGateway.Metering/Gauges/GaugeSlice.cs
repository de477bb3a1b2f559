using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Gauges;

/// <summary>What a gauge did within a slice; nothing was observed where <see cref="Covered"/> is 0 and <see cref="Seen"/> false.</summary>
internal struct GaugeSlice
{
    public double Integral;
    public long Covered;
    public double Min, Max, Last;
    public bool Seen;

    public void See(double value)
    {
        Min = Seen ? Math.Min(Min, value) : value;
        Max = Seen ? Math.Max(Max, value) : value;
        Last = value;
        Seen = true;
    }

    /// <summary>Adds a later slice.</summary>
    public void Add(in GaugeSlice later)
    {
        Integral += later.Integral;
        Covered += later.Covered;
        if (!later.Seen) return;
        Min = Seen ? Math.Min(Min, later.Min) : later.Min;
        Max = Seen ? Math.Max(Max, later.Max) : later.Max;
        Last = later.Last;
        Seen = true;
    }

    public readonly void Save(ByteWriter w)
    {
        w.Double(Integral);
        w.Signed(Covered);
        w.Double(Min);
        w.Double(Max);
        w.Double(Last);
        w.Byte(Seen ? (byte)1 : (byte)0);
    }

    public static GaugeSlice Load(ref ByteReader r) =>
        new() { Integral = r.Double(), Covered = r.Signed(), Min = r.Double(), Max = r.Double(), Last = r.Double(), Seen = r.Byte() != 0 };
}
