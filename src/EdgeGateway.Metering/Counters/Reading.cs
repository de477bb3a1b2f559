using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Counters;

/// <summary>A raw counter value at its time.</summary>
/// <param name="Time">UTC microseconds.</param>
/// <param name="Value">Register steps.</param>
/// <param name="Spread">How far the time may be wrong, microseconds.</param>
internal readonly record struct Reading(long Time, long Value, int Spread)
{
    public void Save(ByteWriter w)
    {
        w.Signed(Time);
        w.Signed(Value);
        w.Signed(Spread);
    }

    public static Reading Load(ref ByteReader r) => new(r.Signed(), r.Signed(), r.Int32());
}
