using System.Numerics;
using EdgeGateway.Records.Binary;

namespace EdgeGateway.Metering.Windows;

/// <summary>
/// What may have passed otherwise than was counted, added up since the line's begin, at an edge: inside an ambiguous stretch it is not known on which side of the edge, so a window that begins there bears it, and one that ends there does too.
/// A window's allowance is what its end says less what its start says: windows that hold the stretch bear it once, however they are added up.
/// </summary>
/// <param name="Before">Of stretches that are over at the edge, in 1/65 536 of a step.</param>
/// <param name="Behind">Of those that have begun.</param>
internal readonly record struct Doubt(long Before, long Behind)
{
    /// <summary>More than any window can be off by: only what is possible in it limits its error.</summary>
    public const long NoLimit = 1L << 57;

    /// <summary>The same on both sides: no stretch is open at the edge.</summary>
    public static Doubt At(long doubt) => new(doubt, doubt);

    /// <summary>A doubt in the steps of a register that has become another one.</summary>
    public static long Rescale(long doubt, (BigInteger Numerator, BigInteger Denominator) factor) => (long)BigInteger.Clamp(doubt * factor.Numerator / factor.Denominator, 0, 7 * NoLimit);

    /// <summary>The same where a stretch before it has turned out to be less doubtful.</summary>
    public Doubt Lifted(long by) => new(Before + by, Behind + by);

    public Doubt Rescaled((BigInteger Numerator, BigInteger Denominator) factor) => new(Rescale(Before, factor), Rescale(Behind, factor));

    public void Save(ByteWriter w)
    {
        w.Signed(Before);
        w.Signed(Behind - Before);
    }

    public static Doubt Load(ref ByteReader r)
    {
        var before = r.Signed();
        return new Doubt(before, before + r.Signed());
    }
}
