using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>An accepted total at its time: what edges are cut between.</summary>
/// <param name="Time">UTC microseconds, shifted by the counter's lag.</param>
/// <param name="Spread">How far the time may be wrong, microseconds.</param>
/// <param name="Total">T, in 1/65 536 of a step.</param>
/// <param name="Value">The register.</param>
/// <param name="Depth">How far below the line a held register stands, steps.</param>
internal readonly record struct Anchor(long Time, int Spread, long Total, long Value, long Depth)
{
    public void Save(ByteWriter w)
    {
        w.Signed(Time);
        w.Signed(Spread);
        w.Signed(Total);
        w.Signed(Value);
        w.Signed(Depth);
    }

    public static Anchor Load(ref ByteReader r) => new(r.Signed(), r.Int32(), r.Signed(), r.Signed(), r.Signed());
}
