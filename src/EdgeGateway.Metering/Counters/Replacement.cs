using EdgeGateway.Records.Binary;
using EdgeGateway.Records.Numbers;

namespace EdgeGateway.Metering.Counters;

/// <summary>An operator's word that a meter was replaced.</summary>
/// <param name="At">When, UTC microseconds.</param>
/// <param name="Final">What the old register showed last, in steps; null where it is not known.</param>
/// <param name="Initial">What the new one showed first; null where it is not known.</param>
/// <param name="Ratio">The new meter's ratio; null where it is the old one's.</param>
internal readonly record struct Replacement(long At, long? Final, long? Initial, ExactDecimal? Ratio)
{
    /// <summary>True where nothing of the stretch is missing.</summary>
    public bool IsWhole => Final is not null && Initial is not null;

    public void Save(ByteWriter w)
    {
        w.Signed(At);
        Save(w, Final);
        Save(w, Initial);
        w.Signed(Ratio?.Mantissa ?? 0);
        w.Signed(Ratio?.Exponent ?? 0);
    }

    public static Replacement Load(ref ByteReader r, byte version)
    {
        var (at, final, initial) = (r.Signed(), LoadSteps(ref r), LoadSteps(ref r));
        // Up to version 5 every new meter had the old one's ratio.
        var ratio = version > 5 ? new ExactDecimal(r.Signed(), (sbyte)r.Signed()) : default;
        return new Replacement(at, final, initial, ratio.Mantissa > 0 ? ratio : null);
    }

    private static void Save(ByteWriter w, long? steps)
    {
        w.Byte(steps is null ? (byte)0 : (byte)1);
        w.Signed(steps ?? 0);
    }

    private static long? LoadSteps(ref ByteReader r)
    {
        var known = r.Byte() != 0;
        var steps = r.Signed();
        return known ? steps : null;
    }
}
