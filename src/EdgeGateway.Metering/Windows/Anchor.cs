using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>An accepted total at its time: what edges are cut between.</summary>
/// <param name="Time">UTC microseconds, shifted by the counter's lag.</param>
/// <param name="Spread">How far the time may be wrong, microseconds.</param>
/// <param name="Total">T, in 1/65 536 of a step.</param>
/// <param name="Value">The register.</param>
/// <param name="Depth">How far below the line a held register stands, steps.</param>
/// <param name="Doubt">What may have passed otherwise than was counted, from the line's begin to here, in 1/65 536 of a step.</param>
internal readonly record struct Anchor(long Time, int Spread, long Total, long Value, long Depth, long Doubt)
{
    public void Save(ByteWriter w)
    {
        w.Signed(Time);
        w.Signed(Spread);
        w.Signed(Total);
        w.Signed(Value);
        w.Signed(Depth);
        w.Signed(Doubt);
    }

    public static Anchor Load(ref ByteReader r, byte version) => new(r.Signed(), r.Int32(), r.Signed(), r.Signed(), r.Signed(), version > 5 ? r.Signed() : 0);
}
